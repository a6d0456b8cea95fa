#!/usr/bin/env bash
# The week before an inspection: errors first, then what the plans still owe, then the binder. Stops where `check` finds an
# error, as a binder of a damaged ledger would be wrong; says by its exit code whether the plans stand below ENOUGH per cent.
# inspection.sh FOLDER [LEDGER]
set -euo pipefail
guanai=${GUANAI:-guanai}
folder=${1:?where the binder goes}
ledger=${2:-${GUANAI_DIR:-.}}
in_ledger() { "$guanai" -q -C "$ledger" "$@"; }
say() { printf '\n== %s\n' "$*"; }

say "Errors"
if ! found=$(in_ledger check --format csv); then
  printf '%s\n' "$found" | grep '^error' || true
  echo "mend these first" >&2
  exit 1
fi
echo none

say "What the plans still owe, by whose work it is"
in_ledger plan status --by owner

say "The binder"
"$guanai" -C "$ledger" report binder "$folder" --replace
find "$folder" -type f | wc -l

say "At least ${ENOUGH:-80} per cent?"
in_ledger plan status --by plan --fail-below "${ENOUGH:-80}"
