#!/usr/bin/env bash
# Monday's list of a ledger, as text: whom nobody has seen, whose level changed, what is late, what is due.
# monday.sh [LEDGER]; without a ledger it shows the list of an invented school. It writes nothing and mails nothing: the
# list has names, and where it goes is for you to decide. SINCE=DAY compares with another day than a week ago.
set -euo pipefail
guanai=${GUANAI:-guanai}
ledger=${1:-}
since=${SINCE:-$(date -d "${GUANAI_AS_OF:-today} 7 days ago" +%F 2>/dev/null || date -v-7d +%F)}
if [ -z "$ledger" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  ledger=$folder/school
  "$guanai" -q demo "$ledger"
fi
say() { printf '\n== %s\n' "$*"; }
list() { "$guanai" -q -C "$ledger" "$@"; }

say "At risk, medium and above, and nobody has recorded a contact for 14 days"
list risk --untouched 14 --level medium

say "Whose level changed since $since, and by which record"
list risk --since "$since"

say "Late, and due within the week"
list due --days 7

say "How the plans stand"
list plan status --by plan
