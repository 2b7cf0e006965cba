#!/usr/bin/env bash
# Packs Microsoft's ASP.NET Core runtime, as it comes, for cities whose Debian has none: field-runtime_V_ARCH.deb.
#   bash firmware-config/packaging/runtime.sh [--arch arm64|amd64] [--tarball FILE] [--pins FILE] [--out DIR]
# The tarball is pinned by SHA-512 in runtime.sha512 (from Microsoft's release notes, release-notes/10.0 of github.com/dotnet/core);
# without --tarball it is downloaded from Microsoft. Another version: another line there.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$ROOT/hub/setup.sh"
umask 022
export LC_ALL=C TZ=UTC

arch=arm64 tarball='' pins=$HERE/runtime.sha512 out=$ROOT/artifacts/packages
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { case $1 in --help | -h) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;; esac; stop "$1 needs a value; see --help"; }
  case $1 in
    --arch) case $2 in arm64 | amd64) arch=$2 ;; *) stop "--arch $2 is not known: arm64 or amd64" ;; esac ;;
    --tarball) tarball=$2 ;;
    --pins) pins=$2 ;;
    --out) out=$2 ;;
    *) stop "Unknown option $1; see --help" ;;
  esac
  shift 2
done
case $arch in arm64) rid=linux-arm64 ;; amd64) rid=linux-x64 ;; esac
pin=$(grep -E "^[0-9a-f]{128}  aspnetcore-runtime-[0-9.]+-$rid\.tar\.gz$" "$pins" | tail -n 1) || stop "$pins has no SHA-512 of an aspnetcore-runtime for $rid"
hash=${pin%% *} file=${pin##* }
version=${file#aspnetcore-runtime-} version=${version%-"$rid".tar.gz}

need_packages dpkg-deb=dpkg dh=debhelper dpkg-architecture=dpkg-dev
work=$(mktemp -d "${TMPDIR:-/tmp}/field-package.XXXXXX")
trap 'rm -rf "$work"' EXIT
if [ -z "$tarball" ]; then
  command -v curl >/dev/null || need_packages curl=curl
  tarball=$work/$file
  say "Downloading $file from Microsoft"
  curl -fsSL --retry 3 --proto '=https' -o "$tarball" "https://builds.dotnet.microsoft.com/dotnet/aspnetcore/Runtime/$version/$file" \
    || stop "the download failed: bring the tarball from another machine and name it with --tarball"
fi
# Checked before anything in it is unpacked.
echo "$hash  $tarball" | sha512sum --check --status || stop "$tarball is not the pinned $file: its SHA-512 is $(sha512sum "$tarball" | cut -c1-16)…, $pins says ${hash:0:16}…"

tree=$work/tree
mkdir -p "$tree/runtime" "$out"
out=$(cd "$out" && pwd)
tar -xzf "$tarball" -C "$tree/runtime" --no-same-owner --no-same-permissions
[ -f "$tree/runtime/dotnet" ] && [ -d "$tree/runtime/shared/Microsoft.AspNetCore.App" ] || stop "$tarball holds no ASP.NET Core runtime"
# The date of what is packed, so that two packings give the same bytes.
SOURCE_DATE_EPOCH=$(stat -c %Y "$tree/runtime/dotnet")
export SOURCE_DATE_EPOCH
cp -r "$HERE/runtime/debian" "$tree/debian"
bash "$HERE/changelog.sh" field-runtime "$version" "$SOURCE_DATE_EPOCH" >"$tree/debian/changelog"
chmod 755 "$tree/debian/rules"
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$tree" && quietly env DEB_RULES_REQUIRES_ROOT=no DEB_BUILD_OPTIONS=nostrip CC=true dpkg-architecture -a "$arch" -f --command "make -f debian/rules binary")
mv "$work"/field-runtime_*.deb "$out/"
(cd "$out" && sha256sum "field-runtime_${version}_$arch.deb")
