
# Sheets of a spreadsheet that are not read
sheet-empty = 空表
sheet-hidden = 隐藏的工作表
sheet-not-chosen = 没有选这张表
sheet-summary = 汇总或说明
sheet-no-name-column = 没有“姓名”列
rejects-reasons = 要改的地方
