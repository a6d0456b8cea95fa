#!/usr/bin/env bash
# A term from the shell: a census in, a week of records, Monday's list, the term summary out.
# The binary is guanai, or what the variable GUANAI names; the spreadsheets are the forms of the tests.
set -euo pipefail
guanai=${GUANAI:-guanai}
forms=${FORMS:-$(cd "$(dirname "$0")/../tests/forms" && pwd)}
ledger=$(mktemp -d)
trap 'rm -rf "$ledger"' EXIT
cd "$ledger"
say() { printf '\n== %s\n' "$*"; }

say "A new ledger, and the bureau's census"
"$guanai" init . --name 青石镇中心小学
"$guanai" --as-of 2026-09-10 import census "$forms/01-civil-affairs.xlsx" | tail -3

say "The same census again changes nothing"
"$guanai" --as-of 2026-09-10 import census "$forms/01-civil-affairs.xlsx"

export GUANAI_AS_OF=2026-09-18
say "A safety lesson for a class, less one who was ill"
"$guanai" log add safety-lesson class:2026-1 --absent 易怡子 topic=防溺水 --staff 刘老师 --date 2026-09-14

say "A visit that finds a problem, which opens a follow-up"
"$guanai" log add home-visit 侯浩辉 met=爷爷 environment=一般 problem=没有书桌 --staff 刘老师 --date 2026-09-15

say "A call with the parents of every child of grade 4, from a list of ids"
"$guanai" student list --grade 4 --ids | "$guanai" log add family-call - way=视频 with=父母 mood=好 --date 2026-09-16

say "Several records as one change set"
cat > week.txt <<'LINES'
# one command a line
log add patrol area=东围墙 hazard=围墙有缺口 --date 2026-09-17 --staff 王老师
log add guardian-contact 范梓山 way=电话 topic=安全 --date 2026-09-17
followup add wish 康霞敏 --what 想要一个书包 --date 2026-09-17
LINES
"$guanai" batch week.txt

say "Monday's list: at risk and untouched, and what is due"
export GUANAI_AS_OF=2026-09-21
"$guanai" risk --untouched 10 | head -8
"$guanai" due --days 7 | head -8

say "Next term's census: who came, changed and is gone"
"$guanai" import census "$forms/09-next-term.xlsx" --format csv | cut -d, -f1 | sort | uniq -c

say "The summary, and whether all is well"
"$guanai" report term --out summary.docx
"$guanai" report term --out summary.html
ls summary.docx summary.html
"$guanai" check --format jsonl | cut -d, -f2 | sort | uniq -c

say "The census is taken back in one step"
"$guanai" undo
