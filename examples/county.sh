#!/usr/bin/env bash
# Several schools' ledgers rolled up: the civil-affairs form of each, added up column by column. Only sums leave a school: no
# name, no id. A school whose form does not add up is named, and the roll-up says so by its exit code.
# county.sh OUT.csv LEDGER...
set -euo pipefail
guanai=${GUANAI:-guanai}
out=${1:?where to write it}
shift
status=0
: > "$out.rows"
for ledger in "$@"; do
  school=$(cd "$ledger" 2>/dev/null && basename "$PWD" || basename "$ledger")
  code=0
  "$guanai" -q -C "$ledger" report statistics civil-affairs --format csv --fail > "$out.one" || code=$?
  # 1: the sums are there, and some children are in no column. Anything else is no answer, and no sum may stand on it.
  if [ "$code" -gt 1 ]; then
    echo "$school: no answer; nothing was written" >&2
    rm -f "$out.rows" "$out.one" "$out.head"
    exit "$code"
  elif [ "$code" -eq 1 ]; then
    echo "$school: some children are in no column; who: guanai report statistics civil-affairs --who unknown"
    status=1
  fi
  head -1 "$out.one" > "$out.head"
  # The first line behind the header is the whole school.
  printf '%s,%s\n' "$school" "$(sed -n 2p "$out.one" | cut -d, -f2-)" >> "$out.rows"
done
{
  cat "$out.head"
  cat "$out.rows"
  awk -F, '{ for (at = 2; at <= NF; at++) sum[at] += $at; if (NF > most) most = NF }
    END { printf "county"; for (at = 2; at <= most; at++) printf ",%d", sum[at]; print "" }' "$out.rows"
} > "$out"
rm -f "$out.rows" "$out.one" "$out.head"
cat "$out"
exit "$status"
