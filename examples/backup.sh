#!/usr/bin/env bash
# A nightly copy of a ledger under git: what changed is committed with what changed it, and the whole history goes into one
# file, which is read back before it counts. The copy holds everything the ledger does: keep it on an encrypted disk.
# backup.sh COPY.bundle [LEDGER]
set -euo pipefail
guanai=${GUANAI:-guanai}
copy=${1:?where to write the copy}
ledger=${2:-${GUANAI_DIR:-.}}
[ -d "$ledger/.git" ] || { git -C "$ledger" init -q -b main && "$guanai" -q -C "$ledger" git setup; }
git -C "$ledger" add -A
if ! git -C "$ledger" diff --cached --quiet; then
  # The commands since then are the words of the commit, and `undo --list` has the last one first.
  last=$("$guanai" -q -C "$ledger" undo --list --format csv | sed -n 2p)
  git -C "$ledger" commit -q -m "${last:-the ledger as it lies}"
fi
git -C "$ledger" bundle create -q "$copy" --all
restored=$(mktemp -d)
trap 'rm -rf "$restored"' EXIT
git clone -q "$copy" "$restored/ledger"
children() { "$guanai" -q -C "$1" student list --ids | sort; }
[ "$(children "$ledger")" = "$(children "$restored/ledger")" ] || { echo "the copy is not the ledger" >&2; exit 1; }
echo "$(children "$ledger" | wc -l | tr -d ' ') children in $copy"
