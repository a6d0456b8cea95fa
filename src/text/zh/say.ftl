
# Words of listings and reports, whatever they are about.
report-unknown = 未知
report-yes = 是
report-no = 否
report-none = （无）
report-list-join = 、
report-category = 类别
report-bar = 图示
report-fact-line = { $label }：{ $value }
report-school = 学校：{ $school }
report-day = 数据截至 { $day }
report-caption-unit = { $caption }（{ $unit }）
report-page = 第 { $page } 页
report-sheet-first = 概要
report-no-number = 没有数据
report-font-body = 宋体
report-font-heading = 黑体
