# Arguments.
problem-usage-unknown-argument = there is no option { $argument }
problem-usage-unknown-command = there is no command { $argument }
problem-usage-missing = missing: { $argument }
problem-usage-value-missing = { $argument } needs a value
problem-usage-value = "{ $value }" is not a value of { $argument }
problem-usage-conflict = { $argument } does not go with another option
problem-usage-no-command = a command is missing
problem-usage-count = wrong number of values for { $argument }
problem-usage-other = the command line is wrong
problem-usage-help = see --help
problem-usage-near = there is: { $suggested }
problem-usage-like = nearest: { $suggested }
problem-format-unknown = there is no format "{ $format }"
    .remedy = there are: { $known }

# The folder and the disk.
problem-no-ledger = { $folder } is in no ledger: no guanai.toml there or above
    .remedy = go to the ledger, or name it with -C; to make one: guanai init DIR
problem-ledger-exists = there is a ledger here already
    .remedy = choose another folder; to add new definitions: guanai init --upgrade
problem-unreadable = cannot be read: { $reason }
    .remedy = see that the file is there and may be read
problem-unwritable = cannot be written: { $reason }; the ledger is unchanged
    .remedy = see to the disk and the rights, and run it again
problem-read-only = writing is not allowed: { $reason }; the ledger is unchanged
    .remedy = make the folder writable, or copy the ledger to one that is
problem-disk-full = the disk is full: { $reason }; the ledger is unchanged, or the next command completes it
    .remedy = free some space, and run it again
problem-busy = another command is writing; waited { $seconds } s
    .remedy = wait until it ends, and run it again
problem-changed-on-disk = the file changed on disk since it was read; nothing was written
    .remedy = look at what it says, and run the command again
problem-changed-after-crash = changed after a write was cut off; both versions are still there
    .remedy = keep a copy of the file, delete { $record }, and add what is missing
problem-pending-damaged = the record of a change that was cut off is damaged
    .remedy = look at the ledger with guanai check; then delete this file
problem-outside = is not a path of the ledger
    .remedy = the ledger writes only inside its own folder
problem-not-a-file = is not a plain file
    .remedy = move it away
problem-link = is a link, which the ledger does not follow
    .remedy = put the file itself there
problem-stray-file = is no name that the ledger gives (a sync folder's conflict copy?)
    .remedy = compare it, take over what is missing, and move it away
problem-definition-missing = the definition file is missing
    .remedy = add it with: guanai init --upgrade

# What files say.
problem-toml-syntax = is not TOML: { $message }
    .remedy = mend the line, then run: guanai check
problem-toml-value = the value is wrong: { $message }
    .remedy = mend it as docs/format.md says, then run: guanai check
problem-not-utf8 = is not UTF-8 text
    .remedy = save it as UTF-8
problem-not-text = is not text (neither UTF-8 nor GB18030)
    .remedy = take it back from git or a backup
problem-column-missing = has no column "{ $column }"
    .remedy = mend the header, or take the file back from git
problem-row-width = the row has { $found } cells, not { $wanted }
    .remedy = add or take out commas
problem-row-date = date is "{ $value }", not a day such as 2026-09-10; the row does not count
    .remedy = write the day of the activity, then run: guanai check
problem-row-value = "{ $value }" is wrong in column "{ $column }"; the row does not count
    .remedy = mend it, then run: guanai check
problem-unknown-student-id = no student "{ $value }" in the ledger
    .remedy = write a student's id; see: guanai student list
problem-id-not-file-name = the id is { $id }, and the file is named otherwise
    .remedy = make the two the same
problem-kind-twice = the kind { $kind } is defined twice
    .remedy = take one out
problem-term-wrong = the term or holiday "{ $name }" has a wrong name or days
    .remedy = use lower-case letters, digits and hyphens; the last day does not come before the first
problem-undo-damaged = the record of this change set is damaged
    .remedy = take the old files back from git
problem-undo-changed-since = changed since "{ $what }"; it cannot be taken back whole, and nothing was written
    .remedy = see to the later change first
problem-nothing-to-undo = there is nothing to take back
    .remedy = see: guanai undo --list
problem-undo-in-batch = undo does not go in a batch
    .remedy = run guanai undo by itself

# Who is meant.
problem-student-several = "{ $text }" fits several students
    .remedy = give an id or name@class: { $candidates }
problem-student-near = no student is called "{ $text }"
    .remedy = nearest: { $candidates }; give a name, an id or initials such as wxm
problem-student-nobody = no student is called "{ $text }"
    .remedy = see guanai student list; give a name, an id or initials such as wxm
problem-student-there = the student is there already: { $who }
    .remedy = change the record: guanai student set
problem-student-alike = there is a student much like this one: { $who }
    .remedy = if it is another child, add --even-if-alike
problem-id-taken = the id { $id } stands for something else; nothing was written
    .remedy = give another id, or none
problem-id-wrong = the id is wrong
    .remedy = use lower-case letters, digits and hyphens
problem-name-empty = the name is empty
    .remedy = write the child's name

# Fields.
problem-key-unknown = there is no field "{ $key }"
    .remedy = near: { $known }; for what no field takes, extra.NAME
problem-value-of = { $key } cannot be "{ $value }"
    .remedy = write: { $wanted }
problem-value-needed = { $key } cannot be empty
    .remedy = write a value
problem-value-wrong = { $key } cannot be "{ $value }"
    .remedy = see docs/format.md
problem-not-a-field = "{ $value }" is not FIELD=VALUE
    .remedy = such as boarding=true
problem-national-id-length = { $value } does not have the 18 characters of a resident number
    .remedy = type it again from the household register
problem-national-id-characters = { $value } has characters that a resident number cannot have
    .remedy = digits, with X allowed at the end
problem-national-id-birthday = digits 7 to 14 of { $value } are no day
    .remedy = type it again from the household register
problem-national-id-check = the check character of { $value } is wrong; a digit was probably mistyped
    .remedy = type it again from the household register
problem-national-id-rounded = { $value } ends in 000, as a spreadsheet writes a number past 15 digits
    .remedy = format the cell as text, and type it again
problem-gender-not-of-id = the gender is { $value }, and the resident number says { $of_id }
    .remedy = check both, and mend one
problem-born-not-of-id = the birth day is { $value }, and the resident number says { $of_id }
    .remedy = check both, and mend one
problem-relation-unknown = "{ $value }" is no relation
    .remedy = there are: { $known }
problem-back-before-away = back on { $day }, before away since { $from }
    .remedy = check the days
problem-left-already = { $student } has left already
    .remedy = for a return: guanai student return
problem-left-before-entry = left on { $day }, before entry
    .remedy = check the days
problem-enrolled-already = { $student } is enrolled on { $day } already
    .remedy = there is nothing to return from
problem-editor-failed = the editor { $editor } failed; nothing was written
    .remedy = set EDITOR, such as EDITOR=nano

# Activities and follow-ups.
problem-kind-unknown = there is no kind "{ $kind }"
    .remedy = near: { $known }; all: guanai log kinds
problem-field-unknown = { $kind } has no field "{ $field }"
    .remedy = its fields: { $known }
problem-field-choice = { $field } of { $kind } cannot be "{ $value }"
    .remedy = it can be: { $known }
problem-field-type = { $field } of { $kind } cannot be "{ $value }"; it is of type { $type }
    .remedy = see: guanai log kinds { $kind }
problem-field-missing = { $kind } lacks { $fields }
    .remedy = write FIELD=VALUE; see: guanai log kinds { $kind }
problem-field-twice = the field { $field } stands twice
    .remedy = leave one
problem-students-missing = { $kind } needs students
    .remedy = give names, ids, class:2023-2 or all
problem-log-class-missing = { $kind } needs a class
    .remedy = give class:2023-2
problem-class-wrong = "{ $value }" is not a class
    .remedy = write the year of entry and the number, such as 2023-2
problem-class-empty = class { $class } has no student on { $day }
    .remedy = a class is the year of entry and a number, such as 2023-2; see: guanai student list
problem-no-key = { $kind } is confidential, and the ledger has no key to seal it
    .remedy = if the school decides to keep it in the clear, write confidential = "clear" under [privacy] in guanai.toml
problem-activity-nobody = no activity has an id that begins with "{ $id }"
    .remedy = see: guanai log list
problem-activity-several = several activities have ids that begin with "{ $id }"
    .remedy = give more of it: { $candidates }
problem-amend-other-term = the new day is not in term { $term }
    .remedy = take it back (guanai log void), and record it on the new day
problem-nothing-to-change = nothing to change was given
    .remedy = give FIELD=VALUE
problem-reason-missing = the reason is missing
    .remedy = --reason "…"
problem-follow-up-type-unknown = there is no type of follow-up "{ $type }"
    .remedy = there are: { $known }
problem-follow-up-nobody = no follow-up has an id that begins with "{ $id }"
    .remedy = see: guanai followup list --all
problem-follow-up-several = several follow-ups have ids that begin with "{ $id }"
    .remedy = give more of it: { $candidates }
problem-follow-up-over = the follow-up { $id } is over ({ $status })
    .remedy = add another where needed: guanai followup add
problem-due-before-opened = due on { $due }, before it was opened on { $opened }
    .remedy = check the days
problem-done-before-opened = done on { $day }, before it was opened on { $opened }
    .remedy = check the days
problem-stdin-not-text = standard input is not text: { $reason }
    .remedy = give one id a line

# Batches.
problem-batch-line = { $message }
    .remedy = { $remedy }; nothing of the batch was written
problem-batch-quotes = a quote is not closed
    .remedy = close it
problem-batch-arguments = the line is no command of guanai ({ $message })
    .remedy = write it as on the command line, such as log add home-visit wxm met=guardian
problem-batch-in-batch = a batch does not go in a batch
    .remedy = join the two files
# What check finds in the form of files.
problem-form-mark = the file begins with a byte-order mark
    .remedy = guanai check --fix takes it off
problem-form-gb18030 = the file is in GB18030
    .remedy = guanai check --fix makes it UTF-8 again
problem-form-line-ends = lines end in CRLF
    .remedy = guanai check --fix makes it LF
problem-form-cut-off = the last line has no end; it may have been cut off
    .remedy = see whether it is whole; guanai check --fix ends it
problem-form-order = rows are not in order of day and id
    .remedy = guanai check --fix sorts them
problem-form-conflict = a merge left its marks
    .remedy = choose one side, and take the marks out
problem-form-unknown-key = the key "{ $key }" is unknown; it is kept
    .remedy = mend a misspelling; what is the school's own goes under [extra]
problem-form-unknown-column = the column "{ $column }" is unknown; it is kept
    .remedy = mend a misspelling, or add the field in kinds/

# What check finds in the meaning of records.
problem-check-name = the name is missing
    .remedy = guanai student set ID name=…
problem-check-national-id = the resident number { $value } is wrong
    .remedy = mend it from the household register
problem-check-gender = the gender is not that of the resident number ({ $of_id })
    .remedy = check both, and mend one
problem-check-born = the birth day is not that of the resident number ({ $of_id })
    .remedy = check both, and mend one
problem-check-age = { $age } years old, which is no age for this school
    .remedy = check the birth day; for one who has left: guanai student leave
problem-check-spell = a stretch ends before it begins
    .remedy = check both days
problem-check-away-twice = a parent is away twice at once
    .remedy = end one: write until, or guanai student back
problem-check-phone = { $key } is no phone number
    .remedy = check the number
problem-check-missing = the record of { $student } lacks: { $keys }
    .remedy = guanai student set { $id } { $settings }
problem-check-same-number = the { $key } is that of { $other }: one child with two files, or a slip
    .remedy = check both; join them or mend one
problem-check-kind = there is no kind { $kind }; its rows do not count
    .remedy = define it in kinds/, or move the rows
problem-check-clear = the confidential kind { $kind } lies in the clear, which the school has not allowed
    .remedy = take it away, or write confidential = "clear" in guanai.toml
problem-check-ahead = the day { $day } lies ahead
    .remedy = check the day
problem-check-term = the day { $day } belongs to { $term }, and the row is in another term's folder
    .remedy = move the row to logs/{ $term }/
problem-check-field-missing = the required field { $field } is missing
    .remedy = guanai log amend ID { $field }=…
problem-check-field = { $field } cannot be "{ $value }"
    .remedy = guanai log amend ID { $field }=…
problem-check-row-id = the id "{ $id }" is wrong
    .remedy = use lower-case letters, digits and hyphens
problem-check-row-twice = the id { $id } stands twice
    .remedy = take out one of two same rows, or give one another id
problem-check-follow-up-type = there is no type of follow-up { $type }
    .remedy = mend it, or define it in rules/followups.toml
problem-check-follow-up-student = no student { $id } in the ledger
    .remedy = write a student's id
problem-check-follow-up-days = due, done or cancelled before it was opened
    .remedy = check the days
problem-check-follow-up-row = the activity { $id } that it names is not in the ledger
    .remedy = check the id
problem-check-words = { $field } of { $kind } has the choice { $value }, which has no words in kinds/words.toml
    .remedy = add them there
problem-check-opens = opens of { $kind } names a type or field that is not there
    .remedy = mend it
problem-check-closed-by = { $type } is closed by { $kind }, which is no kind
    .remedy = mend closed-by
problem-check-code-unknown = there is no code "{ $code }"
    .remedy = codes are in the column Code of guanai check
problem-shell-unknown = no completion for { $shell }
    .remedy = there are: { $known }


# Spreadsheets
problem-empty = the file is empty
    .remedy = check that this is the right file and that it was saved
problem-no-rows = no student stands below the header
    .remedy = write one student a row below the header and import again
problem-no-name-column = no column holds the names
    .remedy = head the column of names with 姓名; another word for it can be added to import/census.toml under [headers] name
problem-no-such-sheet = no sheet is called "{ $sheet }"
    .remedy = open the file and look at the names of its sheets
problem-not-a-workbook = this is no spreadsheet that can be read
    .remedy = open it in Excel or WPS, save it as xlsx and import that; a file that does not open is damaged
problem-web-page = this is a web page, not a spreadsheet
    .remedy = open it in Excel or WPS, save it as xlsx and import that
problem-password-protected = the file is under a password
    .remedy = open it in Excel or WPS with the password, take the password off, save and import again
problem-file-too-large = the file is too large: more than { $megabytes } MB, { $rows } rows or { $columns } columns with content
    .remedy = keep the list of students alone, save it as a new file and import that
problem-open-quote = a quotation mark opens in this row and nothing closes it
    .remedy = close it or take it out, or save the file as xlsx and import that
problem-census-words = the words for headers are wrong: { $reason }
    .remedy = mend import/census.toml, or take the shipped one back with guanai init --upgrade
problem-id-rounded = the number "{ $value }" of { $name } was saved as a number and has lost its last digits
    .remedy = format the column as text and type the whole number again
problem-id-check-digit = the number "{ $value }" of { $name } has a wrong digit: its last one does not fit
    .remedy = compare it with the household register
problem-id-length = the number "{ $value }" of { $name } does not have 18 characters
    .remedy = compare it with the household register; leave it empty where there is none
problem-id-characters = the number "{ $value }" of { $name } holds something other than digits and a last X
    .remedy = compare it with the household register
problem-id-birthday = characters 7 to 14 of the number "{ $value }" of { $name } are no day
    .remedy = compare it with the household register
problem-no-such-day = { $name }: there is no day "{ $value }"
    .remedy = write a day such as 2015-03-06
problem-ambiguous-date = { $name }: "{ $value }" can be more than one day
    .remedy = write the year in full, such as 2015-03-06
problem-month-only = { $name }: the birth day "{ $value }" lacks its day, and no id number gives it
    .remedy = write a day such as 2015-03-06, or the id number
problem-born-later = { $name }: the birth day "{ $value }" is later than the form's day
    .remedy = check the birth day
problem-born-against-id = { $name }: the birth day "{ $value }" is not that of the id number
    .remedy = compare both with the household register and mend the wrong one
problem-gender-against-id = { $name }: the gender "{ $value }" is not that of the id number
    .remedy = compare both with the household register and mend the wrong one
problem-unknown-value = { $name }: "{ $value }" is not understood
    .remedy = use the form's own words, or leave it empty; a word of the school's can be added to import/census.toml
problem-unknown-class = { $name }: the school has no class "{ $value }"
    .remedy = write a class such as 四年级2班
problem-phone = { $name }: "{ $value }" is no phone number
    .remedy = a mobile has 11 digits, a land line its area; part two numbers with /
problem-name-missing = the row has no name
    .remedy = fill in the name, or delete the row where it is no student
problem-two-marks = { $name }: more than one mark in a group that takes one
    .remedy = keep one mark
problem-header-twice = { $name }: two columns have the same header and differ ("{ $value }")
    .remedy = change one header to say whose it is, such as 父亲电话
problem-ambiguous-student = "{ $name }" fits more than one child: { $students }
    .remedy = give the id number, the roll number or the day of birth in the form; or say it: --same ROW=STUDENT (that child), --new ROW (another child), which is remembered
problem-same-child-twice = "{ $name }" stands in more than one row, with different facts (see row { $rows })
    .remedy = keep the right row; for two children of one name, fill in their id numbers or birth days
problem-same-id-two-names = the number "{ $value }" has two names: "{ $name }" and "{ $other }"
    .remedy = check the names and the number; where a child's name has changed, change it in the ledger first; where the form has the name wrong, --same ROW=STUDENT
problem-not-an-id = "{ $value }" cannot be an id
    .remedy = use lower-case letters, digits and inner hyphens, at most 32
problem-private-character = { $name }: the name holds a character that only an old system knows and others may not show
    .remedy = check the name, and mend it where the regular character can be typed
problem-rejects-unwritten = the spreadsheet of rows to mend was not written: { $reason }
    .remedy = try again; the file that came in is unchanged
# Spreadsheets of activities.
problem-no-date-column = no column of days was found
    .remedy = a header must say the day; other words go into import/log.toml
problem-row-no-date = the row has no day
    .remedy = write the day of the activity
problem-row-no-student = the row names no student ({ $kind })
    .remedy = write the student's name, or a class


# Rules of risk and of who is left behind.
problem-definition-unknown = left-behind is "{ $name }", and rules/left-behind.toml has no such definition
    .remedy = write one of: { $known }
problem-rule-twice = the indicator "{ $rule }" stands twice
    .remedy = give one of them another id, and run: guanai check
problem-rule-grade = the indicator "{ $rule }" lacks the level or the points that the grading needs
    .remedy = write level = "watch", "medium" or "high"; where points are added up, write points
problem-rule-group = the indicator "{ $rule }" has risk in its for, and the risk follows from the indicators
    .remedy = take risk out of for
problem-rule-definition = the indicator "{ $rule }" asks for the definition "{ $name }", which rules/left-behind.toml does not have
    .remedy = write "own", or a definition of that file
problem-rule-kind = the rule "{ $rule }" asks for the kind "{ $kind }", which no file of kinds/ defines
    .remedy = write a kind that there is; this lists them: guanai log kinds
problem-rule-field = the rule "{ $rule }" asks for the field "{ $field }", which the kind "{ $kind }" does not have
    .remedy = write a field of that kind, as its file in kinds/ has them
problem-rule-value = the rule "{ $rule }" has "{ $value }", which is no value of the field "{ $field }"
    .remedy = write one of: { $known }
problem-rule-type = the rule "{ $rule }" asks for the type of follow-up "{ $type }", which rules/followups.toml does not have
    .remedy = write a type of that file
problem-rule-empty = the rule "{ $rule }" has nothing or zero for { $key }: it would hold for everybody or for nobody
    .remedy = write a number above zero, or one value at least, for { $key }
problem-rule-kinds-or-contact = the indicator "{ $rule }" needs either kinds or contact, and not both
    .remedy = keep one and remove the other
problem-class-missing = { $name } has no class
    .remedy = fill in the class; merged cells cannot be seen in an ods: split them, or save the file as xlsx
problem-not-enrolled = { $student } is not enrolled on { $day }
    .remedy = ask for another day: --as-of DATE
problem-until-past = { $until } has passed
    .remedy = give another day
problem-not-judged = nobody has judged { $student }
    .remedy = to judge: guanai risk set
problem-term-unknown = there is no term "{ $term }"
    .remedy = terms in guanai.toml: { $known }
problem-format-needs-file = { $format } needs a file
    .remedy = add --out NAME.{ $format }
problem-not-rendered = the report could not be made: { $reason }
    .remedy = try another format
problem-plan-shape = { $code } needs one of count, within and state, and only one
    .remedy = mend the commitment
problem-plan-kind = { $code } names the kind "{ $value }", which is not there
    .remedy = mend it, or define it in kinds/; see: guanai log kinds
problem-plan-field = { $code } names the field "{ $value }", which the kind does not have
    .remedy = see: guanai log kinds KIND
problem-plan-follow-up = { $code } names the follow-up "{ $value }", which is not there
    .remedy = mend it, or define it in rules/followups.toml
problem-plan-group = { $code } names the group "{ $value }", which is not there
    .remedy = define [group.{ $value }] in guanai.toml
problem-commitment-unknown = there is no commitment "{ $code }"
    .remedy = such as: { $known }; all: guanai plan status
problem-pairing-type = there is no type of pairing "{ $type }"
    .remedy = there are: { $known }
problem-row-nobody = no row has an id that begins with "{ $id }"
    .remedy = see the ids with list
problem-row-several = several rows have ids that begin with "{ $id }"
    .remedy = give more of it: { $candidates }
problem-plan-code-twice = { $code } is there twice; the first stands at { $value }
    .remedy = give one of them another code
problem-plan-within = { $code }: within needs one trigger in `after` and one answer in `do`
    .remedy = after = { "{" } kind | followup | screening | exam { "}" }, do = { "{" } kind | followup-done { "}" }
problem-plan-value = { $code } asks for { $value }, which the field never holds
    .remedy = see the values of the field: guanai log kinds KIND
problem-plan-never = { $code } asks for what can never be met or missed
    .remedy = set times or least to 1 or more, and to no more than there are values; birthday needs a group of students
problem-plan-state = { $code }: state needs one thing that is asked of this unit, and contact needs a pairing
    .remedy = of students: pairing, agreement, file, meal-support; of a class or the school: resource; see docs/format.md
problem-plan-pairing = { $code } names the type of pairing "{ $value }", which is not there
    .remedy = tutor, peer-tutor, caring-parent, proxy-parent or life-mentor
problem-plan-key = { $code } names "{ $value }", which is no key of a record that a plan can ask for
    .remedy = see docs/format.md
problem-plan-unknown = there is no plan "{ $plan }"
    .remedy = there are: { $known }
problem-file-missing = there is no file "{ $file }"
    .remedy = check the name and the folder
problem-answer-unreadable = "{ $value }" does not say which row
    .remedy = write --same ROW=STUDENT, such as --same 8=k7m2q4; with several sheets --same Sheet1:8=k7m2q4
problem-answer-no-row = { $file } has no child in row { $row }
    .remedy = give the number that the spreadsheet shows at the left; --dry-run lists the rows
problem-answer-several-rows = { $file } has several sheets with a row { $row }
    .remedy = name the sheet, such as --same Sheet1:8=k7m2q4

# Money and goods
problem-fund-overdrawn = the fund "{ $fund }" would stand at { $balance } on { $day }: { $there } yuan are there for that day
    .remedy = check the amount and the fund's name (there is: { $known }); where the school pays ahead, say why: overdraw=REASON; nothing was written
problem-amount-for-several = one row has several children and one amount: { $amount }
    .remedy = for each of them: --each (a row for each child); for all together: --together; nothing was written
problem-check-fund-overdrawn = the fund "{ $fund }" stands at { $balance } on { $day }, and nobody said why
    .remedy = record the income that is missing, or mend the amount; where the school paid ahead: guanai log amend { $id } overdraw=REASON
problem-check-fund-said = the fund "{ $fund }" stands at { $balance } on { $day }; the reason: { $reason }
    .remedy = record the income once it has come
problem-check-goods-short = { $fund }: more of { $item } went out than came in, by { $short }
    .remedy = record what is missing, or mend quantity and unit
problem-check-amount = no amount or quantity that can be added
    .remedy = write it: guanai log amend { $id } FIELD=VALUE
problem-year-unknown = there is no school year { $year }
    .remedy = write the year in which it begins, such as 2026
