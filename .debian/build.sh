#!/usr/bin/env bash
# Makes the Debian package of this tree and prints where it lies: .debian/build.sh [--binary FILE] [--store] [FOLDER]
# It lies in FOLDER, or target/debian. --binary takes a program that is built already, --store does not compress.
#
# Plain dpkg-deb, and neither cargo-deb nor debhelper: man pages and completions come out of the program itself, after it
# is built, and dpkg-dev is at hand wherever packages are made.
#
# The same tree and the same compiler give the same bytes, wherever they lie: days come from the changelog (or
# SOURCE_DATE_EPOCH), the folders of whoever builds are taken out of the program, and dpkg-deb sorts the files.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
binary=
compression=()
while [[ ${1:-} == --* ]]; do
  case $1 in
    --binary) binary=$(realpath "$2"); shift 2 ;;
    --store) compression=(-Znone); shift ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
done
out=$(realpath -m "${1:-${CARGO_TARGET_DIR:-$home/target}/debian}")
umask 022
export LC_ALL=C.UTF-8 TZ=UTC

log=$(dpkg-parsechangelog -l "$home/.debian/changelog")
changelog() { sed -n "s/^$1: //p" <<< "$log"; }
version=$(changelog Version)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(changelog Timestamp)}
export SOURCE_DATE_EPOCH
grep -qx "version = \"$version\"" "$home/Cargo.toml" || { echo "Cargo.toml and .debian/changelog differ: $version" >&2; exit 1; }

if [ -z "$binary" ]; then
  # A folder of its own for each day: a crate that is linked in (rust-embed) keeps that day, and cargo does not see it change.
  target=$(realpath -m "${CARGO_TARGET_DIR:-$home/target}/debian/$SOURCE_DATE_EPOCH")
  flags=("--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo" "--remap-path-prefix=$home=/guanai" "--remap-path-prefix=$target=/guanai/target")
  CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}") \
    cargo build --release --locked --manifest-path "$home/Cargo.toml" --target-dir "$target" >&2
  binary=$target/release/guanai
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/debian/guanai
share=$tree/usr/share
doc=$share/doc/guanai
cd "$home"
put() { install -D -m 644 "$1" "$2"; }

install -D -m 755 "$binary" "$tree/usr/bin/guanai"
strip --remove-section=.comment "$tree/usr/bin/guanai"
run() { env -i "$tree/usr/bin/guanai" "$@"; }

run --lang en man "$share/man/man1"
run --lang zh man "$share/man/zh_CN/man1"
find "$share/man" -name '*.1' -exec gzip -9n {} +

mkdir -p "$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"
run completions bash > "$share/bash-completion/completions/guanai"
run completions zsh > "$share/zsh/vendor-completions/_guanai"
run completions fish > "$share/fish/vendor_completions.d/guanai.fish"

# The documents stand to each other as in the source, so that their links lead somewhere.
for file in README.md README.zh-CN.md docs/* benches/README.md; do put "$file" "$doc/$file"; done
for file in examples/* examples/county/*; do
  # Two of them show their work on spreadsheets of the tests, which no package has.
  if [ ! -f "$file" ] || grep -q tests/forms "$file"; then continue; fi
  install -D -m "$([ -x "$file" ] && echo 755 || echo 644)" "$file" "$doc/$file"
done
put .debian/copyright "$doc/copyright"
put .debian/changelog "$doc/changelog"
gzip -9n "$doc/changelog"
# What is linked into the program: name, version, licence and home of each crate.
cargo tree --offline --locked -e normal,no-proc-macro --prefix none -f '{p} · {l} · {r}' |
  sed -e '/^guanai v/d' -e 's/ (\*)$//' | sort -u > "$doc/crates"
gzip -9n "$doc/crates"

# What it needs to run is read from the program.
mkdir "$tree/DEBIAN"
printf 'Source: guanai\n\nPackage: guanai\nArchitecture: any\n' > "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O -e"$tree/usr/bin/guanai" | sed -n 's/^shlibs:Depends=//p')

# In KiB, each file rounded up and each folder counted as one, as dpkg-gencontrol does.
size=$(find "$tree/usr" -printf '%y %s\n' | awk '$1 == "f" { k += int(($2 + 1023) / 1024); next } { k += 1 } END { print k }')
cat > "$tree/DEBIAN/control" <<CONTROL
Package: guanai
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: $(changelog Maintainer)
Installed-Size: $size
Depends: $depends
Suggests: git, less, man-db, bash-completion
Section: education
Priority: optional
Description: record keeper for a school's care of its left-behind children
 One file for each child, logs of every visit, call, lesson, score and yuan,
 who is at risk today and why, what the work plans still owe, letters home, and
 the term's summary. What is confidential is sealed. Everything lies in a folder
 of TOML and CSV that people can read and git can keep.
 .
 It speaks Chinese, and English where it is asked to.
CONTROL
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

mkdir -p "$out"
package=$out/guanai_${version}_$(dpkg --print-architecture).deb
dpkg-deb --root-owner-group "${compression[@]}" --build "$tree" "$package" >&2
echo "$package"
