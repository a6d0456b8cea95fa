#!/usr/bin/env bash
# The morning's roll call of a class, from a list of who is absent on standard input: one name a line, then the reason (ill,
# leave or truancy). Records each absence, and says whose home has not been called yet. Running it twice records nothing twice.
#   printf '李雨桐 ill\n' | roll-call.sh LEDGER 2025-1
set -euo pipefail
guanai=${GUANAI:-guanai}
ledger=${1:?a ledger}
class=${2:?a class, such as 2025-1}
day=${GUANAI_AS_OF:-$(date +%F)}
in_ledger() { "$guanai" -q -C "$ledger" "$@"; }
while read -r name reason; do
  [ -n "$name" ] || continue
  # One child of this name in this class, or an error that lists the candidates.
  child=$(in_ledger student show "$name@$class" --format json | sed -n 's/^{"field":"id","value":"\([^"]*\)".*/\1/p')
  in_ledger log add attendance "$child" absent=1 reason="${reason:-other}" --date "$day" --id "absent-$child-${day//-/}" >/dev/null
  echo "$name: $reason"
done
echo "== whose home has not been told"
in_ledger --lang en log list attendance --from "$day" --format csv | tail -n +2 | grep -v 'informed: yes' | cut -d, -f4 || true
