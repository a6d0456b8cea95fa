#!/usr/bin/env bash
# Teachers drop their spreadsheets of home visits into a folder; this takes in each, and moves it to done/. Of a sheet with
# wrong rows the good ones are taken in, and the others lie beside it in a workbook that names what is wrong. A sheet that is
# dropped again adds nothing.
# visits-folder.sh FOLDER [LEDGER]
set -euo pipefail
guanai=${GUANAI:-guanai}
folder=${1:?a folder with spreadsheets}
ledger=${2:-${GUANAI_DIR:-.}}
mkdir -p "$folder/done" "$folder/refused"
for sheet in "$folder"/*.csv "$folder"/*.xlsx "$folder"/*.xls; do
  case $sheet in *.rejects.xlsx) continue ;; esac
  [ -f "$sheet" ] || continue
  name=$(basename "$sheet")
  if "$guanai" -q -C "$ledger" import log home-visit "$sheet" --accept-good >/dev/null 2> "$folder/refused/$name.txt"; then
    mv "$sheet" "$folder/done/"
    [ -s "$folder/refused/$name.txt" ] || rm "$folder/refused/$name.txt"
    echo "$name: taken"
  else
    mv "$sheet" "$folder/refused/"
    echo "$name: refused"
  fi
  for rejects in "$folder"/*.rejects.xlsx; do
    [ -f "$rejects" ] && mv "$rejects" "$folder/refused/" && echo "$name: some rows are to be mended"
  done
done
"$guanai" -q -C "$ledger" check --format csv > "$folder/refused/check.txt" || echo "see $folder/refused/check.txt"
