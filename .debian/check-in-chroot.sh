#!/usr/bin/env bash
# Puts a package into a Debian that has nothing else in it, uses it there as a teacher would, and takes it away again:
# .debian/check-in-chroot.sh PACKAGE.deb [FOLDER]
#
# Needs root, debootstrap and a mirror (MIRROR=…, else debootstrap's own; SUITE=…, else bookworm). The system is made in
# FOLDER, which must not be there yet, and is deleted at the end, unless KEEP=1. The package itself is built outside: the
# Rust of that Debian is older than the program asks for.
set -euo pipefail
package=$(realpath "${1:?a package}")
root=$(realpath -m "${2:-$(mktemp -u -d)}")
suite=${SUITE:-bookworm}
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 2; }
[ ! -e "$root" ] || { echo "$root is there already" >&2; exit 2; }

step() { printf '\n== %s\n' "$*"; }
fail() { echo "failed: $*" >&2; exit 1; }
within() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# A command of a teacher, who is not root and has a home.
teacher() { within su teacher -s /bin/bash -c "export LANG=C.UTF-8; cd; $1"; }
# Quiet, but for what goes wrong.
apt() { within apt-get -qq -y -o Dpkg::Use-Pty=0 -o APT::Install-Recommends=false "$@" > "$root/tmp/apt.log" 2>&1 || { cat "$root/tmp/apt.log"; fail "apt-get $*"; }; }
# What lies in the system, but for what the package manager writes about itself, caches, and homes.
files() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./home -o -path ./var/lib/dpkg \
    -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune -o -print | sort)
}
clean() {
  for point in proc dev/null; do ! mountpoint -q "$root/$point" || umount "$root/$point"; done
  [ -n "${KEEP:-}" ] || rm -rf --one-file-system "$root"
}
trap clean EXIT

step "A minimal $suite"
debootstrap --variant=minbase "$suite" "$root" ${MIRROR:+"$MIRROR"} > "$root.log" 2>&1 || { tail "$root.log"; fail debootstrap; }
rm "$root.log"
mount -t proc proc "$root/proc"
# A minimal system leaves manuals out where its maker said so; this one is to have them.
rm -f "$root"/etc/dpkg/dpkg.cfg.d/*docker* "$root"/etc/dpkg/dpkg.cfg.d/excludes
apt update
apt install man-db bash-completion locales
within localedef -i zh_CN -f UTF-8 zh_CN.UTF-8
within useradd --create-home teacher
before=$(files)

step "Installed, with what it depends on"
cp "$package" "$root/tmp/guanai.deb"
apt install /tmp/guanai.deb
within dpkg-query -W -f '${Package} ${Version} ${Status}\n' guanai libc6 libgcc-s1
[ -z "$(within dpkg --verify guanai)" ] || fail "files are not as the package has them"
! within ldd /usr/bin/guanai | grep 'not found' || fail "a library is missing"

step "A school, and whom to look after in it"
teacher 'guanai --version && guanai demo school > tour.txt && tail -3 tour.txt'
teacher 'cd school && guanai risk --format csv > risk.csv; wc -l < risk.csv; [ "$(wc -l < risk.csv)" -gt 1 ]' || fail risk
teacher 'cd school && guanai check > /dev/null' || fail "check of an invented school"
teacher 'cd school && guanai report term --out summary.docx > /dev/null && test -s summary.docx' || fail "report term"

step "Manuals"
[ "$(teacher 'man -w guanai')" = /usr/share/man/man1/guanai.1.gz ] || fail "man finds no page"
teacher 'man guanai 2> /dev/null | head -5'
teacher 'LANG=zh_CN.UTF-8 man guanai 2> /dev/null | head -5' | tee "$root/tmp/shown"
grep -q 关爱台账 "$root/tmp/shown" || fail "a Chinese reader gets no Chinese page"
for page in "$root"/usr/share/man/man1/guanai*.1.gz; do
  name=$(basename "$page" .1.gz)
  for lang in C.UTF-8 zh_CN.UTF-8; do
    # A line of Chinese words has few blanks to break or to widen at: a ragged or long one is no fault.
    said=$(teacher "LANG=$lang man --warnings $name 2>&1 > /dev/null" | grep -v "cannot adjust line\|can't break line" || true)
    [ -z "$said" ] || fail "$name in $lang: $said"
  done
done
echo "$(ls "$root"/usr/share/man/man1/guanai*.1.gz | wc -l) pages are set without a warning, each in both languages"
teacher 'man -k "^guanai-risk"'

step "Completion in bash"
teacher 'cd school && bash -c "
  . /usr/share/bash-completion/bash_completion
  _completion_loader guanai
  complete -p guanai
  COMP_WORDS=(guanai log add home-v) COMP_CWORD=3 COMP_TYPE=9
  _clap_complete_guanai guanai home-v add 2> /dev/null
  printf \"%s\n\" \"\${COMPREPLY[@]}\"
"' | tee "$root/tmp/completed"
grep -q home-visit "$root/tmp/completed" || fail "no kind was completed"

step "Taken away"
apt purge guanai
rm -f "$root"/tmp/*
after=$(files)
[ "$before" = "$after" ] || { diff <(echo "$before") <(echo "$after") || true; fail "something is left behind"; }
! within dpkg -s guanai > /dev/null 2>&1 || fail "the package manager still knows it"
[ -z "$(find "$root/var/lib/dpkg/info" -name 'guanai*')" ] || fail "its scripts are left"
teacher 'test -s school/guanai.toml' || fail "the records of the school went with it"
echo "all is as before; the school's own records are still there"
