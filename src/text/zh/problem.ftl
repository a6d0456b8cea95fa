# Arguments.
problem-usage-unknown-argument = 没有这个选项：{ $argument }
problem-usage-unknown-command = 没有这个命令：{ $argument }
problem-usage-missing = 缺少：{ $argument }
problem-usage-value-missing = { $argument } 后面要有一个值
problem-usage-value = { $argument } 的值 "{ $value }" 不对
problem-usage-conflict = { $argument } 不能与其他选项同时使用
problem-usage-no-command = 后面还要有一个命令
problem-usage-count = { $argument } 的值的个数不对
problem-usage-other = 命令行不对
problem-usage-help = 用 --help 查看用法
problem-usage-near = 可用的有：{ $suggested }
problem-usage-like = 相近的：{ $suggested }
problem-format-unknown = 没有格式 "{ $format }"
    .remedy = 可用的有：{ $known }

# The folder and the disk.
problem-settings-lang = 设置里的语言 { $value } 不认识
    .remedy = lang = "zh" 或 lang = "en"
problem-no-ledger = { $folder } 不在台账里：它和上级文件夹都没有 guanai.toml
    .remedy = 进入台账文件夹，或用 -C 指定；新建台账：guanai init DIR
problem-school-file-missing = 台账缺少 guanai.toml，所有命令都读不了它
    .remedy = 从 git 或备份取回这个文件；取不回就从新建的台账里复制一个（guanai init DIR），再填上学校、学期和收件人
problem-ledger-exists = 这里已经有台账
    .remedy = 换一个文件夹；补充定义文件用 guanai init --upgrade
problem-unreadable = 读不了：{ $reason }
    .remedy = 检查文件是否存在、是否有读取权限
problem-unwritable = 写不了：{ $reason }；台账没有改动
    .remedy = 检查磁盘和权限，再执行一次
problem-read-only = 不允许写入：{ $reason }；台账没有改动
    .remedy = 把文件夹改为可写，或把台账复制到可写的地方
problem-disk-full = 磁盘已满：{ $reason }；台账没有改动，或由下一条命令接着写完
    .remedy = 腾出空间，再执行一次
problem-busy = 另一条命令正在写台账，已等待 { $seconds } 秒
    .remedy = 等它结束后再执行
problem-changed-on-disk = 读取之后文件被别的程序改动了；没有写入任何内容
    .remedy = 看看新的内容，再执行一次这条命令
problem-changed-after-crash = 上次写入中断之后，这个文件又被改动；两边的内容都还在
    .remedy = 保存这个文件的副本，删除 { $record }，再把缺的内容补上
problem-pending-damaged = 中断的改动记录损坏，无法接着写完；在这之前可以读，不能写
    .remedy = 用 guanai check 查看台账，核对最后一次录入的内容；然后把这个文件移走，再补上缺的
problem-outside = 不是台账里的路径
    .remedy = 台账只写自己文件夹里的文件
problem-not-a-file = 不是普通文件
    .remedy = 移走它，换成普通文件
problem-link = 是链接；台账不跟随链接
    .remedy = 换成文件本身
problem-stray-copy = 与 { $other } 的内容完全相同：是同步软件或复制粘贴留下的副本
    .remedy = guanai check --fix 会移走它；guanai undo 可以取回
problem-stray-folder = 台账里没有这样的文件夹；里面的文件没有读
    .remedy = 与台账里的文件比较，把缺的内容并进去，再移走它
problem-editor-file = 是编辑器或办公软件打开文件时留下的；文件可能还开着，或没有正常关闭
    .remedy = 在那个程序里保存并关闭文件；程序已经关了的，核对内容后删除它
problem-name-capitals = 文件名有大写字母，台账不读它
    .remedy = 改名为 { $wanted }；已有这个文件的，先比较内容
problem-folder-missing = 文件夹不见了，里面的文件都没有读到
    .remedy = 从 git 或备份取回；可能被移到了别处或改了名
problem-stray-file = 文件名不是台账会用的（可能是同步软件的冲突副本）
    .remedy = 比较内容后合并，再移走它
problem-definition-missing = 缺少定义文件
    .remedy = 用 guanai init --upgrade 补上

# What files say.
problem-toml-syntax = 不是合法的 TOML：{ $message }
    .remedy = 改正这一行，再运行 guanai check
problem-toml-value = 值不对：{ $message }
    .remedy = 对照 docs/format.md 改正，再运行 guanai check
problem-toml-cut = 文件在这一行断了，后面的内容没有了：{ $message }
    .remedy = 从 git 或备份取回整个文件；取不回就补完这一行，再核对少了哪些内容
problem-file-empty = 文件是空的，里面的内容没有了
    .remedy = 从 git 或备份取回；本来就没有内容的，删去这个文件
problem-bytes-lost = 从这一行起有一段空字节：磁盘丢了这里的内容（多半是没有安全弹出U盘，或断电）
    .remedy = 从 git 或备份取回；取不回就删去空字节，补上这一段，再检查这个磁盘
problem-text-damaged = 从这一行起，有 { $count } 行里有读不出的字节（既不是 UTF-8，也不是 GB18030）
    .remedy = 从 git 或备份取回这几行；或删去坏了的字节，用 UTF-8 编码另存；补好之前不往这个文件里写
problem-not-text = 不是文字文件（既不是 UTF-8，也不是 GB18030）
    .remedy = 从备份或 git 中取回
problem-column-missing = 没有列 "{ $column }"
    .remedy = 补上表头，或从 git 中取回
problem-row-width = 这一行有 { $found } 格，应有 { $wanted } 格
    .remedy = 补上或删去多余的逗号
problem-row-date = 日期是 "{ $value }"，不是 2026-09-10 这样的日期；这一行没有计入
    .remedy = 改成活动当天的日期，再运行 guanai check
problem-row-value = 列 "{ $column }" 的值 "{ $value }" 不对；这一行没有计入
    .remedy = 改正后再运行 guanai check
problem-unknown-student-id = 台账里没有学生 "{ $value }"
    .remedy = 改成学生的编号；名单：guanai student list
problem-id-not-file-name = 文件里的编号是 { $id }，与文件名不同
    .remedy = 把编号或文件名改成一样
problem-kind-twice = 活动类别 { $kind } 定义了两次
    .remedy = 删去一处
problem-term-wrong = 学期或假期 "{ $name }" 的名称或起止日期不对
    .remedy = 名称用小写字母、数字和连字符；结束日不能早于开始日
problem-undo-damaged = 这次改动的记录损坏，不能撤销
    .remedy = 旧的内容从 git 或备份取回；删除这个记录以后，更早的改动又可以撤销
problem-undo-changed-since = "{ $what }" 之后这个文件又有改动，不能整体撤销；没有写入
    .remedy = 先撤销或手工处理后来的改动
problem-nothing-to-undo = 没有可以撤销的改动
    .remedy = 已有的改动：guanai undo --list
problem-undo-in-batch = 批处理里不能撤销
    .remedy = 单独执行 guanai undo

# Who is meant.
problem-student-several = "{ $text }" 可以是好几名学生
    .remedy = 请用编号或 姓名@班级：{ $candidates }
problem-student-near = 没有学生叫 "{ $text }"
    .remedy = 最接近的：{ $candidates }；可用姓名、编号或拼音首字母（如 wxm）
problem-student-nobody = 没有学生叫 "{ $text }"
    .remedy = 名单：guanai student list；可用姓名、编号或拼音首字母（如 wxm）
problem-student-there = 这名学生已经在台账里：{ $who }
    .remedy = 改写档案：guanai student set
problem-student-alike = 已有一名很像的学生：{ $who }
    .remedy = 如果确实是另一名学生，加上 --even-if-alike
problem-id-taken = 编号 { $id } 已经用于别的内容；没有写入
    .remedy = 换一个编号，或不给 --id
problem-id-wrong = 编号不对
    .remedy = 改成小写字母、数字和连字符
problem-name-empty = 姓名是空的
    .remedy = 写上学生姓名

# Fields.
problem-key-unknown = 没有字段 "{ $key }"
    .remedy = 相近的：{ $known }；台账不认识的内容用 extra.名称
problem-value-of = { $key } 不能是 "{ $value }"
    .remedy = 写成：{ $wanted }
problem-value-needed = { $key } 不能为空
    .remedy = 写上一个值
problem-value-wrong = { $key } 不能是 "{ $value }"
    .remedy = 对照 docs/format.md
problem-not-a-field = "{ $value }" 不是 字段=值
    .remedy = 例如 boarding=是
problem-national-id-length = 身份证号 { $value } 不是 18 位
    .remedy = 对照户口簿重新输入
problem-national-id-characters = 身份证号 { $value } 有不该有的字符
    .remedy = 只能是数字，最后一位可以是 X
problem-national-id-birthday = 身份证号 { $value } 的第 7 至 14 位不是日期
    .remedy = 对照户口簿重新输入
problem-national-id-check = 身份证号 { $value } 的校验码不对，多半有一位输错
    .remedy = 对照户口簿重新输入
problem-national-id-rounded = 身份证号 { $value } 末尾是 000，像是表格把它当作数字舍入了
    .remedy = 把单元格设为文本，重新输入
problem-gender-not-of-id = 性别是 { $value }，身份证号说是 { $of_id }
    .remedy = 核对后改正其中一个
problem-born-not-of-id = 出生日期是 { $value }，身份证号说是 { $of_id }
    .remedy = 核对后改正其中一个
problem-relation-unknown = 不知道 "{ $value }" 是什么关系
    .remedy = 可用：{ $known }
problem-back-before-away = 返乡日 { $day } 早于外出日 { $from }
    .remedy = 核对日期
problem-left-already = { $student } 已经离校
    .remedy = 返校用 guanai student return
problem-left-before-entry = 离校日 { $day } 早于入校日
    .remedy = 核对日期
problem-enrolled-already = { $student } 在 { $day } 已经在校
    .remedy = 不用再记返校
problem-editor-failed = 编辑器 { $editor } 没有正常结束；没有写入
    .remedy = 设置环境变量 EDITOR，例如 EDITOR=nano

# Activities and follow-ups.
problem-kind-unknown = 没有活动类别 "{ $kind }"
    .remedy = 相近的：{ $known }；全部：guanai log kinds
problem-field-unknown = { $kind } 没有字段 "{ $field }"
    .remedy = 它的字段：{ $known }
problem-field-choice = { $kind } 的 { $field } 不能是 "{ $value }"
    .remedy = 可以是：{ $known }
problem-field-type = { $kind } 的 { $field } 不能是 "{ $value }"，应为 { $type }
    .remedy = 看字段说明：guanai log kinds { $kind }
problem-field-missing = { $kind } 缺少必填字段：{ $fields }
    .remedy = 写成 字段=值；说明：guanai log kinds { $kind }
problem-field-twice = 字段 { $field } 给了两次
    .remedy = 只留一个
problem-students-missing = { $kind } 要有学生
    .remedy = 写上姓名、编号、class:2023-2 或 all
problem-log-class-missing = { $kind } 要有班级
    .remedy = 写成 class:2023-2
problem-class-wrong = "{ $value }" 不是班级
    .remedy = 写成入学年份-班号，例如 2023-2
problem-class-empty = { $day } 时 { $class } 班没有学生
    .remedy = 班级是入学年份-班号，例如 2023-2；名单：guanai student list
problem-no-key = { $kind } 是保密类别，台账还没有密钥，不能保存
    .remedy = 生成密钥：guanai key new；若学校决定明文保存，在 guanai.toml 的 [privacy] 中写 confidential = "clear"
problem-activity-nobody = 没有编号以 "{ $id }" 开头的活动
    .remedy = 查找：guanai log list
problem-activity-several = 好几次活动的编号以 "{ $id }" 开头
    .remedy = 多写几位：{ $candidates }
problem-amend-other-term = 新的日期不在学期 { $term } 里
    .remedy = 作废这一条（guanai log void），再在新的日期记一次
problem-nothing-to-change = 没有说要改什么
    .remedy = 写上 字段=值
problem-reason-missing = 要写明原因
    .remedy = --reason "…"
problem-follow-up-type-unknown = 没有跟进类型 "{ $type }"
    .remedy = 可用：{ $known }
problem-follow-up-nobody = 没有编号以 "{ $id }" 开头的跟进事项
    .remedy = 查找：guanai followup list --all
problem-follow-up-several = 好几个跟进事项的编号以 "{ $id }" 开头
    .remedy = 多写几位：{ $candidates }
problem-follow-up-over = 跟进事项 { $id } 已经结束（{ $status }）
    .remedy = 需要时另建一个：guanai followup add
problem-due-before-opened = 最迟办结日 { $due } 早于立项日 { $opened }
    .remedy = 核对日期
problem-done-before-opened = 办结日 { $day } 早于立项日 { $opened }
    .remedy = 核对日期
problem-stdin-not-text = 标准输入不是文字：{ $reason }
    .remedy = 每行给一个编号

# Batches.
problem-batch-line = { $message }
    .remedy = { $remedy }；整个批处理都没有写入
problem-batch-quotes = 引号没有成对
    .remedy = 补上引号
problem-batch-arguments = 这一行不是 guanai 的命令（{ $message }）
    .remedy = 写法与命令行相同，例如 log add home-visit wxm met=guardian
problem-batch-in-batch = 批处理里不能再有批处理
    .remedy = 把两个文件合在一起
# What check finds in the form of files.
problem-form-mark = 文件开头有 BOM（表格软件另存时加的）
    .remedy = guanai check --fix 会去掉它
problem-form-gb18030 = 文件是 GB18030 编码（表格软件另存时改的）
    .remedy = guanai check --fix 会改回 UTF-8
problem-form-utf16 = 文件是 UTF-16 编码（记事本或表格软件另存为“Unicode”时改的）
    .remedy = guanai check --fix 会改回 UTF-8
problem-form-line-ends = 换行不是 LF，是 CRLF 或 CR
    .remedy = guanai check --fix 会改成 LF
problem-form-cut-off = 最后一行没有换行，可能没写完
    .remedy = 看看这一行是否完整；guanai check --fix 会补上换行
problem-form-blanks = 有空行，或没有名称的空列（表格软件另存时带上的）
    .remedy = guanai check --fix 会去掉它们
problem-column-twice = 列 "{ $column }" 出现了两次；读的是前一列
    .remedy = 核对两列的内容，合成一列，或给后一列改名
problem-form-order = 行没有按日期和编号排列
    .remedy = guanai check --fix 会排好
problem-form-conflict = 有合并留下的冲突标记，从这一行开始
    .remedy = 选定一边的内容（或两边都留），删去标记行，再运行 guanai check；在这之前不往这个文件里写
problem-form-unknown-key = 台账不认识的字段 "{ $key }"（保留不动）
    .remedy = 拼错了就改正；学校自己的内容放在 [extra] 下
problem-form-unknown-column = 台账不认识的列 "{ $column }"（保留不动）
    .remedy = 拼错了就改正，或在 kinds/ 里加上这个字段

# What check finds in the meaning of records.
problem-check-name = 没有姓名
    .remedy = guanai student set 编号 name=…
problem-check-national-id = 身份证号 { $value } 不对
    .remedy = 对照户口簿改正
problem-check-gender = 性别与身份证号不符（身份证号是 { $of_id }）
    .remedy = 核对后改正其中一个
problem-check-born = 出生日期与身份证号不符（身份证号是 { $of_id }）
    .remedy = 核对后改正其中一个
problem-check-age = 年龄 { $age } 岁，不像小学生
    .remedy = 核对出生日期；已离校的记 guanai student leave
problem-check-spell = 起始日晚于结束日
    .remedy = 核对两个日期
problem-check-away-twice = 同一位家长有两段没有结束的外出
    .remedy = 给前一段写上 until，或用 guanai student back
problem-check-phone = { $key } 不像电话号码
    .remedy = 核对号码
problem-check-missing = { $student } 的档案缺少：{ $keys }
    .remedy = guanai student set { $id } { $settings }
problem-check-same-number = { $key } 与 { $other } 相同：同一个孩子有两份档案，或号码输错
    .remedy = 核对后合并或改正
problem-check-kind = 没有活动类别 { $kind }，这些记录没有计入
    .remedy = 在 kinds/ 里定义它，或把记录移到正确的文件
problem-check-clear = 保密类别 { $kind } 以明文保存，而学校没有允许
    .remedy = 移走，或在 guanai.toml 中写明 confidential = "clear"
problem-check-ahead = 日期 { $day } 还没到
    .remedy = 核对日期
problem-check-clock = 日期是 { $day }：多半是当时电脑的时钟不对
    .remedy = 改成真正的日期，移到那个学期的文件夹；再校准电脑的时钟
problem-check-term-folder = 学校没有学期 { $term }，这里的记录也不属于它
    .remedy = 文件夹改成学期的名称（{ $known }），或在 guanai.toml 的 [[term]] 中加上这个学期
problem-check-term = 日期 { $day } 属于 { $term }，却在别的学期的文件夹里
    .remedy = 把这一行移到 logs/{ $term }/
problem-check-field-missing = 缺少必填字段 { $field }
    .remedy = guanai log amend 编号 { $field }=…
problem-check-field = { $field } 的值 "{ $value }" 不对
    .remedy = guanai log amend 编号 { $field }=…
problem-check-row-id = 编号 "{ $id }" 不对
    .remedy = 改成小写字母、数字和连字符
problem-check-row-twice = 编号 { $id } 出现了两次
    .remedy = 同一条记录就删去一行；不同的记录就改一个编号
problem-check-follow-up-type = 没有跟进类型 { $type }
    .remedy = 改正，或在 rules/followups.toml 里定义
problem-check-follow-up-student = 台账里没有学生 { $id }
    .remedy = 改成学生的编号
problem-check-follow-up-days = 最迟、办结或取消日早于立项日
    .remedy = 核对日期
problem-check-follow-up-row = 引用的活动 { $id } 不在台账里
    .remedy = 核对编号
problem-check-words = { $kind } 的 { $field } 有选项 { $value }，kinds/words.toml 里没有它的文字
    .remedy = 在 kinds/words.toml 里加上
problem-check-opens = { $kind } 的 opens 指向不存在的跟进类型或字段
    .remedy = 改正 opens
problem-check-closed-by = 跟进类型 { $type } 由不存在的活动类别 { $kind } 办结
    .remedy = 改正 closed-by
problem-check-code-unknown = 没有检查代码 "{ $code }"
    .remedy = 代码见 guanai check 的“代码”列
problem-shell-unknown = 没有 { $shell } 的补全
    .remedy = 可用：{ $known }


# Spreadsheets
problem-empty = 文件是空的
    .remedy = 请确认选对了文件，并且保存过内容
problem-no-rows = 表头下面没有学生
    .remedy = 在表头下每行填写一名学生，再重新导入
problem-no-name-column = 没有找到“姓名”这一列
    .remedy = 给姓名列写上表头“姓名”；别的叫法可以加到 import/census.toml 的 [headers] name 中
problem-no-such-sheet = 没有名为“{ $sheet }”的工作表
    .remedy = 打开文件，核对工作表的名称
problem-not-a-workbook = 不是能读的表格文件
    .remedy = 用 Excel 或 WPS 打开，另存为 xlsx 后再导入；打不开说明文件已损坏
problem-web-page = 这是网页，不是表格文件
    .remedy = 用 Excel 或 WPS 打开，另存为 xlsx 后再导入
problem-password-protected = 文件有打开密码
    .remedy = 用 Excel 或 WPS 输入密码打开，取消密码后保存，再导入
problem-file-too-large = 文件太大：超过 { $megabytes } MB（解压后 { $unfolded } MB），或有内容的行超过 { $rows }、列超过 { $columns }、单元格超过 { $cells }
    .remedy = 只保留学生名册，另存为新文件后再导入
problem-open-quote = 从这一行起有一个没有配对的引号
    .remedy = 在这一行补上或去掉双引号，或另存为 xlsx 后再导入
problem-census-words = 表头词表有误：{ $reason }
    .remedy = 按提示改正 import/census.toml，或用 guanai init --upgrade 取回原来的词表
problem-id-rounded = { $name }的号码“{ $value }”按数字保存，末几位已经丢失
    .remedy = 把这一列设为“文本”格式，重新输入完整号码
problem-id-check-digit = { $name }的号码“{ $value }”末位校验不符，有一位写错了
    .remedy = 对照户口簿核对号码
problem-id-length = { $name }的号码“{ $value }”不是 18 位
    .remedy = 对照户口簿核对号码；没有号码就留空
problem-id-characters = { $name }的号码“{ $value }”里有数字和末位 X 以外的字符
    .remedy = 对照户口簿核对号码
problem-id-birthday = { $name }的号码“{ $value }”第 7 至 14 位不是一个日期
    .remedy = 对照户口簿核对号码
problem-no-such-day = { $name }：没有“{ $value }”这一天
    .remedy = 写成 2015-03-06 这样的日期
problem-ambiguous-date = { $name }：“{ $value }”可以是不止一个日期
    .remedy = 写全年份，如 2015-03-06
problem-month-only = { $name }：出生日期“{ $value }”没有写到日，又没有身份证号可以核对
    .remedy = 写成 2015-03-06 这样的日期，或填写身份证号
problem-born-later = { $name }：出生日期“{ $value }”晚于表格的日期
    .remedy = 核对出生日期
problem-born-against-id = { $name }：出生日期“{ $value }”与身份证号不一致
    .remedy = 对照户口簿，改正其中写错的一个
problem-gender-against-id = { $name }：性别“{ $value }”与身份证号不一致
    .remedy = 对照户口簿，改正其中写错的一个
problem-unknown-value = { $name }：看不懂“{ $value }”
    .remedy = 改成表格规定的写法，不知道就留空；常用的写法可以加到 import/census.toml
problem-unknown-class = { $name }：本校没有班级“{ $value }”
    .remedy = 写成“四年级2班”这样的班级
problem-phone = { $name }：“{ $value }”不是电话号码
    .remedy = 手机 11 位，座机写区号；两个号码之间用“/”隔开
problem-name-missing = 这一行没有姓名
    .remedy = 填写姓名；不是学生的行请删去
problem-two-marks = { $name }：同一组里勾了不止一项
    .remedy = 只勾一项
problem-header-twice = { $name }：两列表头相同，内容不同（“{ $value }”）
    .remedy = 改其中一列的表头，写明是谁的，如“父亲电话”
problem-ambiguous-student = “{ $name }”不止一人，分不清是哪一个：{ $students }
    .remedy = 在表格里加上身份证号、学籍号或出生日期；或者直接说明：--same 行号=学生编号（就是他）、--new 行号（是另一个孩子），下次会记得
problem-same-child-twice = “{ $name }”在表格里不止一行，内容不同（另见第 { $rows } 行）
    .remedy = 留下正确的一行；若是同名的两个孩子，填写各自的身份证号或出生日期
problem-same-id-two-names = 号码“{ $value }”有两个姓名：“{ $name }”和“{ $other }”
    .remedy = 核对姓名和号码；孩子改了名，请先在台账里改名；表格上写错了名字，用 --same 行号=学生编号
problem-not-an-id = “{ $value }”不能作编号
    .remedy = 编号只用小写字母、数字和中间的连字符，最多 32 个
problem-private-character = { $name }：姓名里有旧系统自造的字，别的电脑上可能显示不出
    .remedy = 核对姓名；能打出正式的字时请改正
problem-rejects-unwritten = 待改的表格没有写成：{ $reason }
    .remedy = 再试一次；原来的文件没有改动
# Spreadsheets of activities.
problem-no-date-column = 没有找到“日期”列
    .remedy = 表头要有日期；别的写法可以加到 import/log.toml
problem-row-no-date = 这一行没有日期
    .remedy = 填写活动日期
problem-row-no-student = 这一行没有学生（{ $kind }）
    .remedy = 填写学生姓名或班级


# Rules of risk and of who is left behind.
problem-definition-unknown = left-behind 写的是“{ $name }”，rules/left-behind.toml 中没有这个口径
    .remedy = 改为其中之一：{ $known }
problem-rule-twice = 指标“{ $rule }”出现了两次
    .remedy = 给其中一个另起 id，再运行：guanai check
problem-rule-grade = 指标“{ $rule }”没有评级方式所需的等级或分值
    .remedy = 写上 level = "watch"、"medium" 或 "high"；按分值评级时写 points
problem-rule-group = 指标“{ $rule }”的 for 中写了 risk，而风险等级正是由指标得出的
    .remedy = 从 for 中去掉 risk
problem-rule-definition = 指标“{ $rule }”的 for 用了口径“{ $name }”，rules/left-behind.toml 中没有
    .remedy = 写 "own"，或该文件中的一个口径
problem-rule-kind = 规则“{ $rule }”用了活动类别“{ $kind }”，kinds/ 中没有
    .remedy = 改为已有的类别，列出全部类别：guanai log kinds
problem-rule-field = 规则“{ $rule }”用了字段“{ $field }”，类别“{ $kind }”没有这个字段
    .remedy = 改为该类别已有的字段，见 kinds/ 中的文件
problem-rule-value = 规则“{ $rule }”的“{ $value }”不是字段“{ $field }”的取值
    .remedy = 改为其中之一：{ $known }
problem-rule-type = 规则“{ $rule }”用了跟进类型“{ $type }”，rules/followups.toml 中没有
    .remedy = 改为该文件中的一个类型
problem-rule-empty = 规则“{ $rule }”的 { $key } 为空或为零，会对所有人或不对任何人成立
    .remedy = 给 { $key } 写上一个大于零的数，或至少一个值
problem-rule-kinds-or-contact = 指标“{ $rule }”要么写 kinds，要么写 contact，二者只取其一
    .remedy = 留下一个，去掉另一个
problem-class-missing = { $name }没有班级
    .remedy = 在这一行填写班级；合并的单元格在 ods 文件中读不出，请拆开或另存为 xlsx
problem-not-enrolled = { $student } 在 { $day } 不在校
    .remedy = 换一天：--as-of 日期
problem-until-past = 有效期 { $until } 已经过去
    .remedy = 换一个日期
problem-not-judged = { $student } 没有人工判断
    .remedy = 人工判断：guanai risk set
problem-term-unknown = 没有学期 "{ $term }"
    .remedy = guanai.toml 里的学期：{ $known }
problem-format-needs-file = 格式 { $format } 要写到文件
    .remedy = 加上 --out 文件名.{ $format }
problem-not-rendered = 报告没有生成：{ $reason }
    .remedy = 换一种格式再试
problem-plan-shape = 措施 { $code } 要有 count、within、state 中的一个，而且只有一个
    .remedy = 改正这条措施
problem-plan-kind = 措施 { $code } 用到不存在的活动类别 "{ $value }"
    .remedy = 改正，或在 kinds/ 里定义；全部类别：guanai log kinds
problem-plan-field = 措施 { $code } 用到活动类别没有的字段 "{ $value }"
    .remedy = 看字段：guanai log kinds 类别
problem-plan-follow-up = 措施 { $code } 用到不存在的跟进类型 "{ $value }"
    .remedy = 改正，或在 rules/followups.toml 里定义
problem-plan-group = 措施 { $code } 用到不存在的人群 "{ $value }"
    .remedy = 在 guanai.toml 里定义 [group.{ $value }]
problem-commitment-unknown = 没有措施 "{ $code }"
    .remedy = 例如：{ $known }；全部：guanai plan status
problem-pairing-type = 没有结对类型 "{ $type }"
    .remedy = 可用：{ $known }
problem-row-nobody = 没有编号以 "{ $id }" 开头的一行
    .remedy = 用 list 查看编号
problem-row-several = 好几行的编号以 "{ $id }" 开头
    .remedy = 多写几位：{ $candidates }
problem-plan-code-twice = { $code } 写了两次，第一次在 { $value }
    .remedy = 给其中一个换一个编号
problem-plan-within = { $code }：within 要有一个 after（触发）和一个 do（办理）
    .remedy = after = { "{" } kind | followup | screening | exam { "}" }，do = { "{" } kind | followup-done { "}" }
problem-plan-value = { $code } 要求 { $value }，这个字段没有这个值
    .remedy = 查看字段的取值：guanai log kinds KIND
problem-plan-never = { $code } 的要求永远不会完成或永远不会缺
    .remedy = times 或 least 至少为 1，不超过取值的个数；birthday 只用于学生人群
problem-plan-state = { $code }：state 只写一项，并且要适合它的对象；contact 要和 pairing 同用
    .remedy = 学生：pairing、agreement、file、meal-support；班级或学校：resource；见 docs/format.md
problem-plan-pairing = { $code } 写的结对类型“{ $value }”不存在
    .remedy = tutor、peer-tutor、caring-parent、proxy-parent 或 life-mentor
problem-plan-key = { $code } 写的“{ $value }”不是计划可以要求的档案字段
    .remedy = 见 docs/format.md
problem-plan-unknown = 没有计划“{ $plan }”
    .remedy = 现有：{ $known }
problem-file-missing = 没有文件 "{ $file }"
    .remedy = 核对文件名和所在文件夹
problem-answer-unreadable = “{ $value }”读不出是哪一行
    .remedy = 写成 --same 行号=学生，例如 --same 8=k7m2q4；有几张工作表时写 --same 三年级:8=k7m2q4
problem-answer-no-row = 表格 { $file } 里没有学生行 { $row }
    .remedy = 行号照表格软件左边的数字写；先用 --dry-run 查看
problem-answer-several-rows = 表格 { $file } 有几张工作表，行 { $row } 不止一个
    .remedy = 写上工作表名，例如 --same 三年级:8=k7m2q4
problem-check-clash = { $id } 的 { $key } 被两位老师改成了不同的值：“{ $one }”和“{ $other }”
    .remedy = 选定一个：guanai resolve { $id } '{ $key }={ $one }'
problem-git-refused = git 没有执行：{ $reason }
    .remedy = 先在台账文件夹里执行 git init
problem-git-by-hand = 这个文件不能按行合并，请看文件里的冲突标记
    .remedy = 用文本编辑器选定内容，删掉标记行，再执行 guanai check
problem-nothing-to-resolve = “{ $which }”没有这样的待定值
    .remedy = 待定的：{ $open }

# Scores.
problem-no-score-column = 没有找到成绩列
    .remedy = 表头要有姓名或学籍号，加上各学科（宽表）或“科目、分数”两列（长表）；学校自己的学科写进 import/scores.toml 的 [subjects]
problem-no-scores = 表里没有一个成绩
    .remedy = 核对是不是这个文件、这张工作表
problem-exam-missing = 不知道这是哪次考试
    .remedy = 加上 --exam 期中（或 期末、第二次月考……）；考试类型：{ $known }
problem-exam-kind = “{ $value }”不知道是哪种考试
    .remedy = 加上 --kind，取值：{ $known }
problem-exam-unclear = 标题和工作表名说的不是同一种考试：{ $kinds }
    .remedy = 改标题，或分成几个文件，各用 --exam 导入
problem-exam-day-missing = 不知道“{ $exam }”（学期 { $term }）是哪天考的
    .remedy = 加上 --date 日期，例如 --date 2026-11-12
problem-exam-term = 标题写的是学期 { $term }，{ $day } 不在这个学期
    .remedy = 核对 --date 和标题；学期的起止在 guanai.toml
problem-full-marks = --full { $value } 不是满分
    .remedy = 写一个数，或 学科=数，例如 --full 100 或 --full 数学=120
problem-score-column-unknown = 不认识“{ $value }”这一列，没有导入
    .remedy = 是学科就加进 import/scores.toml 的 [subjects]，不是就加进 [ignored]
problem-score-subject-twice = { $subject }有两列，另一列是“{ $value }”
    .remedy = 只留一列，或分成几张表，各用 --exam 导入
problem-score-twice = 同一学生的{ $subject }在第 { $other } 行已有一个不同的成绩，这里是 "{ $value }"
    .remedy = 只留一个
problem-score-no-child = 这一行有成绩，没有姓名和学籍号
    .remedy = 填上学生，或删去这一行
problem-score-no-subject = 这个成绩没有写科目
    .remedy = 填上科目，或用 --subject 指定整张表的学科
problem-score-nobody = 台账里没有学生 "{ $value }"
    .remedy = 核对学籍号和姓名；新来的学生先建档：guanai student add
problem-score-other-name = 这个学籍号是{ $name }的，表里写的是 "{ $value }"
    .remedy = 核对学籍号和姓名，改正一个
problem-score-other-class = { $class } 没有学生 "{ $value }"
    .remedy = 同名的有：{ $candidates }；核对班级，或加上学籍号
problem-score-not-a-mark = "{ $value }" 不是{ $subject }的成绩
    .remedy = 写数字、等级（优、良……）或“缺考”；学校自己的写法加进 import/scores.toml
problem-score-above-full = { $subject } { $value } 分，超过满分 { $full }
    .remedy = 核对成绩；满分不是 { $full } 时用 --full { $subject }=满分
problem-progress-bound = rules/progress.toml 的 { $key } 不合用
    .remedy = 见该文件开头的说明；分数段从小到大，次数至少为 1，least-children 至少为 2
problem-rank-reason = 按成绩排名要写明理由（学校不公布排名）
    .remedy = 加上 --reason "理由"，会记入 registers/disclosures.csv；不排名的报告：guanai report class { $class } --names
problem-class-no-exam = { $class } 没有成绩
    .remedy = 先导入：guanai import scores 文件；班级写作 入学年份-班号，例如 2023-2
problem-class-other-exam = { $class } 没有这次考试
    .remedy = 有：{ $known }
problem-score-kind = 类别“{ $kind }”缺少字段：{ $fields }
    .remedy = 升级台账的定义文件：guanai init --upgrade；学校改过的文件，照 docs/format.md 补上字段
# 量表和筛查。
problem-scale-unknown = 没有量表 "{ $scale }"
    .remedy = 现有：{ $known }；本校的量表放在 scales/ 下，写法见 docs/format.md
problem-scale-answers = answer 写得不对（{ $value }）：至少两种得分，各是不同的一位数，说法不能重复，也不能是数字
    .remedy = 例如 score = 0，words = ["否"]
problem-scale-empty = { $key } 是空的
    .remedy = 写上题号或分数线
problem-scale-item = { $key } 里有第 { $value } 题，量表没有这一题
    .remedy = 改正题号，或改 items
problem-scale-item-twice = 第 { $value } 题在 { $key } 之前已经用过
    .remedy = 一题只归一个分量表
problem-scale-item-left = 没有归入任何分量表的题：{ $value }
    .remedy = 归入分量表；不计分的题写在 unused
problem-scale-reversed = 反向计分的第 { $value } 题不在这个分量表里
    .remedy = 改正 reversed 或 items
problem-scale-id = 分量表的 id "{ $value }" 不能用：小写字母、数字和短横，不重复，不是 total 或 validity
    .remedy = 换一个 id
problem-scale-items = 题数 { $value } 不对：1 到 500
    .remedy = 改正 items
problem-scale-validity = 效度分数线 { $value } 永远到不了，或者人人都到
    .remedy = 写在 1 和效度题的满分之间
problem-scale-pro-rata = pro-rata-from = { $value } 永远用不上，或者没有一题也算
    .remedy = 写在 1 和最长的分量表的题数之间
problem-scale-range = 适用范围从 { $value } 起，却在那之前结束
    .remedy = until 不小于 from
problem-scale-band-first = 分数线要从 0 起，这里从 { $value } 起
    .remedy = 第一段写 from = 0
problem-scale-band-order = 分数线 { $value } 不比前一段高
    .remedy = 从低到高写
problem-scale-band-reach = 分数线 { $value } 超过满分，谁也到不了
    .remedy = 按手册改正
problem-scale-band-code = 分数线的等级不能是 { $value }
    .remedy = 用 normal、watch 或 high
problem-answer-wrong = 第 { $item } 题答 "{ $value }"，量表没有这种答案
    .remedy = 可以是：{ $answers }；没有作答就空着（命令里写 -）
problem-answer-unknown = 量表 { $scale } 没有 "{ $name }"
    .remedy = 题号是 1 到 { $items }；分量表的名称：guanai screen scales
problem-answer-twice = "{ $name }" 写了两次
    .remedy = 只写一次
problem-answers-length = 有 { $found } 个答案，量表 { $scale } 有 { $items } 题
    .remedy = 每题一个字符，没有作答写 -；或写成 3=1,4=0
problem-score-wrong = { $part } 的得分 "{ $value }" 不对
    .remedy = 0 到 { $most } 的整数；没有就写 -
problem-totals-lacking = 缺这些得分：{ $parts }
    .remedy = 每个分量表都写；没有的写成 名称=-
problem-answers-needed = 没有答案
    .remedy = 加上 --answers（{ $scale } 有 { $items } 题，每题一个字符，没有作答写 -；- 读标准输入，@文件 读文件）或 --totals
problem-screening-there = { $student } 当天已有一次 { $scale }（{ $id }），答案不同
    .remedy = 若这次的才对：加 --replace；若是另一天做的：加 --date
problem-screening-unreadable = { $day } 有筛查记录读不出来，无法知道是否已经导入过
    .remedy = 用能读这些记录的密钥再导入
problem-sheet-no-child = 表头里没有“姓名”列
    .remedy = 加上“姓名”（或学籍号）；别的写法可以加到 import/screening.toml
problem-sheet-no-items = 表头里没有量表 { $scale } 的题号，也没有分量表
    .remedy = 每题一列，表头写题号 1 到 { $items }
problem-sheet-item-twice = 同一题（或分量表）有两列
    .remedy = 去掉一列
problem-sheet-item-unknown = 表头里有量表 { $scale } 没有的题号
    .remedy = 这个量表是 1 到 { $items } 题：核对 --scale，或改正表头里的题号
problem-sheet-items-missing = 缺这些题（或分量表）的列：{ $missing }
    .remedy = 核对 --scale；没有作答的题也要有列，格子空着
problem-sheet-row-no-child = 这一行没有姓名
    .remedy = 填写姓名
problem-sheet-no-date = 这一行没有测评日期
    .remedy = 加上“测评日期”列，或在命令里加 --date
problem-sheet-child-twice = { $name } 当天在第 { $first } 行已有一次
    .remedy = 留下对的一行
problem-sheet-number-nobody = 没有学生是这个号码
    .remedy = 核对号码，或写上姓名
problem-sheet-other-name = 号码是 { $own } 的，姓名却是 { $name }
    .remedy = 改正姓名或号码
problem-sheet-other-class = { $name } 这里写的是 { $class } 班，档案里是 { $own } 班
    .remedy = 改正班级；同名的另一名学生要先有档案
problem-check-scale = 没有量表 "{ $scale }"，结果无法核对
    .remedy = 现有：{ $known }；写法见 docs/format.md
problem-check-answers = 作答或分量表分不是量表 { $scale } 能有的
    .remedy = 对照答卷改正这一行，或作废后重录：guanai log void 编号 --reason …
problem-check-screening = 记的是 { $stored }，按 scales/{ $scale }.toml 现在的计分是 { $computed }
    .remedy = 若分数线是特意改的：guanai screen rescore；否则对照答卷更正 { $id }
problem-kind-anonymous = { $kind } 不写学生身份，不能带学生
    .remedy = 去掉学生；个案用“一名四年级学生”这样的说法
problem-check-identity = { $kind } 不写学生身份，这一行却有学生或学生的姓名
    .remedy = 用 guanai log amend 改写，或作废后重记
problem-check-screening-empty = 这次筛查只有量表 { $scale }，没有作答，也没有结果
    .remedy = 补上作答：guanai screen add 学生 --scale { $scale } --date 日期
# 加密。
problem-recipient-wrong = 持钥人“{ $name }”的公钥不对："{ $value }"
    .remedy = 写上以 age1 开头的公钥；持有密钥的人运行 guanai key list 可以看到
problem-seal-damaged = 加密记录 { $id } 被截断、改动或移到了别的行，打不开
    .remedy = 从 git 或备份恢复这一行；其他记录照常读取
problem-seal-closed = { $id } 的加密内容不是用本机的密钥可以打开的
    .remedy = 到有密钥的电脑上操作（guanai key list），或把 GUANAI_KEY 设为密钥文件
problem-seal-no-recipient = 台账有加密记录，而 guanai.toml 没有写明任何持钥人
    .remedy = 加上一把公钥：guanai key rotate --add age1… --name 姓名
problem-key-file-wrong = 这一行不是 age 密钥
    .remedy = 密钥文件每行一把密钥 AGE-SECRET-KEY-1…，由 guanai key new 或 age-keygen 写成；不支持其他种类的密钥
problem-key-file-there = { $file } 已经存在，密钥文件从不覆盖
    .remedy = 要用那把密钥也打开本台账：guanai key rotate --add age1… --name 姓名；公钥见：guanai key list；另存一处用 --out 文件
problem-key-inside = { $file } 在台账文件夹里，会随台账进入 U 盘和 git
    .remedy = 放到外面：--out 文件
problem-key-no-place = 没有设定主目录，密钥没有地方放
    .remedy = 指定文件：--out 文件
problem-key-name-missing = 密钥要写明由谁持有
    .remedy = 加上：--name 姓名
problem-key-name-taken = 姓名“{ $name }”已有另一把密钥
    .remedy = 换一个姓名，或先移除那把：guanai key rotate --remove 姓名
problem-key-name-unknown = 本台账没有叫“{ $name }”的持钥人
    .remedy = 已有：{ $known }
problem-key-not-agreed = 没有生成密钥
    .remedy = 想好密钥的备份放在哪里，再运行一次
problem-key-in-batch = 批处理中不生成密钥
    .remedy = 单独运行：guanai key new
problem-key-nobody-left = 这样就再没有人能打开保密记录了
    .remedy = 先加上另一把密钥：guanai key rotate --add age1… --name 姓名
problem-check-seal-nobody = 台账有加密记录，而 guanai.toml 没有写明任何持钥人
    .remedy = 从 git 或备份恢复 guanai.toml 中的持钥人，或运行：guanai key rotate --add age1… --name 姓名
problem-check-seal-cut = 加密记录 { $id } 被截断，或不是 age 文件
    .remedy = 从 git 或备份恢复这一行
problem-check-seal-other = 加密记录 { $id } 的持钥人与 guanai.toml 不一致
    .remedy = 在能打开它的电脑上重新加密：guanai key rotate
problem-check-seal-clear = 保密类别 { $kind } 有 { $count } 条记录是明文，而学校已启用加密
    .remedy = 把它们加密：guanai key rotate
problem-check-seal-clear-follow-up = 由保密记录引出的跟进事项是明文
    .remedy = 把它加密：guanai key rotate
problem-day-wrong = "{ $value }" 不是日期
    .remedy = 写成 2026-09-10
# 信函
problem-template-head = 开头没有 +++ 之间的说明
    .remedy = 第一行写 +++，接着写 label 和 kind，再写一行 +++，见 docs/format.md
problem-template-placeholder = 没有 {"{{"} { $key } {"}}"} 这个内容
    .remedy = 相近的有：{ $known }；全部见 docs/format.md
problem-template-unclosed = { $value } 没有结束
    .remedy = 写 {"{{"} name {"}}"}；签字栏以 ::: sign 开始，以 ::: 结束
problem-template-unknown = 没有模板“{ $template }”
    .remedy = 有：{ $known }；新的模板放进 documents/
problem-template-kind = 没有 { $kind } 这类活动
    .remedy = 活动类别见 guanai log kinds
problem-template-fields = { $kind } 不能记信函：需要面向学生，并有 { $type } 类型的字段 { $field }
    .remedy = 用 letter 或 letter-to-parents，或者在 kinds/ 中给它加上字段 letter、way、returned
problem-template-value = { $kind } 的 { $field } 不接受“{ $value }”
    .remedy = 可用的字段和值：guanai log kinds { $kind }
problem-template-lang = 模板的语言“{ $value }”不能用
    .remedy = lang 写 zh 或 en
problem-template-set = 学生档案没有可以设置的字段 { $key }
    .remedy = 字段见 docs/format.md
problem-letter-missing = { $student } 缺：{ $values }
    .remedy = 补上：guanai student set { $id } 字段=内容，监护人用 guanai student guardian { $id } 姓名 --relation 关系；或加 --leave-blank 留空手填
problem-letter-missing-teacher = { $class } 班没有在任的班主任（{ $value }）
    .remedy = guanai staff add 姓名 --role class-teacher --class { $class } --phone 电话；或加 --leave-blank
problem-letter-missing-school = 缺 { $value }
    .remedy = 在 guanai.toml 中写上学校名称、学期和假期；或加 --leave-blank
problem-letter-missing-given = 模板需要 { $value }
    .remedy = 加上 --set { $word }=内容；或加 --leave-blank 留空手填
problem-letter-whom = 没有说发给谁，或者说了两遍
    .remedy = 写学生、class:2023-2 或 all，或者写 --group left-behind，二者选一：guanai letter { $template } all
problem-letter-nobody = 没有学生可发
    .remedy = 换一个班级或人群；在校学生见 guanai student list
problem-letter-by = 没有说怎么发出
    .remedy = 加上 --by：{ $known }；只看样稿用 --draft
problem-letter-in-batch = 批处理中不能生成信函
    .remedy = 单独运行 guanai letter；回执可以放在批处理中
problem-given-wrong = “{ $value }”不是 词=内容
    .remedy = 例如 --set time=12月5日下午2点
problem-letter-no-receipt = { $template } 没有回执
    .remedy = 要收回执，在模板开头写 [receipt]
problem-receipt-nobody = 没有说哪些学生的回执收回了
    .remedy = 写编号或姓名；全部未收回的：guanai letter pending { $template } --ids
problem-receipt-no-letter = { $day } 以前没有给 { $student }（{ $id }）家发过 { $letter }
    .remedy = 先发出：guanai letter { $letter } { $id } --out 文件；日期不对就用 --date
problem-receipt-shared = { $student }（{ $id }）的 { $letter } 和别的学生记在同一条里（{ $row }）
    .remedy = 作废那一条，再给每名学生各记一条：guanai letter { $letter } 学生…
problem-receipt-no-guardian = { $student } 现在没有父母以外的照护人，不能记为已委托
    .remedy = 先登记：guanai student guardian { $id } 姓名 --relation 关系
problem-group-unknown = guanai.toml 中没有人群“{ $group }”
    .remedy = 有：{ $known }

# 附件
problem-attachment-empty = 文件是空的
    .remedy = 打开看看，换一个文件；没有写入任何内容
problem-attachment-not-a-file = 不是普通文件（文件夹、链接或设备）
    .remedy = 写文件本身的路径；没有写入任何内容
problem-attachment-large = 大于 { $most } MB
    .remedy = 压缩后再附；上限是 guanai.toml 中 [attachments] 的 most-mb
problem-attachment-damaged = 不是完整的 { $format } 图片，无法去掉其中的地点和设备信息
    .remedy = 打开后另存为 JPEG，再附；没有写入任何内容
problem-attachment-format = { $format } 图片中的地点和设备信息无法去掉
    .remedy = 另存为 JPEG 再附（手机相机可设为“兼容性最佳”）；没有写入任何内容
problem-check-attachment-name = 附件“{ $name }”不是台账给出的文件名
    .remedy = 用 guanai log amend 编号 --attach 文件 附上，再把这个名字从表格中去掉
problem-check-attachment-missing = 附件 { $name } 不在 attachments/ 中
    .remedy = 从备份找回这个文件；找不回来就把它从这一行去掉
problem-check-attachment-orphan = 没有记录用到这个附件
    .remedy = 不需要就删除；需要就用 guanai log amend 编号 --attach 文件 附到记录上
problem-check-attachment-content = 文件内容变了，与文件名不符
    .remedy = 从备份找回原来的文件；新的内容用 guanai log amend 编号 --attach 文件 另附
problem-attachment-sealed = { $kind } 是加密保存的，附件不会加密，所以不收
    .remedy = 把文件存放在学校的保密柜或加密盘里，备注里写明存放处

# 钱和物
problem-fund-overdrawn = 基金“{ $fund }”在 { $day } 会变成 { $balance } 元：当天可用 { $there } 元
    .remedy = 核对金额和基金名称（还有：{ $known }）；确需垫付的，写明原因：overdraw=原因；没有写入
problem-amount-for-several = 一行有几名学生，而金额或数量只有一个：{ $amount }
    .remedy = 每人一份：加 --each（每名学生一行）；是全部学生的合计：加 --together；没有写入
problem-check-fund-overdrawn = 基金“{ $fund }”在 { $day } 为 { $balance } 元，没有说明原因
    .remedy = 补记漏掉的收入，或改正金额；确系垫付的：guanai log amend { $id } overdraw=原因
problem-check-fund-said = 基金“{ $fund }”在 { $day } 为 { $balance } 元，说明：{ $reason }
    .remedy = 款项到账后补记收入
problem-check-goods-short = { $fund }：{ $item } 发出的比收入的多 { $short }
    .remedy = 补记漏掉的收入，或改正数量和单位
problem-check-amount = 没有可以相加的金额或数量
    .remedy = 补上：guanai log amend { $id } 字段=值
problem-year-unknown = 没有 { $year } 这一学年
    .remedy = 写学年起始年份，如 2026

# 提交之后磁盘出的错
problem-unfinished = 改动已经写入，只是收尾没有做完：{ $reason }；不要重复录入
    .remedy = 检查磁盘和权限；下一条写台账的命令会接着做完

# 台账所在的磁盘
problem-no-locks = 这个文件夹不支持文件锁：{ $reason }；没有写入任何内容
    .remedy = 可以查看，不能写入：两个人同时写会互相覆盖；把台账复制到本机磁盘再录入，两人各自录入的用 git 合并
problem-check-folder-fat = 台账放在 { $system } 盘上（多为 U 盘）：命令中断不会丢数据，但写入时拔盘或断电可能损坏文件；这种盘没有文件权限，谁拿到都能读
    .remedy = 先“安全弹出”再拔盘；平时放在本机磁盘，U 盘只用来带走副本，并用加密盘
problem-check-folder-network = 台账放在网络文件夹（{ $system }）里：断电、断网时能保住什么，由那台服务器决定
    .remedy = 放在本机磁盘，多人录入用 git 合并
problem-check-folder-locks = 这个文件夹不支持文件锁：只能查看，不能写入
    .remedy = 把台账复制到本机磁盘再录入
# 重复档案
problem-join-itself = 两个编号是同一份档案：{ $id }
    .remedy = 查可能重复的档案：guanai student duplicates
problem-join-clash = { $id } 还有两位老师改得不同、没有选定的字段
    .remedy = 先选定：guanai resolve { $id }
problem-join-take = “{ $value }”没有说取哪一份
    .remedy = 写 字段=keep 或 字段=other
problem-join-differ = { $field }（{ $key }）两份不同：保留的是“{ $keep }”，并入的是“{ $other }”；没有写入
    .remedy = 选一份：--take '{ $key }=keep' 或 --take '{ $key }=other'；都不对：--set '{ $key }=正确的值'
problem-join-unused = 字段 { $key } 两份没有不同，不用选
    .remedy = 去掉这个选项；没有写入
problem-join-sealed = 有 { $count } 行加密记录打不开，看不出是否写到这名学生；没有写入
    .remedy = 请持有密钥的老师运行这条命令（GUANAI_KEY 指向密钥文件）
problem-check-duplicate = { $id } 和 { $other } 可能是同一名学生，相同的有：{ $keys }
    .remedy = 是同一名：guanai student merge { $id } { $other }；不是：补上身份证号或改正出生日期
problem-check-joined-row = 这一行还写着 { $was }，该生已并入 { $id }
    .remedy = 改写：guanai check --fix
problem-check-joined-file = { $was } 已并入 { $id }，这份档案又回来了
    .remedy = 没有不同的地方时：guanai check --fix；否则：guanai student merge { $id } { $was }

# 到期清除
problem-forget-enrolled = { $who } 还在校
    .remedy = 先记录离校：guanai student leave { $id }；没有写入
problem-forget-early = { $who } 于 { $left } 离校，保存期到 { $from } 才满
    .remedy = 确需提前（如监护人要求删除）：--before-time --reason 原因；没有写入
problem-forget-no-years = guanai.toml 没有写明离校后保存几年
    .remedy = 在 [privacy] 下写 keep-years = 6，或用 --before-time --reason 原因；没有写入
problem-forget-sealed = 有 { $count } 行加密记录打不开，看不出是否写到这些学生；没有写入
    .remedy = 请持有密钥的老师运行这条命令（GUANAI_KEY 指向密钥文件）
problem-check-forget-due = { $id } 于 { $left } 离校，已满 { $years } 年，应清除个人信息
    .remedy = 看名单：guanai student forget --due --dry-run；清除：guanai student forget { $id }
problem-check-forgotten = { $id } 已清除过，档案里又有了个人信息
    .remedy = 再清除一次：guanai student forget { $id }

# 移交
problem-handover-to-whom = 没有写移交给谁或为什么
    .remedy = 写明：--to 接收单位 --reason 原因；没有写入
problem-handover-forgotten = { $id } 的个人信息已经清除，没有可以移交的
    .remedy = 去掉这个编号；没有写入
problem-handover-reader = “{ $value }”不是公钥，也不是已有的接收人（{ $known }）
    .remedy = 写对方的公钥（age1 开头，guanai key new 会显示）；没有写入
problem-handover-sealed = 有 { $count } 行加密记录打不开，看不出是否写到这名学生；没有移交
    .remedy = 请持有密钥的老师运行（GUANAI_KEY 指向密钥文件），或去掉 --to-reader，不带保密部分
problem-receive-no-package = 不是 guanai 的移交文件
    .remedy = 请对方用 guanai student handover 重新生成；没有写入
problem-receive-too-much = 移交文件里的内容太大
    .remedy = 请对方分几次移交；没有写入
problem-receive-astray = 移交文件里有指向外面的文件名
    .remedy = 这样的文件不要打开，向对方核实；没有写入
problem-receive-damaged = 移交文件损坏：{ $part }
    .remedy = 请对方重新发一份；没有写入
problem-receive-format = 移交文件是新版本（{ $format }）的
    .remedy = 先升级 guanai；没有写入

# 文件权限
problem-check-open = 这台电脑上的其他用户也能读
    .remedy = 改为只有自己能读：guanai check --fix
# 带姓名的报告交出去
problem-disclosure-whom = 带姓名的文件交出去，要写明交给谁、为什么
    .remedy = 加 --to 谁 --reason 用途；自己看不写 --out，直接显示在屏幕上

# 教师工作、近期变化
problem-since-not-past = { $since } 不在 { $day } 之前
    .remedy = --since 写一个更早的日期，例如上周一
problem-staff-names = 全体教师的报告不列学生姓名
    .remedy = 写明哪一位教师：guanai report staff 姓名 --names --to 谁 --reason 用途
problem-staff-unknown = 没有叫“{ $name }”的教师，或者不止一位
    .remedy = 写全姓名；这学期有：{ $known }
# 统计报表
problem-form-unknown = 没有叫“{ $name }”的报表
    .remedy = 现有报表：{ $known }；自己的报表放在 forms/ 里，或写文件路径
problem-form-column-twice = 栏次 { $number } 出现了两次
    .remedy = 每栏一个号码，改掉其中一个
problem-form-no-column = 报表没有任何一栏
    .remedy = 写上 [[column]]，可参照 forms/civil-affairs.toml
problem-form-ages = 第 { $number } 栏的年龄段，起始大于终止
    .remedy = 写成 age = { "{" } from = 6, until = 13 { "}" }
problem-form-equation = “{ $value }”不是栏次相加的式子
    .remedy = 写成 1 = 2+5+8 或 11+…+18
problem-form-column-unknown = “{ $value }”里的第 { $number } 栏，报表里没有
    .remedy = 改正栏次，或补上这一栏
problem-form-definition = 没有“{ $name }”这个留守口径
    .remedy = 现有口径：{ $known }（rules/left-behind.toml），own 是学校自己的
problem-form-who = 报表里没有第 { $column } 栏
    .remedy = 现有栏次：{ $known }；或 unknown
problem-form-row = 报表里没有“{ $row }”这一行
    .remedy = 现有的行：{ $known }

# 上报花名册
problem-roster-names = 花名册含姓名，没有写明交给谁、为什么
    .remedy = 加上 --names --to 交给谁 --reason 原因；号码要完整的再加 --reveal
problem-template-not-xlsx = 不是能填写的 xlsx 样表
    .remedy = 在 Excel 或 WPS 里另存为 xlsx 再试

# 迎检资料册
problem-binder-in-batch = 批处理里不能做资料册
    .remedy = 单独运行 guanai report binder
problem-binder-inside = { $dir } 是台账自己的文件夹
    .remedy = 放到台账外面，例如 ../迎检资料
problem-binder-no-folder = { $dir } 不是能写的文件夹
    .remedy = 换一个还不存在的文件夹名
problem-binder-there = { $dir } 里已有一册资料
    .remedy = 要换掉它，加 --replace
problem-binder-full = { $dir } 里有别的文件
    .remedy = 换一个空的或还不存在的文件夹；别的文件不会被动
problem-binder-report = report/binder.toml 里的报告“{ $name }”不认识
    .remedy = 可用：staff、plan、term、roster、classes、mind、funds、dossiers

# 没有结束的引号
problem-quote-open = 这一行开了引号，到文件末尾都没有关上；后面的行都被当成了这一格的内容
    .remedy = 在该关的地方补上引号 "，再运行 guanai check；补好之前不往这个文件里写

# 交给县里的数据
problem-export-in-batch = 批处理里不能导出
    .remedy = 单独运行 guanai export parquet
problem-export-whom = 学生的数据交出去，要写明交给谁、为什么
    .remedy = 加 --to 谁 --reason 用途
problem-export-inside = { $dir } 在台账文件夹里，会随台账进入 U 盘和 git
    .remedy = 换一个台账之外的文件夹：--out 文件夹
problem-export-no-folder = { $dir } 是文件，需要的是文件夹
    .remedy = 写县里的文件夹：--out 文件夹
problem-export-unsound = 台账有读不出的内容：共 { $count } 处，这里是第一处。读不出的学生会从全县的数字里漏掉；没有写任何文件
    .remedy = 用 guanai check 查看全部并改正
problem-export-code-missing = 不知道{ $option ->
        [county] 县
       *[other] 学校
    }的代码
    .remedy = 加 --{ $option } 代码，或写在 guanai.toml 的 [school] 下：{ $option ->
        [county] county = "529901"
       *[other] code = "5299010001"
    }
problem-export-code = --{ $option } { $code } 不能作文件夹名
    .remedy = 代码只用小写字母 a–z、数字和中间的连字符，最多 32 个，例如 529901
problem-export-term-ahead = 学期 { $term } 从 { $from } 开始，还没有到
    .remedy = 去掉它，或按以后的日子来看：--as-of 日期
problem-county-key-missing = 没有文件 { $file }
    .remedy = 向县里索取县的密钥；县里只生成一次：guanai key county 文件
problem-county-key-empty = 文件里没有密钥
    .remedy = 密钥是一行 64 个字符（0–9、a–f）；向县里索取县的密钥
problem-county-key-several = 文件里除注释外不止一行
    .remedy = 密钥是一行 64 个字符（0–9、a–f）；向县里索取县的密钥
problem-county-key-shape = 文件里的一行有 { $length } 个字符，而县的密钥是 64 个字符（0–9、a–f）
    .remedy = guanai key new 的密钥（AGE-SECRET-KEY-1…）是另一种；向县里索取县的密钥
problem-county-key-other = 这个文件是用标记 { $there } 的密钥写的，而这把密钥的标记是 { $here }：同一名学生会变成两名
    .remedy = 向县里索取标记 { $there } 的密钥；县里如已换密钥，各校都导出到新的文件夹
problem-county-key-inside = { $file } 在台账文件夹里，会随台账进入 U 盘和 git
    .remedy = 把县的密钥放在台账之外
problem-county-key-there = { $file } 已经存在，密钥文件从不覆盖
    .remedy = 换一个文件名；换了密钥，每名学生的化名都会变
