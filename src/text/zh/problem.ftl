
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
problem-rule-kinds-or-contact = 指标“{ $rule }”要么写 kinds，要么写 contact，二者只取其一
    .remedy = 留下一个，去掉另一个
