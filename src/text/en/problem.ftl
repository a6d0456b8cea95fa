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
problem-settings-lang = the language { $value } in the settings is not known
    .remedy = lang = "zh" or lang = "en"
problem-no-ledger = { $folder } is in no ledger: no guanai.toml there or above
    .remedy = go to the ledger, or name it with -C; to make one: guanai init DIR
problem-school-file-missing = the ledger has lost its guanai.toml, without which no command can read it
    .remedy = take the file back from git or a backup; else copy the one of a new ledger (guanai init DIR), and fill in the school, its terms and recipients
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
problem-pending-damaged = the record of a change that was cut off is damaged; until it is gone the ledger can be read and not written
    .remedy = look at the ledger with guanai check, and at what was entered last; then move this file away, and add what is missing
problem-outside = is not a path of the ledger
    .remedy = the ledger writes only inside its own folder
problem-not-a-file = is not a plain file
    .remedy = move it away
problem-link = is a link, which the ledger does not follow
    .remedy = put the file itself there
problem-stray-copy = has the same bytes as { $other }: a copy that a sync folder or a paste left
    .remedy = guanai check --fix takes it away; guanai undo brings it back
problem-stray-folder = is no folder of the ledger; the files in it are not read
    .remedy = compare them with those of the ledger, take over what is missing, and move it away
problem-editor-file = is what an editor or an office program keeps beside an open file; it is open still, or was not closed in order
    .remedy = save and close the file in that program; where it is closed, look at the file and delete this one
problem-name-capitals = the name has capital letters, and is not read
    .remedy = rename it to { $wanted }; where that is there already, compare the two first
problem-folder-missing = the folder is gone, and none of its files was read
    .remedy = take it back from git or a backup; it may have been moved or renamed
problem-stray-file = is no name that the ledger gives (a sync folder's conflict copy?)
    .remedy = compare it, take over what is missing, and move it away
problem-definition-missing = the definition file is missing
    .remedy = add it with: guanai init --upgrade

# What files say.
problem-toml-syntax = is not TOML: { $message }
    .remedy = mend the line, then run: guanai check
problem-toml-value = the value is wrong: { $message }
    .remedy = mend it as docs/format.md says, then run: guanai check
problem-toml-cut = the file breaks off in this line, and what stood behind it is gone: { $message }
    .remedy = take the whole file back from git or a backup; else complete the line, and see what else is missing
problem-file-empty = the file is empty; what stood in it is gone
    .remedy = take it back from git or a backup; where nothing ever stood in it, delete the file
problem-bytes-lost = NUL bytes begin in this line: the disk has lost what stood here (a stick pulled out, or a power cut)
    .remedy = take it back from git or a backup; else take the NUL bytes out, enter that part again, and have the disk checked
problem-text-damaged = from this line on, { $count } lines have bytes that cannot be read (neither UTF-8 nor GB18030)
    .remedy = take these lines back from git or a backup; or take the damaged bytes out and save it as UTF-8; until then nothing is written to this file
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
problem-undo-damaged = the record of this change set is damaged, and it cannot be taken back
    .remedy = take the old files back from git or a backup; once this record is deleted, earlier changes can be taken back again
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
    .remedy = make a key: guanai key new; or, if the school decides to keep it in the clear, write confidential = "clear" under [privacy] in guanai.toml
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
problem-form-utf16 = the file is in UTF-16 (saved as "Unicode" by an editor or a spreadsheet)
    .remedy = guanai check --fix makes it UTF-8 again
problem-form-line-ends = lines end in CRLF or CR, not in LF
    .remedy = guanai check --fix makes it LF
problem-form-cut-off = the last line has no end; it may have been cut off
    .remedy = see whether it is whole; guanai check --fix ends it
problem-form-blanks = it has rows without a word, or columns without a name or a word, as a spreadsheet saves them
    .remedy = guanai check --fix takes them out
problem-column-twice = the column "{ $column }" stands twice; the first one is read
    .remedy = compare the two, and make one of them, or give the second another name
problem-form-order = rows are not in order of day and id
    .remedy = guanai check --fix sorts them
problem-form-conflict = a merge left its marks, from this line on
    .remedy = choose one side, or keep both, take the lines of marks out, and run: guanai check; until then nothing is written to this file
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
problem-check-clock = the day is { $day }: the clock of the computer was probably wrong
    .remedy = write the true day, in the folder of its term; and set the clock
problem-check-term-folder = the school has no term { $term }, and no row in this folder belongs to one of that name
    .remedy = give the folder the name of a term ({ $known }), or add the term to guanai.toml under [[term]]
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
problem-file-too-large = the file is too large: more than { $megabytes } MB ({ $unfolded } MB unfolded), { $rows } rows, { $columns } columns or { $cells } cells with content
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
problem-check-clash = two teachers gave { $key } of { $id } different values: "{ $one }" and "{ $other }"
    .remedy = choose one: guanai resolve { $id } '{ $key }={ $one }'
problem-git-refused = git did not do it: { $reason }
    .remedy = run git init in the ledger's folder first
problem-git-by-hand = this file cannot be merged by rows; git's marks stand in it
    .remedy = choose in a text editor, take the marks out, then run: guanai check
problem-nothing-to-resolve = nothing of "{ $which }" waits for this value
    .remedy = what waits: { $open }

# Scores.
problem-no-score-column = no column of scores was found
    .remedy = the header needs a name or roll number, and subjects (wide) or "subject" and "score" (long); a subject of your own goes into [subjects] of import/scores.toml
problem-no-scores = there is not one score in it
    .remedy = look whether it is this file and this sheet
problem-exam-missing = it is not known which exam this is
    .remedy = add --exam midterm (or final, 第二次月考 …); kinds of exam: { $known }
problem-exam-kind = "{ $value }" is no known kind of exam
    .remedy = add --kind, one of: { $known }
problem-exam-unclear = the title and the name of the sheet mean different exams: { $kinds }
    .remedy = mend the title, or part the file and import each with --exam
problem-exam-day-missing = it is not known on which day "{ $exam }" (term { $term }) was
    .remedy = add --date DAY, such as --date 2026-11-12
problem-exam-term = the title says term { $term }, and { $day } is not in it
    .remedy = look at --date and the title; the terms are in guanai.toml
problem-full-marks = --full { $value } are no full marks
    .remedy = write a number, or SUBJECT=number, such as --full 100 or --full 数学=120
problem-score-column-unknown = nobody knows the column "{ $value }"; it was left out
    .remedy = add it to [subjects] of import/scores.toml, or to [ignored]
problem-score-subject-twice = { $subject } has two columns; the other one is "{ $value }"
    .remedy = leave one, or part the sheet and import each with --exam
problem-score-twice = row { $other } has another score for the same child in { $subject }; this one is "{ $value }"
    .remedy = leave one
problem-score-no-child = this row has scores, and neither name nor number
    .remedy = write whose they are, or delete the row
problem-score-no-subject = this score has no subject
    .remedy = write the subject, or give one for the whole sheet with --subject
problem-score-nobody = the ledger has no student "{ $value }"
    .remedy = look at the number and the name; a new child first needs a record: guanai student add
problem-score-other-name = this number is { $name }'s, and the sheet says "{ $value }"
    .remedy = look at both, and mend one
problem-score-other-class = { $class } has no student "{ $value }"
    .remedy = of that name: { $candidates }; look at the class, or add the roll number
problem-score-not-a-mark = "{ $value }" is no mark in { $subject }
    .remedy = write a number, a mark in words or 缺考; a word of your own goes into import/scores.toml
problem-score-above-full = { $value } in { $subject } is above full marks, { $full }
    .remedy = look at the score; where full marks are not { $full }: --full { $subject }=N
problem-progress-bound = { $key } of rules/progress.toml cannot be used
    .remedy = see the head of the file: bands rise, numbers of exams are 1 or more, least-children is 2 or more
problem-rank-reason = a ranking by score needs a reason (a school publishes none)
    .remedy = add --reason "…", which is written to registers/disclosures.csv; without ranks: guanai report class { $class } --names
problem-class-no-exam = { $class } has no scores
    .remedy = import them first: guanai import scores FILE; a class is year of entry - number, such as 2023-2
problem-class-other-exam = { $class } did not sit this exam
    .remedy = there are: { $known }
problem-score-kind = the kind "{ $kind }" lacks fields: { $fields }
    .remedy = upgrade the definitions of the ledger: guanai init --upgrade; where the school has changed the file, add the fields as docs/format.md has them
# Scales and screenings.
problem-scale-unknown = there is no scale "{ $scale }"
    .remedy = there are: { $known }; a scale of the school's own goes into scales/, see docs/format.md
problem-scale-answers = answer is not right ({ $value }): at least two scores, each another single digit, and no word twice or a digit
    .remedy = such as score = 0, words = ["no"]
problem-scale-empty = { $key } is empty
    .remedy = name items, or cut-offs
problem-scale-item = { $key } names item { $value }, which the scale does not have
    .remedy = mend the number, or items
problem-scale-item-twice = item { $value } of { $key } is taken already
    .remedy = an item belongs to one subscale
problem-scale-item-left = items that no subscale takes: { $value }
    .remedy = put them into a subscale; name those that are not scored under unused
problem-scale-reversed = the reversed item { $value } is not one of the subscale's
    .remedy = mend reversed or items
problem-scale-id = "{ $value }" cannot be the id of a subscale: lower-case letters, digits and hyphens, once, and neither total nor validity
    .remedy = choose another id
problem-scale-items = { $value } items are not right: 1 to 500
    .remedy = mend items
problem-scale-validity = the validity cut-off { $value } can never be reached, or is reached by all
    .remedy = choose one between 1 and the most that its items give
problem-scale-pro-rata = pro-rata-from = { $value } can never be used, or counts a subscale without an answer
    .remedy = choose a number between 1 and the items of the longest subscale
problem-scale-range = the range begins at { $value } and ends before it
    .remedy = until is not below from
problem-scale-band-first = cut-offs begin at 0, and these at { $value }
    .remedy = give the first one from = 0
problem-scale-band-order = the cut-off { $value } is not above the one before it
    .remedy = write them from low to high
problem-scale-band-reach = the cut-off { $value } is above full marks: nobody can reach it
    .remedy = mend it by the manual
problem-scale-band-code = a cut-off cannot give { $value }
    .remedy = use normal, watch or high
problem-answer-wrong = item { $item } is answered "{ $value }", which the scale does not have
    .remedy = it may be: { $answers }; leave it empty where there is no answer (on the command line: -)
problem-answer-unknown = the scale { $scale } has no "{ $name }"
    .remedy = items are numbered 1 to { $items }; the subscales: guanai screen scales
problem-answer-twice = "{ $name }" is there twice
    .remedy = give it once
problem-answers-length = there are { $found } answers, and the scale { $scale } has { $items } items
    .remedy = one character an item, - where there is no answer; or 3=1,4=0
problem-score-wrong = the score of { $part } is "{ $value }"
    .remedy = a whole number from 0 to { $most }; - where there is none
problem-totals-lacking = these scores are missing: { $parts }
    .remedy = name every subscale; NAME=- where there is no score
problem-answers-needed = there are no answers
    .remedy = add --answers ({ $scale } has { $items } items: one character each, - for none; - reads standard input, @FILE a file) or --totals
problem-screening-there = { $student } has a screening with { $scale } on that day already ({ $id }), with other answers
    .remedy = if these are the right ones: --replace; if it was on another day: --date
problem-screening-unreadable = there are screenings of { $day } that cannot be read, so that it is not known whether this one is among them
    .remedy = import again with the key that reads them
problem-sheet-no-child = the header has no column for the name
    .remedy = add one (or the roll number); other headers go into import/screening.toml
problem-sheet-no-items = the header has neither the items of the scale { $scale } nor its subscales
    .remedy = one column an item, under its number from 1 to { $items }
problem-sheet-item-twice = one item (or subscale) has two columns
    .remedy = take one out
problem-sheet-item-unknown = the header has a number that is no item of the scale { $scale }
    .remedy = its items are 1 to { $items }: check --scale, or mend the numbers of the header
problem-sheet-items-missing = there is no column for: { $missing }
    .remedy = check --scale; an item that nobody answered has a column too, with empty cells
problem-sheet-row-no-child = the row names no child
    .remedy = fill in the name
problem-sheet-no-date = the row has no day of screening
    .remedy = add a column for the day, or --date to the command
problem-sheet-child-twice = { $name } stands in row { $first } already, on the same day
    .remedy = keep the right one
problem-sheet-number-nobody = no student has this number
    .remedy = check the number, or add the name
problem-sheet-other-name = the number is that of { $own }, and the name is { $name }
    .remedy = mend the name or the number
problem-sheet-other-class = { $name } is in { $class } here, and in { $own } by the record
    .remedy = mend the class; another child of the same name needs a record first
problem-check-scale = there is no scale "{ $scale }", so that the result cannot be held against it
    .remedy = there are: { $known }; see docs/format.md
problem-check-answers = the answers or subscale scores are none that the scale { $scale } can have
    .remedy = mend the row by the paper, or void it and record it again: guanai log void ID --reason …
problem-check-screening = the row says { $stored }, and by scales/{ $scale }.toml as it is now it is { $computed }
    .remedy = where the cut-off was changed on purpose: guanai screen rescore; else mend { $id } by the paper
problem-kind-anonymous = records of { $kind } name no child
    .remedy = leave the students out; speak of a case as "a child of grade four"
problem-check-identity = records of { $kind } name no child, and this one has a student or a student's name
    .remedy = reword it with guanai log amend, or void it and record it again
problem-check-screening-empty = the screening names the scale { $scale } and has neither answers nor a result
    .remedy = add the answers: guanai screen add STUDENT --scale { $scale } --date DAY
# Sealing.
problem-recipient-wrong = the recipient "{ $name }" has a key that is none: "{ $value }"
    .remedy = write the public half of their key, which begins with age1; whoever holds it sees it with: guanai key list
problem-seal-damaged = the sealed row { $id } is cut, changed or of another row, and cannot be opened
    .remedy = take the line back from git or a copy; every other row is read
problem-seal-closed = what is sealed in { $id } is not sealed to a key of this machine
    .remedy = do it where the key is (guanai key list), or set GUANAI_KEY to the file of the key
problem-seal-no-recipient = the ledger has sealed rows, and guanai.toml names nobody to seal them to
    .remedy = add the public half of a key: guanai key rotate --add age1… --name NAME
problem-key-file-wrong = the line is no key of age
    .remedy = a file of keys has one line a key, AGE-SECRET-KEY-1…, as guanai key new and age-keygen write it; keys of other sorts are not taken
problem-key-file-there = { $file } is there already, and a file of keys is never written over
    .remedy = to open this ledger with that key too: guanai key rotate --add age1… --name NAME; see its public half with: guanai key list; for another file: --out FILE
problem-key-inside = { $file } lies in the ledger, and would go with it onto sticks and into git
    .remedy = give a file outside: --out FILE
problem-key-no-place = no home folder is set, so there is no place for the key
    .remedy = give a file: --out FILE
problem-key-name-missing = a key needs the name of whoever holds it
    .remedy = give it: --name NAME
problem-key-name-taken = the name "{ $name }" stands for another key
    .remedy = give another name, or take that key out first: guanai key rotate --remove NAME
problem-key-name-unknown = nobody called "{ $name }" holds a key of this ledger
    .remedy = there are: { $known }
problem-key-not-agreed = no key was made
    .remedy = run it again when you know where a copy of the key will lie
problem-key-in-batch = a key is not made in a batch
    .remedy = run it alone: guanai key new
problem-key-nobody-left = nobody could open the confidential rows any more
    .remedy = add another key first: guanai key rotate --add age1… --name NAME
problem-check-seal-nobody = the ledger has sealed rows, and guanai.toml names nobody to seal them to
    .remedy = put the recipients back into guanai.toml from git or a copy, or run: guanai key rotate --add age1… --name NAME
problem-check-seal-cut = the sealed row { $id } is cut or is no age file
    .remedy = take the line back from git or a copy
problem-check-seal-other = the sealed row { $id } is not sealed to just the recipients in guanai.toml
    .remedy = seal it again, with a key that opens it at hand: guanai key rotate
problem-check-seal-clear = { $count } rows of the confidential kind { $kind } lie in the clear, and the school seals
    .remedy = seal them: guanai key rotate
problem-check-seal-clear-follow-up = a follow-up that a confidential record has opened lies in the clear
    .remedy = seal it: guanai key rotate
problem-day-wrong = "{ $value }" is no day
    .remedy = write it as 2026-09-10
# Letters
problem-template-head = no head between two lines of +++
    .remedy = begin with a line +++, then label and kind, then another line +++; see docs/format.md
problem-template-placeholder = there is no value {"{{"} { $key } {"}}"}
    .remedy = nearest: { $known }; all of them: docs/format.md
problem-template-unclosed = { $value } does not end
    .remedy = write {"{{"} name {"}}"}; lines to sign on begin with ::: sign and end with :::
problem-template-unknown = there is no template "{ $template }"
    .remedy = there are: { $known }; a new one goes into documents/
problem-template-kind = there is no kind of activity "{ $kind }"
    .remedy = see the kinds: guanai log kinds
problem-template-fields = { $kind } cannot record a letter: it must be for students, and have a field { $field } of type { $type }
    .remedy = take letter or letter-to-parents, or give it the fields letter, way and returned in kinds/
problem-template-value = { $field } of { $kind } does not take "{ $value }"
    .remedy = see the fields and values: guanai log kinds { $kind }
problem-template-lang = "{ $value }" is no language of a template
    .remedy = lang is zh or en
problem-template-set = { $key } is no key of a child's record that can be set
    .remedy = see the keys in docs/format.md
problem-letter-missing = { $student } lacks: { $values }
    .remedy = add it: guanai student set { $id } KEY=VALUE, or guanai student guardian { $id } NAME --relation RELATION; or leave a line to fill in by hand: --leave-blank
problem-letter-missing-teacher = class { $class } has no class teacher in office ({ $value })
    .remedy = guanai staff add NAME --role class-teacher --class { $class } --phone PHONE; or --leave-blank
problem-letter-missing-school = { $value } is not known
    .remedy = write the school's name, terms and holidays into guanai.toml; or --leave-blank
problem-letter-missing-given = the template needs { $value }
    .remedy = add --set { $word }=TEXT; or leave a line to fill in by hand: --leave-blank
problem-letter-whom = the command does not say to whom it goes, or says it twice
    .remedy = give students, class:2023-2 or all, or else --group left-behind: guanai letter { $template } all
problem-letter-nobody = there is nobody to write to
    .remedy = take another class or group; who is enrolled: guanai student list
problem-letter-by = the command does not say how it goes out
    .remedy = add --by: { $known }; to look at it only: --draft
problem-letter-in-batch = a batch makes no letters
    .remedy = run guanai letter by itself; receipts may stand in a batch
problem-given-wrong = "{ $value }" is not WORD=TEXT
    .remedy = such as --set time='5 December, 2 pm'
problem-letter-no-receipt = { $template } has no receipt
    .remedy = to take receipts, write [receipt] into the head of the template
problem-receipt-nobody = the command does not say whose receipts are back
    .remedy = give ids or names; all that are out: guanai letter pending { $template } --ids
problem-receipt-no-letter = { $letter } did not go to the family of { $student } ({ $id }) by { $day }
    .remedy = send it first: guanai letter { $letter } { $id } --out FILE; where the day is wrong, use --date
problem-receipt-shared = { $letter } to { $student } ({ $id }) is one row with other children ({ $row })
    .remedy = void that row, and record one for each child: guanai letter { $letter } STUDENT…
problem-receipt-no-guardian = { $student } is in the care of nobody but the parents now, so that nobody is entrusted
    .remedy = add one first: guanai student guardian { $id } NAME --relation RELATION
problem-group-unknown = guanai.toml has no group "{ $group }"
    .remedy = there are: { $known }

# Attachments
problem-attachment-empty = the file is empty
    .remedy = open it and take another one; nothing was written
problem-attachment-not-a-file = no plain file, but a folder, a link or a device
    .remedy = give the path of the file itself; nothing was written
problem-attachment-large = more than { $most } MB
    .remedy = make it smaller; the limit is most-mb of [attachments] in guanai.toml
problem-attachment-damaged = no whole { $format } picture, so that place and device cannot be taken out of it
    .remedy = open it, save it as JPEG, and attach that; nothing was written
problem-attachment-format = place and device cannot be taken out of a { $format } picture
    .remedy = save it as JPEG and attach that (phones: camera, most compatible); nothing was written
problem-check-attachment-name = "{ $name }" is no name that the ledger gives to an attachment
    .remedy = attach the file with guanai log amend ID --attach FILE, and take this name out of the row
problem-check-attachment-missing = the attachment { $name } is not in attachments/
    .remedy = bring the file back from a backup; where there is none, take the name out of the row
problem-check-attachment-orphan = no record names this attachment
    .remedy = delete it; or attach it to a record: guanai log amend ID --attach FILE
problem-check-attachment-content = the content has changed and does not fit the name
    .remedy = bring the old file back from a backup; attach the new content with guanai log amend ID --attach FILE
problem-attachment-sealed = { $kind } is sealed, and a file beside it would not be: it is not taken
    .remedy = keep the file in a locked place, and say in the note where it is

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

# what the disk refused behind the commit
problem-unfinished = the change is written, and only its finishing is not: { $reason }; do not enter it again
    .remedy = see to the disk and the rights; the next command that writes finishes it

# the disk that a ledger lies on
problem-no-locks = this folder knows no file locks: { $reason }; nothing was written
    .remedy = it can be read and not written, as two who write at once would write over each other; copy the ledger to a disk of this computer, and merge with git what two people enter
problem-check-folder-fat = the ledger lies on { $system } (a stick?): a command that is cut off loses nothing, but pulling it out or a power cut while it writes can damage files; whoever holds it can read everything
    .remedy = eject it before you pull it out; keep the ledger on the computer's own disk, take copies along, and only on an encrypted stick
problem-check-folder-network = the ledger lies in a network folder ({ $system }): what outlasts a power cut or a lost connection is up to that server
    .remedy = keep it on the computer's own disk, and merge with git what several people enter
problem-check-folder-locks = this folder knows no file locks: it can be read, and not written
    .remedy = copy the ledger to a disk of this computer before you enter anything
# Duplicate files
problem-join-itself = both are the same file: { $id }
    .remedy = to see which files may be of one child: guanai student duplicates
problem-join-clash = { $id } has fields that two teachers changed apart and nobody has settled
    .remedy = settle them first: guanai resolve { $id }
problem-join-take = "{ $value }" does not say whose value to take
    .remedy = write FIELD=keep or FIELD=other
problem-join-differ = { $field } ({ $key }) differs: the file that stays says "{ $keep }", the other one "{ $other }"; nothing was written
    .remedy = choose: --take '{ $key }=keep' or --take '{ $key }=other'; where neither is right: --set '{ $key }=VALUE'
problem-join-unused = the two do not differ in { $key }
    .remedy = leave the option out; nothing was written
problem-join-sealed = { $count } sealed rows cannot be opened, so that nobody can see whether they name this child; nothing was written
    .remedy = have this command run by who has the key (GUANAI_KEY names the file of keys)
problem-check-duplicate = { $id } and { $other } may be one child; they agree in: { $keys }
    .remedy = if so: guanai student merge { $id } { $other }; if not: add the resident number or mend the birth day
problem-check-joined-row = this row still says { $was }, who was joined into { $id }
    .remedy = to mend it: guanai check --fix
problem-check-joined-file = { $was } was joined into { $id }, and this file has come back
    .remedy = where the two say nothing different: guanai check --fix; else: guanai student merge { $id } { $was }

# Forgetting
problem-forget-enrolled = { $who } is a pupil of the school
    .remedy = record the leaving first: guanai student leave { $id }; nothing was written
problem-forget-early = { $who } left on { $left }, and the record is kept until { $from }
    .remedy = where it must be earlier, as the guardian asks for it: --before-time --reason TEXT; nothing was written
problem-forget-no-years = guanai.toml does not say for how many years a record is kept
    .remedy = write keep-years = 6 under [privacy], or use --before-time --reason TEXT; nothing was written
problem-forget-sealed = { $count } sealed rows cannot be opened, so that nobody can see whether they are of these children; nothing was written
    .remedy = have this command run by who has the key (GUANAI_KEY names the file of keys)
problem-check-forget-due = { $id } left on { $left }, and { $years } years are over: the record is to be forgotten
    .remedy = to see them all: guanai student forget --due --dry-run; to do it: guanai student forget { $id }
problem-check-forgotten = { $id } was forgotten, and the record says again who it was
    .remedy = forget it again: guanai student forget { $id }

# Handover
problem-handover-to-whom = it is not said to whom the record goes, or why
    .remedy = say so: --to WHOM --reason TEXT; nothing was written
problem-handover-forgotten = { $id } was forgotten, and there is nothing to hand over
    .remedy = leave this id out; nothing was written
problem-handover-reader = "{ $value }" is no public key, and no recipient of the school ({ $known })
    .remedy = give the reader's public key (it begins with age1; guanai key new shows it); nothing was written
problem-handover-sealed = { $count } sealed rows cannot be opened, so that nobody can see whether they are of this child; nothing was handed over
    .remedy = have it done by who has the key (GUANAI_KEY names the file of keys), or leave out --to-reader, and with it the sealed part
problem-receive-no-package = this is no handover of guanai
    .remedy = ask for a new one, made by guanai student handover; nothing was written
problem-receive-too-much = the handover holds too much
    .remedy = ask for several smaller ones; nothing was written
problem-receive-astray = the handover has a file name that leads outside
    .remedy = leave such a file alone and ask where it comes from; nothing was written
problem-receive-damaged = the handover is damaged: { $part }
    .remedy = ask for another copy; nothing was written
problem-receive-format = the handover is of a later version ({ $format })
    .remedy = upgrade guanai first; nothing was written

# Rights of files
problem-check-open = others who use this machine can read it
    .remedy = make it its owner's alone: guanai check --fix
# A report with names goes out
problem-disclosure-whom = a file with names goes out, and it is not said to whom and why
    .remedy = add --to WHOM --reason TEXT; to read it yourself leave out --out, and it is shown on the screen

# The work of the staff, and what changed lately
problem-since-not-past = { $since } is not before { $day }
    .remedy = give --since an earlier day, such as last Monday
problem-staff-names = the report of the whole staff names no children
    .remedy = say which one: guanai report staff NAME --names --to WHOM --reason TEXT
problem-staff-unknown = nobody on the staff is called "{ $name }", or several are
    .remedy = give the whole name; in this term there are: { $known }
# Statistics forms
problem-form-unknown = no form is called "{ $name }"
    .remedy = there are: { $known }; a form of your own goes into forms/, or give the path of its file
problem-form-column-twice = column { $number } is there twice
    .remedy = give each column a number of its own
problem-form-no-column = the form has no column
    .remedy = write [[column]], as in forms/civil-affairs.toml
problem-form-ages = the ages of column { $number } end before they begin
    .remedy = write age = { "{" } from = 6, until = 13 { "}" }
problem-form-equation = "{ $value }" is no sum of columns
    .remedy = write 1 = 2+5+8 or 11+…+18
problem-form-column-unknown = "{ $value }" names column { $number }, and the form has none
    .remedy = mend the number, or add the column
problem-form-definition = there is no definition "{ $name }"
    .remedy = there are: { $known } (rules/left-behind.toml), and own for the school's
problem-form-who = the form has no column { $column }
    .remedy = there are: { $known }; or unknown
problem-form-row = the form has no row "{ $row }"
    .remedy = there are: { $known }

# A roster for the bureau
problem-roster-names = a roster holds names, and it is not said to whom it goes and why
    .remedy = add --names --to WHOM --reason TEXT; --reveal too where numbers shall be whole
problem-template-not-xlsx = no xlsx template that can be filled
    .remedy = save it as xlsx in Excel or WPS, and try again

# The inspection binder
problem-binder-in-batch = a batch makes no binder
    .remedy = run guanai report binder by itself
problem-binder-inside = { $dir } is a folder of the ledger's own
    .remedy = put it outside the ledger, such as ../binder
problem-binder-no-folder = { $dir } is no folder that can be written
    .remedy = name a folder that is not there yet
problem-binder-there = { $dir } holds a binder already
    .remedy = to replace it, add --replace
problem-binder-full = { $dir } holds other files
    .remedy = name a folder that is empty or not there yet; other files are left alone
problem-binder-report = { $name } in report/binder.toml is no report
    .remedy = there are: staff, plan, term, roster, classes, mind, funds, dossiers

# Quotes that never end
problem-quote-open = quotes are opened in this row and never closed, so that the rows behind it count as text of its cell
    .remedy = close them with a " where they belong, and run: guanai check; until then nothing is written to this file

# What goes to the county
problem-export-in-batch = a batch exports nothing
    .remedy = run guanai export parquet by itself
problem-export-whom = data about children goes out, and it is not said to whom and why
    .remedy = add --to WHOM --reason TEXT
problem-export-inside = { $dir } lies in the ledger, and would go with it onto sticks and into git
    .remedy = give a folder outside: --out DIR
problem-export-no-folder = { $dir } is a file, and a folder is needed
    .remedy = give the county's folder: --out DIR
problem-export-unsound = not everything of the ledger can be read: { $count } problems, the first one here. Whoever is missing would be missing from the county's sums; nothing was written
    .remedy = see them all with guanai check, and mend them
problem-export-code-missing = the code of the { $option } is not known
    .remedy = add --{ $option } CODE, or write it under [school] in guanai.toml: { $option ->
        [county] county = "529901"
       *[other] code = "5299010001"
    }
problem-export-code = --{ $option } { $code } cannot be the name of a folder
    .remedy = a code has lower-case letters a–z, digits and inner hyphens, at most 32: 529901
problem-export-term-ahead = term { $term } begins on { $from }, which is still to come
    .remedy = leave it out, or ask for a later day: --as-of DATE
problem-county-key-missing = there is no file { $file }
    .remedy = get the county's key from the county; the county makes it once: guanai key county FILE
problem-county-key-empty = the file holds no key
    .remedy = a key is 64 digits 0–9 a–f on one line; get the county's key from the county
problem-county-key-several = the file holds more than one line that is no comment
    .remedy = a key is 64 digits 0–9 a–f on one line; get the county's key from the county
problem-county-key-shape = the file holds a line of { $length } characters, and a county's key is 64 digits 0–9 a–f
    .remedy = a key of guanai key new (AGE-SECRET-KEY-1…) is another one; get the county's key from the county
problem-county-key-other = the file was written under the key with the mark { $there }, and this key has the mark { $here }: the same child would be two
    .remedy = ask the county for the key with the mark { $there }; where the county has changed its key, all schools export to a new folder
problem-county-key-inside = { $file } lies in the ledger, and would go with it onto sticks and into git
    .remedy = keep the county's key in a file outside
problem-county-key-there = { $file } is there already, and a file of keys is never written over
    .remedy = give another file; with a new key every child gets another pseudonym
