# The program and its headings.
help-guanai = A school's care of its left-behind children: records, reminders, reports
help-heading-usage = Usage
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-global = Options of every command
help-usage-options = [OPTIONS]
help-default = { " " }(default: { $value })

# Arguments that mean the same everywhere.
help-arg-help = Print help
help-arg-version = Print version
help-arg-dir = The ledger's folder (default: here or above)
help-arg-as-of = The day asked about, such as 2026-09-10 (default: today)
help-arg-format = Format: table, csv, json, jsonl, markdown for listings; text, html, docx, xlsx too for reports
help-arg-lang = Language: zh or en
help-arg-reveal = Show resident numbers and phones whole
help-arg-dry-run = Show what would change, and write nothing
help-arg-quiet = No messages
help-arg-student = Student: id (or its beginning), name, pinyin initials, or name@class
help-arg-id = The id, or its beginning where unique
help-arg-date = The day (default: today)
help-arg-on = The day (default: today)
help-arg-reason = The reason
help-arg-staff = Who of the staff did it
help-arg-minutes = How long it took, in minutes
help-arg-note = A remark
help-arg-class = Class: year of entry and number, such as 2023-2

# The commands.
help-init = Make a new ledger
help-init-dir = Where the ledger is made
help-init-name = The school's name
help-init-upgrade = Add definitions that an older ledger lacks; files that the school changed are left
help-student = One record for each child
help-student-add = Add a student
help-student-add-name = The name
help-student-add-fields = Fields, such as class=2023-2 boarding=true parent.father.phone=15400001234
help-student-add-id = Give the id (running it again adds nothing)
help-student-add-since = Enrolled since
help-student-add-even-if-alike = Add even where a child of the same name and class (or birth day) is there
help-student-list = List students
help-student-list-grade = Grade, 1 to 6
help-student-list-all = Those who have left too
help-student-list-ids = Ids alone, one a line, for a pipe
help-student-show = Show one student with activities and follow-ups
help-student-show-record = The record alone
help-student-set = Set fields
help-student-set-fields = KEY=VALUE; an empty value takes the field out, such as boarding=true household.benefits=subsistence,medical
help-student-edit = Open the record in $EDITOR
help-student-away = A parent has left for work
help-student-away-parent = father or mother
help-student-away-from = Away since, a day or a month
help-student-away-place = Where they work: province and city
help-student-back = A parent has come home
help-student-back-parent = father or mother
help-student-guardian = A guardian takes over
help-student-guardian-name = The guardian's name
help-student-guardian-relation = What they are to the child, such as paternal-grandmother
help-student-guardian-phone = Phone
help-student-guardian-born = Birth day or month
help-student-guardian-ability = Ability: good, fair, poor
help-student-guardian-entrusted = Entrusted in writing
help-student-guardian-from = Since
help-student-leave = A child leaves the school
help-student-return = A child returns to the school
help-student-history = What happened to one child, by day
help-log = Activities of every kind
help-log-add = Record an activity
help-log-add-kind = The kind; see: guanai log kinds
help-log-add-words = Students (ids, names, class:2023-2, all, - for standard input) and FIELD=VALUE
help-log-add-absent = Absent students, with class: or all
help-log-add-id = Give the id (running it again adds nothing)
help-log-list = List activities
help-log-list-kind = The kind
help-log-list-student = Of this student only
help-log-list-domain = Domain: study, mind, life, safety, family, society, management
help-log-list-from = First day
help-log-list-until = Last day
help-log-list-all = Those taken back too
help-log-show = Show one activity
help-log-amend = Correct an activity
help-log-amend-fields = FIELD=VALUE
help-log-amend-students = These students instead
help-log-void = Take an activity back; the row stays and counts for nothing
help-log-kinds = The kinds there are; with a kind, its fields
help-log-kinds-kind = The kind
help-followup = Follow-ups: open items with a due day and an owner
help-followup-add = Add a follow-up
help-followup-add-kind = The type, from rules/followups.toml
help-followup-add-due = Due day (default: by the type's days)
help-followup-add-owner = The owner
help-followup-add-what = What is to be done
help-followup-add-id = Give the id (running it again adds nothing)
help-followup-list = List what waits
help-followup-list-all = Done and cancelled ones too
help-followup-list-overdue = Overdue ones only
help-followup-list-student = Of this student only
help-followup-list-owner = Of this owner only
help-followup-list-kind = Of this type only
help-followup-list-days = Due within so many days
help-followup-done = Mark as done
help-followup-done-outcome = What came of it
help-followup-move = Move the due day; the first one is kept
help-followup-move-due = The new due day
help-followup-cancel = Cancel
help-import = Import spreadsheets
help-batch = Run many commands as one change set
help-batch-file = A file of commands, one a line; - or none: standard input
help-undo = Take back the last change set
help-undo-list = List the change sets
help-check = Everything that is wrong, with file, line and remedy
help-check-fix = Mend what has one right answer (coding, line ends, order of rows)
help-check-explain = Explain a code
help-completions = Print the completion script; it knows students, kinds and types of follow-up
help-completions-shell = bash, zsh, fish, elvish, powershell
help-man = Write man pages
help-man-dir = Where they are written
help-demo = An invented school, and a tour of the main job
help-demo-dir = Where it is made (default: guanai-demo)
help-demo-students = How many students
help-demo-terms = How many terms of records
help-demo-rows = About how many activities (default: the usual rhythms)
help-demo-seed = The same seed makes the same school
help-import-census = Import a census (xlsx, xls, ods, csv): shows who is added, changed and no longer there; deletes nobody
help-import-census-file = The spreadsheet
help-import-census-sheet = Read this sheet only
help-import-census-id-from = Take the ids of students from this column
help-import-census-same = which row is which student, such as 8=k7m2q4 or Sheet1:8=k7m2q4; remembered
help-import-census-new = a row that is a child whom the ledger does not have yet; remembered
help-import-census-accept-good = Take the good rows; the others go to FILE.rejects.xlsx to be mended
help-import-log = Import a spreadsheet of activities
help-import-log-kind = The kind; see: guanai log kinds
help-import-log-file = The spreadsheet
help-import-log-accept-good = Take the good rows; the others go to FILE.rejects.xlsx to be mended
help-risk = Whom to worry about today, and why
help-risk-all = All children, also those without risk
help-risk-level = This level and above: watch, medium, high
help-risk-left-behind = Left-behind children only
help-risk-untouched = At risk, and no contact recorded for so many days
help-risk-since = What raised or lowered each level since that day, and by which record
help-risk-fail-at = Exit with 1 where a child is at this level or above
help-risk-ids = Ids alone, one a line
help-risk-explain = How one child's level comes about: every indicator, value, bound, record and source
help-risk-set = A person's judgement, shown beside the computed level
help-risk-set-level = none, watch, medium, high
help-risk-set-by = Who judges
help-risk-set-until = The last day on which it holds
help-risk-clear = End a person's judgement
help-report = Reports
help-report-term = The summary of a term (without names unless asked)
help-report-term-term = The term's name (default: that of the day, or the last before it)
help-report-term-out = Write to a file in the format of its ending: txt, md, html, docx, xlsx, json
help-plan = The work plans against the records
help-plan-status = Coverage
help-plan-status-by = Summed up by commitment, section, plan, owner or class
help-arg-plan = This plan only: comprehensive, mind, study, life-safety, partnership
help-arg-term = The term's name (default: that of the day, or the last before it)
help-plan-status-fail-below = Exit with 1 where coverage is below so many per cent
help-plan-gaps = Who or which class or week is missing, and the command that would record it
help-plan-gaps-code = A commitment's code, or its beginning (such as C5)
help-plan-gaps-owner = Of this owner only
help-plan-gaps-open = What can still be done in time, too
help-plan-show = Every unit of a commitment with its evidence (file and line)
help-plan-show-code = The commitment's code, such as C5.1
help-due = What is due: follow-ups, commitments, birthdays, festivals, agreements, pairings
help-due-days = Within so many days
help-due-owner = Of this owner only
help-pair = Pairings: a helper and a child
help-pair-add = Add a pairing
help-pair-add-kind = tutor, peer-tutor, caring-parent, proxy-parent, life-mentor
help-pair-add-helper = The helper
help-pair-add-from = Since (default: today)
help-pair-add-until = The last day
help-pair-end = End a pairing
help-pair-list = List the pairings in force
help-pair-list-all = Those that have ended, too
help-pair-list-kind = Of this type only
help-resource = Resources: who helps the school
help-resource-add = Add a resource
help-resource-add-kind = The type, such as volunteer, emergency-contact, mind-volunteer, mind-material, study-corner
help-resource-add-name = The name
help-resource-add-contact = Whom to ask for
help-resource-add-phone = Phone
help-resource-add-offers = What it offers
help-resource-list = List resources
help-resource-list-kind = Of this type only
help-staff = Staff
help-staff-add = Add a member of the staff
help-staff-add-name = The name
help-staff-add-role = The role, such as class-teacher, mind-teacher
help-staff-add-phone = Phone
help-staff-add-from = Since (default: today)
help-staff-leave = One leaves
help-staff-list = List the staff
help-staff-list-all = Those who have left, too
help-resource-add-class = The class that it is of; without it, of every class
help-due-ics = Write a calendar file instead, which a calendar program imports, and updates at the next import
help-plan-export = The work plan of the year as a document, with the coverage of the term before
help-plan-export-term = The term before which it is written (default: the latest)
help-plan-export-out = Write this file (docx, md, html, xlsx, txt, json)
help-staff-workload = What each teacher did in a term: times and minutes, from the records
help-report-term-names = with the names of children at medium risk and above (say to whom and why; the register of disclosures gets a line)
help-report-term-to = to whom it goes
help-report-term-reason = why names are needed
help-resource-update = Look at a resource again: the day is noted, and contact, phone and offer may change
help-resource-update-id = The id, or how it begins
help-resource-update-contact = Whom to ask for
help-resource-update-phone = Phone
help-resource-update-offers = What it offers
help-resource-update-date = The day of the look (by default today)
help-git = git: ledgers that two teachers changed apart are merged by rows and fields
help-git-setup = Tell this clone to merge a ledger by rows and fields (once on each machine)
help-git-merge = For git: merge one file
help-git-merge-base = What both began with
help-git-merge-ours = This side, where the result is written
help-git-merge-theirs = The other side
help-git-merge-path = The path in the repository
help-resolve = Choose one of the two values that two teachers gave one field; without arguments all that waits is listed
help-resolve-which = The student, or the beginning of a row's id
help-resolve-setting = FIELD=VALUE, one of the two values

# Scores.
help-import-scores = import a sheet of scores (xlsx, xls, ods, csv; a column or a row a subject); again is an update
help-import-scores-file = the sheet of scores
help-import-scores-exam = which exam, such as midterm, final, 第二次月考 (default: what the title says)
help-import-scores-date = the day of the exam (default: what the title says)
help-import-scores-kind = kind of exam: midterm, final, monthly, other
help-import-scores-full = full marks, such as 100, or 数学=120 (may be given several times)
help-import-scores-subject = the subject of the whole sheet, where the sheet does not say it
help-import-scores-class = the class of the whole sheet, such as 2023-2, where the sheet does not say it
help-import-scores-sheet = read this sheet alone
help-import-scores-accept-good = import the rows that are right, and write the others to a spreadsheet to mend
help-report-student = one child's dossier, to print; nothing confidential is in it
help-report-student-to = to whom it goes (with --out: written to registers/disclosures.csv)
help-report-student-reason = what for (with --out: written to registers/disclosures.csv)
help-report-student-out = write to a file, in the format of its ending: txt, md, html, docx, xlsx, json; it is written down
help-report-class = how an exam went in a class: distribution, who rose, who needs help (no names unless asked)
help-report-class-exam = which exam, such as midterm, 第二次月考 (default: the latest)
help-report-class-names = with names, in the order of the alphabet
help-report-class-rank = ranked by score; needs --reason, and is written to registers/disclosures.csv
help-report-class-to = to whom it goes (written down)
help-report-class-reason = why (written down)
help-report-class-out = write to a file, in the format of its ending: txt, md, html, docx, xlsx, json
help-pair-suggest = propose peer tutors: same class, one strong where the other is weak, nobody overloaded; writes nothing
help-pair-suggest-subject = this subject alone
help-pair-suggest-most = so many children a peer tutor helps at most (default: rules/progress.toml)
help-pair-effect = before and after pairings of study: times, minutes, standard scores
help-pair-effect-kind = this type alone: tutor, peer-tutor
help-arg-scale = The scale, see: guanai screen scales
help-screen = Screening with psychological scales (a result of screening, no diagnosis)
help-screen-add = Record one child's answers; the scale gives the scores
help-screen-add-answers = One character an item (- for none), or 3=1,4=0; - reads standard input, @FILE a file. Without it each item is asked
help-screen-add-totals = Sums of the subscales that were added up already, such as emotional=5,conduct=2; - for none
help-screen-add-id = The id to give it (the same again adds nothing)
help-screen-add-replace = Where the day has other answers already, take these
help-screen-import = Import a class's answer sheet: one child a row, one item a column
help-screen-import-file = The spreadsheet
help-screen-import-date = The day of screening, where the sheet has no column for it
help-screen-import-accept-good = Take the good rows; the others go into "….rejects.xlsx" to be mended
help-screen-list = List screening results (by day and class, never ranked)
help-screen-list-student = Only this child's
help-screen-list-band = Only this band: normal, watch, high, invalid, incomplete, out-of-age
help-screen-list-from = First day
help-screen-list-until = Last day
help-screen-show = One child's scores and bands, and the change since the last time
help-screen-show-all = Every screening, and not only the latest
help-screen-scales = The scales that there are
help-screen-rescore = After a change of a key or a cut-off, score again what was recorded
help-report-mind = Mental health work of a term (without names); with --student one child's own file
help-report-mind-term = Name of the term (default: that of the day, or the last one)
help-report-mind-student = This child's file (confidential, for those alone who may read it)
help-report-mind-out = Write to a file, in the format of its ending: txt, md, html, docx, xlsx, json
# Sealing.
help-arg-no-key = Read as one without a key
help-key = Keys that open the confidential rows
help-key-new = Make a key, outside the ledger, and add it to the recipients
help-key-new-name = Who holds it
help-key-new-out = Its file (default: GUANAI_KEY, or key.txt in the settings of your account)
help-key-list = Who can open the confidential rows, and which key this machine holds
help-key-rotate = Seal everything again to the recipients: after one was added or taken out, or what lies in the clear
help-key-rotate-add = Add this public key, age1…
help-key-rotate-name = Who holds the added key
help-key-rotate-remove = Take out whoever has this name
help-report-class-term = exams of this term alone
# Letters
help-letter = Letters, agreements and cards from a template, a page for each child; records what went out, and how
help-letter-template = The template: the name of a file in documents/ or its label, see guanai letter list
help-letter-students = Students: ids, names, class:2023-2, all; - reads standard input
help-letter-group = To the children of this group of guanai.toml, such as left-behind
help-letter-out = Write this file (docx, html, md, txt); without it, print
help-letter-by = How it goes out: paper, post, message and so on, see guanai log kinds letter (default: the template's)
help-letter-set = Give the value of given.WORD, such as --set time='5 December, 2 pm'
help-letter-leave-blank = Leave a line to fill in by hand where a value is missing; without it, nothing is made
help-letter-draft = Only to look at: not recorded as sent
help-letter-date = The day of writing, which is the day of the record (default: today)
help-letter-staff = Who sends it
help-letter-list = List the templates, what they are recorded as, and the values that they name
help-letter-receipt = Receipts that came back: notes the day; an agreement that came back is recorded as signed
help-letter-receipt-template = The template
help-letter-receipt-students = The students whose receipts are back: ids, names; - reads standard input
help-letter-receipt-date = The day on which they came back (default: today)
help-letter-receipt-staff = Who took them
help-letter-pending = List the receipts that have not come back
help-letter-pending-template = The template
help-letter-pending-class = Of this class only
help-letter-pending-ids = Ids alone, one a line

# Attachments
help-log-add-attach = Attach a file (photo, scan); may be given more than once; photos lose place, time and device
help-log-amend-attach = Attach another file; may be given more than once

help-log-add-each = A row for each child; amount and quantity are each one's
help-log-add-together = One row for all the children; amount and quantity are theirs together
help-import-log-together = Where a row has several children, amount and quantity are theirs together
help-report-funds = The books of the funds: brought forward, in, out, left; rows without a receipt (without names unless asked)
help-report-funds-term = The term's name, with the holiday behind it (default: that of the day, or the last before it)
help-report-funds-year = The whole school year that begins in this year (without a year: that of the day)
help-report-funds-out = Write to a file in the format of its ending: txt, md, html, docx, xlsx, json
help-report-funds-names = with the children who were given something (say to whom and why; the register of disclosures gets a line)
help-report-funds-to = to whom it goes
help-report-funds-reason = why names are needed
help-health = What the latest examinations found: value, bound and source; of unknown sex or age, nothing
help-health-student = This child only
help-health-class = This class only
help-health-found = Only what is out of bounds
help-boarders = Boarders whom no roll call of tonight found present, with the guardian's phone
help-boarders-ids = Print only the ids, one a line
help-boarders-fail = End with exit code 1 where somebody is not found present
help-resource-hours = Volunteers' hours, by volunteer or organisation
help-resource-hours-term = The term's name, with the holiday behind it (default: that of the day, or the last before it)
help-resource-hours-organisations = By organisation

# Duplicate files
help-student-duplicates = find files that may be of one child
help-student-merge = join two files of one child into one
help-student-merge-keep = the file that stays (its id)
help-student-merge-other = the file that is taken in (its id) and is no more afterwards
help-student-merge-take = a field in which the two differ, and whose value it gets: FIELD=keep or FIELD=other; may be repeated
help-student-merge-set = a field in which neither is right, and its value: FIELD=VALUE; may be repeated

# Forgetting
help-student-forget = scrub a child who has left: names, numbers, addresses, who the guardians were and every free text go, the counts stay; cannot be taken back
help-student-forget-students = ids of children
help-student-forget-due = every leaver whose years are over; --dry-run lists them first
help-student-forget-before-time = although the years are not over (needs --reason)
help-student-forget-reason = why; goes into registers/disclosures.csv

# Handover
help-student-handover = hand a record over to the next school or class teacher: one file (zip) with a paper to read, the record, and a sealed part for its reader alone
help-student-handover-students = the children
help-student-handover-to-reader = who reads the sealed part: a public key (age1…), or the name of a recipient in guanai.toml; without it there is no sealed part
help-student-handover-to = to whom (a school, a teacher)
help-student-handover-reason = why; goes into registers/disclosures.csv
help-student-handover-out = the file to write (.zip)
help-student-receive = take a handover in: new records with what was recorded; what is there stays as it is, and twice is once
help-student-receive-file = the handover (.zip)
help-student-receive-since = first day at this school; today where it is left out
help-student-receive-class = class at this school, such as 2023-2

# Whose calendar
help-due-to = whose calendar it is (with --ics; where it names children, registers/disclosures.csv says so)
help-due-reason = what for; stands there too
# The charts of report term
help-report-term-since = the day from which the levels of risk are drawn (default: the end of the term before)
# One child's psychological file
help-report-mind-to = to whom it goes (with --student and --out; written into registers/disclosures.csv)
help-report-mind-reason = what for (with --student and --out; written into registers/disclosures.csv)

# The work of the staff, and what changed lately
help-report-staff = what each of the staff did: activities, children, pairings, follow-ups, commitments (no names of children unless asked)
help-report-staff-staff = this person alone
help-report-staff-term = name of a term, with the holiday behind it (default: that of the day, or the last one)
help-report-staff-out = write to a file in the format of its ending: txt, md, html, docx, xlsx, json
help-report-staff-names = list the children met (for one person; to whom and why are asked for, and noted in the register)
help-report-staff-to = to whom
help-report-staff-reason = why names are needed
help-report-changes = what changed since a day: risk, the children's lives, promises and what is due next (for Monday's meeting; no names unless asked)
help-report-changes-since = count from the day after this one
help-report-changes-days = look so many days ahead
help-report-changes-out = write to a file in the format of its ending: txt, md, html, docx, xlsx, json
help-report-changes-names = with names (to whom and why are asked for, and noted in the register)
help-report-changes-to = to whom
help-report-changes-reason = why names are needed
# Statistics forms
help-report-statistics = An official form from the records, each equation of it checked; without FORM, the forms there are (whole numbers: not for publication)
help-report-statistics-form = A form's name (a file of forms/), or the path of one
help-report-statistics-on = Cut-off day (default: the day; where the form has one of its own, the last such day before)
help-report-statistics-who = List the children of this column; unknown: those of whom something is missing
help-report-statistics-row = Of which row: a grade, a class or the row's name (default: the whole school)
help-report-statistics-names = Give names in messages, and not only ids
help-report-statistics-fail = Exit with 1 where an equation does not hold or a child falls in no column
help-report-statistics-out = Write to a file in the format of its ending: xlsx (the form's own layout), csv, txt, md, html, docx, json

# A roster for the bureau
help-report-roster = Fill the bureau's own template (xlsx): same headers, order, sheets and formats, a row a child (with names)
help-report-roster-like = The bureau's template (xlsx)
help-report-roster-out = Write to this file (xlsx)
help-report-roster-sheet = Fill this sheet alone
help-report-roster-class = This class alone
help-report-roster-group = This group alone (a name of guanai.toml)
help-report-roster-all = Every pupil (default: those left behind by the school's definition)
help-report-roster-names = Confirm that names leave (a roster needs it; the register of disclosures gets a line)
help-report-roster-to = to whom it goes
help-report-roster-reason = why

# The inspection binder
help-report-binder = the inspection binder: a folder in numbered parts, contents, what is missing, and all in one file; recorded in the ledger
help-report-binder-folder = the folder, not there yet or empty; not inside the ledger's own folders
help-report-binder-replace = replace the binder there that this command made
help-report-binder-term = name of the term, with the holiday behind it (default: that of the day or the last one)
help-report-binder-names = with names and dossiers of students (say to whom and why; the register gets a line)
help-report-binder-to = to whom it goes
help-report-binder-reason = why names are needed
help-export = The ledger in the forms of other programs
help-export-parquet = what the county gets of this school: Parquet files without names, children under pseudonyms; written down in registers/disclosures.csv
help-export-parquet-out = the county's folder: in it TABLE/county=…/school=…/term=…/part.parquet is made, or made anew
help-export-parquet-key = the file of the county's key, from the county; it lies outside the ledger
help-export-parquet-county = the county's code (default: county under [school] in guanai.toml)
help-export-parquet-school = the school's code in the county (default: code under [school] in guanai.toml)
help-export-parquet-term = name of a term, with the holiday behind it; may stand more than once (default: that of the day or the last one)
help-export-parquet-to = to whom it goes
help-export-parquet-reason = why; goes into registers/disclosures.csv
help-export-parquet--more = A child with a sound resident number has the same pseudonym in every school under one key. What goes out: docs/parquet.md. --dry-run lists the files and writes nothing.
help-key-county = make the key of a county: a file of 32 random bytes, outside every ledger; prints its mark, never the key
help-key-county-file = the new file
