#!/usr/bin/env bash
# An invented county: ledgers of N schools, each of its own seed and size, and what each exports for the county. In every second school a
# child has come from the school before it, handed over as a real one would be. The ledgers go when they are exported; KEEP=1 leaves them.
# generate.sh DIR [SCHOOLS]
set -euo pipefail
guanai=${GUANAI:-guanai}
dir=$(mkdir -p "${1:?where to make it}" && cd "$1" && pwd)
schools=${2:-3}
county=529901
block=10
export GUANAI_AS_OF=${GUANAI_AS_OF:-2026-11-24} GUANAI_NO_KEY=1

code() { printf '%s%04d' "$county" "$1"; }
ledger() { printf '%s/ledgers/%s' "$dir" "$(code "$1")"; }

# 40 to 200 children; two terms.
invent() {
  "$guanai" -q demo "$(ledger "$1")" --seed "$1" --students $((40 + $1 * 37 % 161)) --terms 2
}

# One child who has a resident number goes from one school to another in October.
move() {
  local from to id
  from=$(ledger "$1") to=$(ledger "$2")
  for id in $("$guanai" -q -C "$from" student list --ids); do
    grep -q '^national_id' "$from/students/$id.toml" || continue
    # Refused for one who has come later than that.
    "$guanai" -q -C "$from" student leave "$id" --on 2026-10-09 > /dev/null 2>&1 && break
  done
  "$guanai" -q -C "$from" student handover "$id" --to "$(code "$2")" --reason transfer --out "$from.zip"
  "$guanai" -q -C "$to" student receive "$from.zip" --since 2026-10-12 > /dev/null
  rm "$from.zip"
}

hand_in() {
  "$guanai" -q -C "$(ledger "$1")" export parquet --out "$dir/county" --key "$dir/county.key" --county "$county" \
    --school "$(code "$1")" --to county --reason roll-up --term 2026-spring --term 2026-autumn > /dev/null
  [ -n "${KEEP:-}" ] || rm -r "$(ledger "$1")"
}

# Schools FIRST to LAST, one behind the other: a school hands in once the next one has taken its child.
some() {
  for ((school = $1; school <= $2; school++)); do
    invent "$school"
    if ((school > $1)); then
      if ((school % 2 == 0)); then move $((school - 1)) "$school"; fi
      hand_in $((school - 1))
    fi
  done
  hand_in "$2"
}

if [ "${3:-}" ]; then
  last=$(($3 + block - 1))
  some "$3" $((last < schools ? last : schools))
  exit
fi
mkdir -p "$dir/ledgers"
[ -e "$dir/county.key" ] || "$guanai" -q key county "$dir/county.key" > /dev/null
seq 1 "$block" "$schools" | xargs -P "${JOBS:-2}" -n 1 bash "$0" "$dir" "$schools"
