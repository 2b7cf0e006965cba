#!/usr/bin/env bash
# Proves that the README's two commands need nothing but git and the .NET SDK: runs them on a clone of HEAD in a
# minimal Debian 12 root. Needs root and debootstrap; where it cannot run it says so loudly and is no success.
#   bash tests/bare.sh          the demo for 60 s, twice (first and second start), then the tests
#   bash tests/bare.sh demo     only the demo
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

skip() {
  printf '\n*** SKIPPED: nothing was proven. %s ***\n' "$*" >&2
  exit 77
}

[ "$(id -u)" = 0 ] || skip 'tests/bare.sh needs root to make and enter a Debian root.'
command -v debootstrap >/dev/null || apt-get install -y --no-install-recommends debootstrap >/dev/null 2>&1 || skip 'debootstrap is missing and could not be installed.'
command -v dotnet >/dev/null || skip 'the .NET SDK is not on PATH.'

bare=$(mktemp -d /var/tmp/bare.XXXXXX)
# It becomes a root directory, which every user may enter.
chmod 755 "$bare"
end() {
  local pid
  # End what still runs inside the root, and nothing else.
  for pid in /proc/[0-9]*; do
    if [ "$(readlink "$pid/root" 2>/dev/null)" = "$bare" ]; then kill -9 "${pid#/proc/}" 2>/dev/null || true; fi
  done
  umount -l "$bare/usr/share/dotnet" "$bare/proc" "$bare/dev/shm" "$bare/dev/pts" "$bare/dev" "$bare/sys" 2>/dev/null || true
  mountpoint -q "$bare/dev" || mountpoint -q "$bare/proc" || rm -rf --one-file-system "$bare"
}
trap end EXIT

# The machine's own package source, whatever it is.
mirror=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null \
  | awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) { print $i; exit } }') || true
[ -n "$mirror" ] || skip 'no Debian package source found in /etc/apt.'
echo "Making a minimal Debian 12 root"
debootstrap --variant=minbase --include=git,ca-certificates,libssl3,libstdc++6,zlib1g bookworm "$bare" "$mirror" >"$bare.log" 2>&1 \
  || { tail -n 5 "$bare.log" >&2; rm -f "$bare.log"; skip 'debootstrap failed (its last words are above).'; }
rm -f "$bare.log"
mount -t proc proc "$bare/proc"
mount --bind /dev "$bare/dev"
mount -t devpts devpts "$bare/dev/pts" 2>/dev/null || true
[ -d /dev/shm ] && mount --bind /dev/shm "$bare/dev/shm"
mount --bind /sys "$bare/sys"

# The .NET SDK, and how this machine reaches its package registries: settings only, no packages.
mkdir -p "$bare/usr/share/dotnet"
mount --bind "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$bare/usr/share/dotnet"
ln -s ../share/dotnet/dotnet "$bare/usr/bin/dotnet"
for f in /etc/resolv.conf /etc/hosts /etc/npmrc /usr/etc/npmrc /root/.npmrc /root/.nuget/NuGet/NuGet.Config; do
  if [ -e "$f" ]; then mkdir -p "$bare$(dirname "$f")"; cp -L "$f" "$bare$f"; fi
done
cp -rL /etc/ssl/certs/. "$bare/etc/ssl/certs/" 2>/dev/null || true
rm -f "$bare/etc/apt/sources.list"
cp -r /etc/apt/sources.list.d/debian.sources "$bare/etc/apt/sources.list.d/" 2>/dev/null || cp /etc/apt/sources.list "$bare/etc/apt/"
for f in /etc/apt/apt.conf.d/*; do case $f in *docker*|*packagekit*|*appstream*|*autoremove*) ;; *) cp "$f" "$bare/etc/apt/apt.conf.d/" ;; esac; done

git clone --quiet --no-hardlinks "$ROOT" "$bare/root/field"
enter() {
  # A clean environment, but for how this machine trusts its registries.
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8 \
    ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE"} \
    ${SSL_CERT_DIR:+SSL_CERT_DIR="$SSL_CERT_DIR"} ${NUGET_CERT_REVOCATION_MODE:+NUGET_CERT_REVOCATION_MODE="$NUGET_CERT_REVOCATION_MODE"} \
    chroot "$bare" bash -c "cd /root/field && $1"
}

for start in first second; do
  began=$SECONDS
  echo "== bash hub/demo.sh --for 60s ($start start)"
  enter 'bash hub/demo.sh --for 60s' 2>&1 | while IFS= read -r line; do printf '%4d s  %s\n' $((SECONDS - began)) "$line"; done
done
if [ "${1:-}" != demo ]; then
  echo "== bash tests/run.sh"
  enter 'bash tests/run.sh'
fi
echo "proven in a minimal Debian 12 root"
