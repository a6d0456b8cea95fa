#!/usr/bin/env bash
# A census spreadsheet in, a term summary out, and nothing kept: for a school that only wants the numbers.
# census-to-report.sh [CENSUS] [REPORT]; the ending of REPORT is its format: docx, html, xlsx, md, txt or json.
set -euo pipefail
guanai=${GUANAI:-guanai}
census=${1:-$(cd "$(dirname "$0")/../tests/forms" && pwd)/01-civil-affairs.xlsx}
report=${2:-}
ledger=$(mktemp -d)
trap 'rm -rf "$ledger"' EXIT
say() { printf '\n== %s\n' "$*"; }
in_ledger() { "$guanai" -q -C "$ledger" "$@"; }

say "A ledger that lives as long as this script"
"$guanai" init "$ledger" --name "${SCHOOL:-青石镇中心小学}"

say "All rows of the census or none: a wrong one is named by sheet, row and column, and the script ends here"
in_ledger import census "$census" --format csv | cut -d, -f1 | tail -n +2 | sort | uniq -c

say "Children of each class"
in_ledger student list --format csv | tail -n +2 | cut -d, -f3 | sort | uniq -c

say "The summary, without names"
if [ -n "$report" ]; then
  "$guanai" -C "$ledger" report term --out "$report"
else
  in_ledger report term
fi
