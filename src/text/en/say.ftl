
# Words of listings and reports, whatever they are about.
report-unknown = unknown
report-yes = yes
report-no = no
report-none = (none)
report-list-join = { ", " }
report-category = Category
report-bar = Chart
report-fact-line = { $label }: { $value }
report-school = School: { $school }
report-day = As of { $day }
report-caption-unit = { $caption } ({ $unit })
report-page = Page { $page }
report-sheet-first = Summary
report-no-number = no data
report-font-body = SimSun
report-font-heading = SimHei
