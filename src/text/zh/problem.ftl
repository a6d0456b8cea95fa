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
problem-no-ledger = { $folder } 不在台账里：它和上级文件夹都没有 guanai.toml
    .remedy = 进入台账文件夹，或用 -C 指定；新建台账：guanai init DIR
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
problem-pending-damaged = 中断的改动记录损坏，无法接着写完
    .remedy = 运行 guanai check 查看台账；确认无误后删除这个文件
problem-outside = 不是台账里的路径
    .remedy = 台账只写自己文件夹里的文件
problem-not-a-file = 不是普通文件
    .remedy = 移走它，换成普通文件
problem-link = 是链接；台账不跟随链接
    .remedy = 换成文件本身
problem-stray-file = 文件名不是台账会用的（可能是同步软件的冲突副本）
    .remedy = 比较内容后合并，再移走它
problem-definition-missing = 缺少定义文件
    .remedy = 用 guanai init --upgrade 补上

# What files say.
problem-toml-syntax = 不是合法的 TOML：{ $message }
    .remedy = 改正这一行，再运行 guanai check
problem-toml-value = 值不对：{ $message }
    .remedy = 对照 docs/format.md 改正，再运行 guanai check
problem-not-utf8 = 不是 UTF-8 文字
    .remedy = 用 UTF-8 编码另存
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
    .remedy = 用 git 取回旧的文件
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
    .remedy = 若学校决定明文保存，在 guanai.toml 的 [privacy] 中写 confidential = "clear"
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
problem-form-line-ends = 换行是 CRLF
    .remedy = guanai check --fix 会改成 LF
problem-form-cut-off = 最后一行没有换行，可能没写完
    .remedy = 看看这一行是否完整；guanai check --fix 会补上换行
problem-form-order = 行没有按日期和编号排列
    .remedy = guanai check --fix 会排好
problem-form-conflict = 有合并留下的冲突标记
    .remedy = 选定一边的内容，删去标记
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
problem-file-too-large = 文件太大：超过 { $megabytes } MB，或有内容的行超过 { $rows }，或列超过 { $columns }
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
