#!/usr/bin/env bash
# For cron, on Mondays: mails each teacher what of theirs is late or due within the week. Names and words stay at school: the
# mail has days, classes and codes, which `guanai due` and `guanai plan show CODE` put into words for whoever holds the ledger.
#   7 7 * * 1  GUANAI_DIR=/srv/school  MAIL=mail  /srv/mail-due.sh teachers.txt
# mail-due.sh TEACHERS [LEDGER]; TEACHERS has lines of a name and an address. MAIL is called as `mail -s SUBJECT ADDRESS`.
set -euo pipefail
guanai=${GUANAI:-guanai}
mail=${MAIL:-mail}
teachers=${1:?a file with a name and an address on each line}
ledger=${2:-${GUANAI_DIR:-.}}
while read -r name address; do
  case $name in '' | '#'*) continue ;; esac
  due=$("$guanai" -q -C "$ledger" due --days 7 --owner "$name" --format jsonl |
    sed -E 's/"(name|what|owner)":"([^"\\]|\\.)*",?//g' | tr -d '{}"' | tr ',' ' ')
  [ -n "$due" ] || continue
  printf '%s\n' "$due" | "$mail" -s "guanai: $(printf '%s\n' "$due" | wc -l | tr -d ' ')" "$address"
  echo "$name: $(printf '%s\n' "$due" | wc -l | tr -d ' ')"
done < "$teachers"
