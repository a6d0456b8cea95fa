
# Sheets of a spreadsheet that are not read
sheet-empty = empty
sheet-hidden = hidden
sheet-not-chosen = not the sheet that was chosen
sheet-summary = a summary or instructions
sheet-no-name-column = no column of names
rejects-reasons = What to mend
