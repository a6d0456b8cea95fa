
# Who is left behind.
left-behind-kind-both-away = 父母双方外出
left-behind-kind-other-without-capacity = 一方外出、另一方无监护能力
left-behind-kind-one-away = 父母一方外出
left-behind-kind-no-parent-to-care = 无父母照护（去世、失联或服刑）
left-behind-kind-unsettled = 属留守，具体情形待核实
left-behind-yes = 留守
left-behind-no = 非留守
left-behind-unknown = 未知，待补：{ $fields }
left-behind-away-since = { $relation }自 { $since } 起外出
left-behind-away-noted = { $relation }外出，{ $since } 登记，起始日不详
left-behind-away = { $relation }外出，起始日不详
left-behind-back = { $relation }已返回
left-behind-reported-home = 按表册，{ $relation }未外出
left-behind-reported-away = 按表册，{ $relation }外出，时间地点不详
left-behind-one-of-two = 按表册父母一方外出，是否{ $relation }不详
left-behind-reported-gone = 按表册为孤儿：{ $relation }
left-behind-gone = { $relation }：{ $status }
left-behind-not-said = { $relation }是否外出没有记载
left-behind-incapable = { $relation }无监护能力
left-behind-age = { $age } 周岁
left-behind-hukou = 户口性质：{ $hukou }
left-behind-hukou-address = 户籍地：{ $address }
