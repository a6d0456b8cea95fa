#!/usr/bin/env bash
# The bureau's own template, filled from the ledger: the sheet keeps its title, its columns and its look. It has names and
# whole numbers, so that who takes it away and why goes into the register of disclosures.
# bureau-template.sh TEMPLATE.xlsx OUT.xlsx [LEDGER]
set -euo pipefail
guanai=${GUANAI:-guanai}
template=${1:?the template}
out=${2:?where to write it}
ledger=${3:-${GUANAI_DIR:-.}}
"$guanai" -C "$ledger" report roster --like "$template" --out "$out" --names --reveal --to "${TO:-bureau}" --reason "${REASON:-yearly census}"
# What the sheet says of how many it lists, for whoever signs it.
"$guanai" -q -C "$ledger" report statistics civil-affairs --format csv | sed -n 2p | cut -d, -f1,2
