# The program and its headings.
help-guanai = 关爱台账：学校留守儿童关爱工作的记录、提醒与汇报
help-heading-usage = 用法
help-heading-commands = 命令
help-heading-arguments = 参数
help-heading-options = 选项
help-heading-global = 通用选项
help-usage-options = [选项]
help-default = （缺省：{ $value }）

# Arguments that mean the same everywhere.
help-arg-help = 显示帮助
help-arg-version = 显示版本
help-arg-dir = 台账所在文件夹（缺省：当前文件夹或其上级）
help-arg-as-of = 按这一天来看，例如 2026-09-10（缺省：今天）
help-arg-format = 输出格式：列表 table、csv、json、jsonl、markdown；报告还有 text、html、docx、xlsx
help-arg-lang = 界面语言：zh 或 en
help-arg-reveal = 完整显示身份证号和电话号码
help-arg-dry-run = 只显示会改动什么，不写入
help-arg-quiet = 不显示提示信息
help-arg-student = 学生：编号（或开头几位）、姓名、拼音首字母，或 姓名@班级
help-arg-id = 编号（或开头几位，只要唯一）
help-arg-date = 日期（缺省：今天）
help-arg-on = 日期（缺省：今天）
help-arg-reason = 原因
help-arg-staff = 教师
help-arg-minutes = 时长（分钟）
help-arg-note = 备注
help-arg-class = 班级：入学年份-班号，例如 2023-2

# The commands.
help-init = 新建台账
help-init-dir = 新台账的文件夹
help-init-name = 学校名称
help-init-upgrade = 补上旧台账还没有的定义文件；学校改过的文件不动
help-student = 学生档案（一人一档）
help-student-add = 新建学生档案
help-student-add-name = 姓名
help-student-add-fields = 字段，例如 class=2023-2 boarding=是 parent.father.phone=15400001234
help-student-add-id = 指定编号（重复执行不会重复添加）
help-student-add-since = 在校起始日
help-student-add-even-if-alike = 即使已有同名且同班（或同生日）的学生，也新建
help-student-list = 学生名单
help-student-list-grade = 年级（1 至 6）
help-student-list-all = 包括已离校的
help-student-list-ids = 只输出编号，每行一个，可接到其他命令
help-student-show = 看一名学生的档案、活动和跟进事项
help-student-show-record = 只看档案
help-student-set = 改写字段
help-student-set-fields = 字段=值；值为空则删去，例如 boarding=是 household.benefits=subsistence,medical
help-student-edit = 用编辑器（$EDITOR）打开档案
help-student-away = 记录父母外出务工
help-student-away-parent = 父亲 或 母亲（father、mother）
help-student-away-from = 外出起始，年-月-日 或 年-月
help-student-away-place = 务工地点，写到省、市
help-student-back = 记录父母返乡
help-student-back-parent = 父亲 或 母亲（father、mother）
help-student-guardian = 记录（更换）监护人
help-student-guardian-name = 监护人姓名
help-student-guardian-relation = 与学生的关系，例如 奶奶
help-student-guardian-phone = 电话
help-student-guardian-born = 出生年月日或年月
help-student-guardian-ability = 监护能力：good、fair、poor
help-student-guardian-entrusted = 有书面委托
help-student-guardian-from = 从哪天起
help-student-leave = 记录离校（转学、毕业）
help-student-return = 记录返校
help-student-history = 一名学生的大事记
help-log = 活动记录
help-log-add = 记一次活动
help-log-add-kind = 活动类别，见 guanai log kinds
help-log-add-words = 学生（编号、姓名、class:2023-2、all，- 表示从标准输入读）和 字段=值
help-log-add-absent = 缺席的学生（与 class: 或 all 合用）
help-log-add-id = 指定编号（重复执行不会重复记录）
help-log-list = 列出活动
help-log-list-kind = 活动类别
help-log-list-student = 只看这名学生的
help-log-list-domain = 领域：study、mind、life、safety、family、society、management
help-log-list-from = 起始日
help-log-list-until = 截止日
help-log-list-all = 包括已作废的
help-log-show = 看一次活动
help-log-amend = 更正一次活动
help-log-amend-fields = 字段=值
help-log-amend-students = 换成这些学生
help-log-void = 作废一次活动（记录保留，不再计数）
help-log-kinds = 有哪些活动类别；给出类别则列出它的字段
help-log-kinds-kind = 活动类别
help-followup = 跟进事项
help-followup-add = 新建跟进事项
help-followup-add-kind = 类型，见 rules/followups.toml
help-followup-add-due = 最迟办结日（缺省：按类型的天数）
help-followup-add-owner = 责任人
help-followup-add-what = 事项
help-followup-add-id = 指定编号（重复执行不会重复添加）
help-followup-list = 列出待办的跟进事项
help-followup-list-all = 包括已办结和已取消的
help-followup-list-overdue = 只看逾期的
help-followup-list-student = 只看这名学生的
help-followup-list-owner = 只看这位责任人的
help-followup-list-kind = 只看这种类型的
help-followup-list-days = 只看这么多天内到期的
help-followup-done = 办结
help-followup-done-outcome = 结果
help-followup-move = 延期（保留原定日期）
help-followup-move-due = 新的最迟办结日
help-followup-cancel = 取消
help-import = 导入表格
help-batch = 一次执行多条命令，要么全部写入，要么全不写入
help-batch-file = 命令文件，每行一条；- 或不给则读标准输入
help-undo = 撤销最近一次改动
help-undo-list = 列出可撤销的改动
help-check = 检查台账：哪里不对、在哪个文件哪一行、怎么改
help-check-fix = 改好只有一种正确写法的问题（编码、换行、行的顺序）
help-check-explain = 解释一个检查代码
help-completions = 输出命令补全脚本（认识学生、活动类别和跟进类型）
help-completions-shell = bash、zsh、fish、elvish、powershell
help-man = 写出手册页
help-man-dir = 手册页的文件夹
help-demo = 造一所虚构的学校，并演示主要用法
help-demo-dir = 新台账的文件夹（缺省：guanai-demo）
help-demo-students = 学生人数
help-demo-terms = 有记录的学期数
help-demo-rows = 大约多少条活动记录（缺省：按常规频次）
help-demo-seed = 种子：相同的种子造出相同的学校
help-import-census = 导入学生名册（xlsx、xls、ods、csv）：显示新增、变动和名册里没有的学生，不删除任何人
help-import-census-file = 表格文件
help-import-census-sheet = 只读这张工作表
help-import-census-id-from = 用这一列作学生编号
help-import-census-same = 第几行就是哪个学生，例如 8=k7m2q4 或 三年级:8=k7m2q4；会记住
help-import-census-new = 第几行是台账里还没有的孩子；会记住
help-import-census-accept-good = 有错的行写到“….rejects.xlsx”待改，其余的照常导入
help-import-log = 导入一类活动的记录表
help-import-log-kind = 活动类别，见 guanai log kinds
help-import-log-file = 表格文件
help-import-log-accept-good = 有错的行写到“….rejects.xlsx”待改，其余的照常导入
help-risk = 今天要关注谁、为什么
help-risk-all = 列出全部在校学生
help-risk-level = 只看这个等级及以上：watch、medium、high
help-risk-left-behind = 只看留守儿童
help-risk-untouched = 有风险，而且这么多天没有任何联系记录的
help-risk-since = 从那一天以来等级的变化，以及因为哪条记录
help-risk-fail-at = 有这个等级及以上的学生时，退出码为 1
help-risk-ids = 只输出编号，每行一个
help-risk-explain = 一名学生的等级是怎么来的：每条指标、数值、界限、依据和出处
help-risk-set = 人工判断风险等级（与计算结果并列显示，不替代）
help-risk-set-level = none、watch、medium、high
help-risk-set-by = 判断人
help-risk-set-until = 有效期至
help-risk-clear = 撤去人工判断
help-report = 报告：工作总结等
help-report-term = 学期工作总结（缺省不含姓名）
help-report-term-term = 学期名称（缺省：当天所在或最近的学期）
help-report-term-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json
help-plan = 工作计划：记录对照措施
help-plan-status = 完成率
help-plan-status-by = 按什么汇总：commitment、section、plan、owner、class
help-arg-plan = 只看这个计划：comprehensive、mind、study、life-safety、partnership
help-arg-term = 学期名称（缺省：当天所在或最近的学期）
help-plan-status-fail-below = 完成率低于这个百分比时，退出码为 1
help-plan-gaps = 缺了谁、哪个班、哪一周，以及补记的命令
help-plan-gaps-code = 措施代码，或它的开头（如 C5）
help-plan-gaps-owner = 只看这位责任人的
help-plan-gaps-open = 包括还来得及做的
help-plan-show = 一条措施的每个单位和依据（文件和行）
help-plan-show-code = 措施代码，如 C5.1
help-due = 要到期的事：跟进事项、措施、生日、结对
help-due-days = 多少天之内
help-due-owner = 只看这位责任人的
help-pair = 结对帮扶
help-pair-add = 新建结对
help-pair-add-kind = tutor 学业帮扶、peer-tutor 小老师、caring-parent 爱心妈妈、proxy-parent 代理家长、life-mentor 生活导师
help-pair-add-helper = 帮扶人（教师姓名，或小老师的姓名）
help-pair-add-from = 起始日（缺省：今天）
help-pair-add-until = 截止日
help-pair-end = 结束结对
help-pair-list = 列出在用的结对
help-pair-list-all = 包括已结束的
help-pair-list-kind = 只看这种类型的
help-resource = 社会资源
help-resource-add = 新建资源
help-resource-add-kind = 类型，例如 volunteer、emergency-contact、mind-volunteer、mind-material、study-corner
help-resource-add-name = 名称
help-resource-add-contact = 联系人
help-resource-add-phone = 电话
help-resource-add-offers = 能提供什么
help-resource-list = 列出资源
help-resource-list-kind = 只看这种类型的
help-staff = 教职工
help-staff-add = 新建教职工
help-staff-add-name = 姓名
help-staff-add-role = 职务，例如 class-teacher、mind-teacher
help-staff-add-phone = 电话
help-staff-add-from = 起始日（缺省：今天）
help-staff-leave = 离职
help-staff-list = 列出教职工
help-staff-list-all = 包括已离职的
help-resource-add-class = 属于哪个班；不写则全校共用
help-due-ics = 改写为日历文件，可导入手机或电脑日历；再次导入即更新
help-plan-export = 全年工作计划文档，附上学期完成率
help-plan-export-term = 哪个学期（默认最近的）
help-plan-export-out = 写到这个文件（docx、md、html、xlsx、txt、json）
help-staff-workload = 每名教师一学期做了多少：次数和时长，由记录汇总
help-report-term-names = 附上重点关注学生名单（须说明交给谁、为什么；登记簿里记一行）
help-report-term-to = 交给谁
help-report-term-reason = 为什么需要姓名
help-resource-update = 核对一条资源：记下日期，可同时改联系人、电话、能提供什么
help-resource-update-id = 编号或其开头几位
help-resource-update-contact = 联系人
help-resource-update-phone = 电话
help-resource-update-offers = 能提供什么
help-resource-update-date = 核对的日期（缺省：当天）
help-git = git：两位老师各自改过的台账，按行、按字段合并
help-git-setup = 让本机的 git 按行、按字段合并台账（每台电脑执行一次）
help-git-merge = 供 git 调用：合并一个文件
help-git-merge-base = 共同的旧版本
help-git-merge-ours = 本机的版本，结果写在这里
help-git-merge-theirs = 对方的版本
help-git-merge-path = 在仓库里的路径
help-resolve = 两位老师改了同一处，选定其中一个值；不带参数则列出所有待定的
help-resolve-which = 学生，或一行编号的开头几位
help-resolve-setting = 字段=值，两个值中的一个

# Scores.
help-import-scores = 导入成绩表（xlsx、xls、ods、csv；一科一列，或一科一行）；再次导入即更新
help-import-scores-file = 成绩表
help-import-scores-exam = 哪次考试，例如 期中、期末、第二次月考（缺省：看标题）
help-import-scores-date = 考试日期（缺省：看标题）
help-import-scores-kind = 考试类型：midterm、final、monthly、other
help-import-scores-full = 满分，例如 100，或 数学=120（可写多次）
help-import-scores-subject = 整张表的学科（表里没有写时）
help-import-scores-class = 整张表的班级，例如 2023-2（表里没有写时）
help-import-scores-sheet = 只读这张工作表
help-import-scores-accept-good = 导入没有问题的行，其余写到一个待改的表格
help-report-student = 一名学生的档案（一人一档），可打印；不含保密内容
help-report-student-to = 交给谁（与 --out 合用，记入 registers/disclosures.csv）
help-report-student-reason = 用途（与 --out 合用，记入 registers/disclosures.csv）
help-report-student-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json；会登记
help-report-class = 一个班一次考试的情况：分布、谁上升、谁需要帮助（缺省不含姓名）
help-report-class-exam = 哪次考试，例如 期中、第二次月考（缺省：最近一次）
help-report-class-names = 列出姓名（按姓名排列）
help-report-class-rank = 按成绩排名；必须写 --reason，并记入 registers/disclosures.csv
help-report-class-to = 交给谁（登记用）
help-report-class-reason = 理由（登记用）
help-report-class-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json
help-pair-suggest = 建议小老师结对：同班、一强一弱、不过量；只建议，不写入
help-pair-suggest-subject = 只看这个学科
help-pair-suggest-most = 一名小老师最多帮几人（缺省见 rules/progress.toml）
help-pair-effect = 学业结对前后的变化：次数、时长、标准分
help-pair-effect-kind = 只看这种类型：tutor、peer-tutor
help-arg-scale = 量表，见 guanai screen scales
help-screen = 心理量表筛查（筛查结果，不是诊断）
help-screen-add = 记一名学生的作答，由量表计分
help-screen-add-answers = 每题一个字符（没有作答写 -），或 3=1,4=0；- 读标准输入，@文件 读文件。不写则逐题询问
help-screen-add-totals = 已算好的分量表分，例如 情绪症状=5,品行问题=2；没有的写 -
help-screen-add-id = 指定编号（重复执行不会重复记录）
help-screen-add-replace = 当天已有不同的作答时，以这次为准
help-screen-import = 导入一个班的答卷：一行一名学生，一列一题
help-screen-import-file = 表格文件
help-screen-import-date = 测评日期（表里没有日期列时）
help-screen-import-accept-good = 有错的行写到“….rejects.xlsx”待改，其余的照常导入
help-screen-list = 列出筛查结果（按日期和班级，不排名次）
help-screen-list-student = 只看这名学生的
help-screen-list-band = 只看这个等级：normal、watch、high、invalid、incomplete、out-of-age
help-screen-list-from = 起始日
help-screen-list-until = 截止日
help-screen-show = 看一名学生的得分、等级和与上次相比的变化
help-screen-show-all = 列出历次，不只是最近一次
help-screen-scales = 有哪些量表
help-screen-rescore = 改了计分键或分数线以后，重新计分已有的结果
help-report-mind = 心理关爱工作汇报（不含姓名）；加 --student 则是一名学生的心理档案
help-report-mind-term = 学期名称（缺省：当天所在或最近的学期）
help-report-mind-student = 这名学生的心理档案（含保密内容，只供有权查看的人）
help-report-mind-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json
# 加密。
help-arg-no-key = 按没有密钥的人读取
help-key = 打开保密记录的密钥
help-key-new = 生成一把密钥（放在台账之外），并加入持钥人
help-key-new-name = 由谁持有
help-key-new-out = 密钥文件（默认：GUANAI_KEY，或账户设置中的 key.txt）
help-key-list = 谁能打开保密记录，本机有哪一把密钥
help-key-rotate = 全部重新加密：增减持钥人之后，或把明文加密
help-key-rotate-add = 加入这把公钥，age1…
help-key-rotate-name = 加入的密钥由谁持有
help-key-rotate-remove = 移除叫这个姓名的持钥人
help-report-class-term = 只看这个学期的考试
# 信函
help-letter = 按模板生成信函、责任书、联系卡（每名学生一页），并记下发出了什么、怎么发的
help-letter-template = 模板：documents/ 中的文件名或模板名称，见 guanai letter list
help-letter-students = 学生：编号、姓名、class:2023-2、all；- 从标准输入读取
help-letter-group = 发给 guanai.toml 中这个人群的学生，例如 left-behind
help-letter-out = 写入这个文件（docx、html、md、txt）；不写时输出到屏幕
help-letter-by = 发出方式：paper、post、message（微信）等，见 guanai log kinds letter；不写时用模板规定的方式
help-letter-set = 填 given.词 的内容，例如 --set time=12月5日下午2点
help-letter-leave-blank = 缺的内容留空，手填；不写时缺一项就不生成
help-letter-draft = 只看样稿，不记为已发出
help-letter-date = 信上的日期，也是记录的日期（默认今天）
help-letter-staff = 谁发的
help-letter-list = 列出模板、记为哪类活动、用到哪些内容
help-letter-receipt = 收回回执：记下日期；责任书、协议收回即记为已签订
help-letter-receipt-template = 模板
help-letter-receipt-students = 回执已收回的学生：编号、姓名；- 从标准输入读取
help-letter-receipt-date = 收回的日期（默认今天）
help-letter-receipt-staff = 谁收的
help-letter-pending = 列出还没有收回的回执
help-letter-pending-template = 模板
help-letter-pending-class = 只看这个班
help-letter-pending-ids = 只输出学生编号，每行一个

# 附件
help-log-add-attach = 附上文件（照片、扫描件），可以写多次；照片会去掉地点、时间和设备信息
help-log-amend-attach = 再附上文件，可以写多次

help-log-add-each = 每名学生各记一行，金额和数量是每人的
help-log-add-together = 一行记几名学生，金额和数量是全部学生的合计
help-import-log-together = 一行有几名学生时，金额和数量是全部学生的合计
help-report-funds = 款物收支：各基金期初、收入、支出、结余，缺收据的记录（缺省不含姓名）
help-report-funds-term = 学期名称，含其后的假期（缺省：当天所在或最近的学期）
help-report-funds-year = 整个学年，写起始年份（不写年份：当天所在学年）
help-report-funds-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json
help-report-funds-names = 附上受助学生名单（须说明交给谁、为什么；登记簿里记一行）
help-report-funds-to = 交给谁
help-report-funds-reason = 为什么需要姓名
help-health = 最近一次体检的筛查结果：数值、界值、依据；性别或年龄未知的不判断
help-health-student = 只看这名学生
help-health-class = 只看这个班
help-health-found = 只列超出界值的
help-boarders = 今晚没有点名或点名不在的寄宿生，及其监护人电话
help-boarders-ids = 只打印编号，每行一个
help-boarders-fail = 有人未确认在校时以退出码 1 结束
help-resource-hours = 志愿服务时长：按志愿者或组织汇总
help-resource-hours-term = 学期名称，含其后的假期（缺省：当天所在或最近的学期）
help-resource-hours-organisations = 按组织汇总

# 重复档案
help-student-duplicates = 找出可能重复的档案（同一名学生建了两份）
help-student-merge = 把同一名学生的两份档案合为一份
help-student-merge-keep = 保留哪一份（编号）
help-student-merge-other = 并入哪一份（编号）；合并后这个文件不再存在
help-student-merge-take = 两份说法不同的字段取哪一份：字段=keep 或 字段=other，可重复
help-student-merge-set = 两份都不对的字段，写正确的值：字段=值，可重复

# 到期清除
help-student-forget = 清除离校学生的个人信息：姓名、号码、地址、监护人身份和文字内容去掉，统计数字不变；不能撤销
help-student-forget-students = 学生编号，可以写多名
help-student-forget-due = 所有保存期已满的离校学生；先加 --dry-run 看名单
help-student-forget-before-time = 保存期未满也清除（须写 --reason）
help-student-forget-reason = 原因，记入 registers/disclosures.csv

# 移交
help-student-handover = 移交学生档案：给下一所学校或下一任班主任的一个文件（zip），内有可打印的说明、档案和只有接收人能打开的保密部分
help-student-handover-students = 学生，可以写多名
help-student-handover-to-reader = 保密部分的接收人：对方的公钥（age1…），或 guanai.toml 中接收人的名字；不写则不带保密部分
help-student-handover-to = 移交给谁（学校、老师）
help-student-handover-reason = 移交原因，记入 registers/disclosures.csv
help-student-handover-out = 写到哪个文件（.zip）
help-student-receive = 接收移交文件：新建学生档案并带入记录；已有的不改，重复接收不会重复
help-student-receive-file = 移交文件（.zip）
help-student-receive-since = 在本校起始日，默认为当天
help-student-receive-class = 在本校的班级，例如 2023-2

# 日历给谁
help-due-to = 日历给谁用（与 --ics 合用；日历里有学生姓名时记入 registers/disclosures.csv）
help-due-reason = 用途，一并记入
# report term 的图
help-report-term-since = 风险等级变化从哪一天画起（缺省：上学期末）
# 一名学生的心理档案
help-report-mind-to = 交给谁（与 --student、--out 合用，记入 registers/disclosures.csv）
help-report-mind-reason = 用途（与 --student、--out 合用，记入 registers/disclosures.csv）

# 教师工作、近期变化
help-report-staff = 教师做了什么：活动、学生、结对、跟进事项、负责的措施（缺省不含学生姓名）
help-report-staff-staff = 只看这位教师
help-report-staff-term = 学期名称，含其后的假期（缺省：当天所在或最近的学期）
help-report-staff-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json
help-report-staff-names = 列出接触过的学生（只用于一位教师；须说明交给谁、为什么；登记簿里记一行）
help-report-staff-to = 交给谁
help-report-staff-reason = 为什么需要姓名
help-report-changes = 从某天以来的变化：风险、学生情况、承诺和接下来要办的（周一例会用；缺省不含姓名）
help-report-changes-since = 从这一天之后算起
help-report-changes-days = 往后看几天
help-report-changes-out = 写到文件，按后缀决定格式：txt、md、html、docx、xlsx、json
help-report-changes-names = 用姓名（须说明交给谁、为什么；登记簿里记一行）
help-report-changes-to = 交给谁
help-report-changes-reason = 为什么需要姓名
# 统计报表
help-report-statistics = 官方统计报表：按记录填数，逐条核对勾稽关系；不写报表名则列出全部（数字不折叠，不得公开）
help-report-statistics-form = 报表名（forms/ 里的文件名），或文件路径
help-report-statistics-on = 截止日（缺省：当天；报表自己规定的，取之前最近的一天）
help-report-statistics-who = 列出这一栏里的学生；unknown 列出缺信息、没有落进栏里的学生
help-report-statistics-row = 哪一行：年级数字、班级或行名（缺省：全校）
help-report-statistics-names = 提示里写姓名（缺省只写编号）
help-report-statistics-fail = 勾稽关系不成立或有学生落不进栏时，以退出码 1 结束
help-report-statistics-out = 写到文件，按后缀决定格式：xlsx（报表原样）、csv、txt、md、html、docx、json

# 上报花名册
help-report-roster = 按上级发的 xlsx 样表填花名册：表头、顺序、工作表、格式不变，每名学生一行（含姓名）
help-report-roster-like = 上级的样表（xlsx）
help-report-roster-out = 写到这个文件（xlsx）
help-report-roster-sheet = 只填这一个工作表
help-report-roster-class = 只填这个班
help-report-roster-group = 只填这个人群（guanai.toml 里的名称）
help-report-roster-all = 填全体在校学生（缺省：学校口径的留守儿童）
help-report-roster-names = 确认这份表含姓名（花名册必须写；登记簿里记一行）
help-report-roster-to = 交给谁
help-report-roster-reason = 为什么要交

# 迎检资料册
help-report-binder = 迎检资料册：分部分的文件夹、目录、缺项和总册，并记入台账
help-report-binder-folder = 放资料册的文件夹，还不存在或是空的；不要放在台账自己的文件夹里
help-report-binder-replace = 换掉那里由本命令做的旧册
help-report-binder-term = 学期名称，含其后的假期（缺省：当天所在或最近的学期）
help-report-binder-names = 带学生姓名和一人一档（须说明交给谁、为什么；登记簿里记一行）
help-report-binder-to = 交给谁
help-report-binder-reason = 为什么需要姓名
help-export = 把台账变成其他程序的格式
help-export-parquet = 交给县里的数据：不含姓名的 Parquet 文件，学生用化名；在 registers/disclosures.csv 登记一行
help-export-parquet-out = 县里的文件夹：在其中新建或重做 表名/county=…/school=…/term=…/part.parquet
help-export-parquet-key = 县里发的密钥文件，放在台账之外
help-export-parquet-county = 县代码（缺省：guanai.toml 中 [school] 的 county）
help-export-parquet-school = 学校在本县的代码（缺省：guanai.toml 中 [school] 的 code）
help-export-parquet-term = 学期名称，含其后的假期，可以写多次（缺省：当天所在或最近的学期）
help-export-parquet-to = 交给谁
help-export-parquet-reason = 用途，记入 registers/disclosures.csv
help-export-parquet--more = 身份证号正确的学生，用同一把密钥在各校得到同一个化名。交出哪些内容见 docs/parquet.md。--dry-run 只列出文件，不写。
help-key-county = 生成县的密钥：32 个随机字节的文件，放在任何台账之外；只显示标记，不显示密钥
help-key-county-file = 新文件
