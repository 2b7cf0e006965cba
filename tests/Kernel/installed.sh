#!/usr/bin/env bash
# The packages under a real systemd, in the guest: installed, run, hung, killed, upgraded, purged. Called by tests/kernel.sh; alone:
#   bash tests/Kernel/installed.sh [DIR]     DIR: packages of build.sh for amd64; without it they are built
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/hub/setup.sh"
. "$ROOT/tests/Kernel/guest.sh"
need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1 /lib/systemd/systemd=systemd udevadm=udev debconf-set-selections=debconf dpkg-deb=dpkg
field=$(mktemp -d "${TMPDIR:-/tmp}/field-installed.XXXXXX")
trap 'rm -rf "$field"' EXIT
if [ $# -gt 0 ]; then cp "$1"/field-{agent,hub}_0.1.0_amd64.deb "$field/"
else quietly bash "$ROOT/firmware-config/packaging/build.sh" --arch amd64 --version 0.1.0 --out "$field"
fi

# repack DEB VERSION: the same under another version.
repack() {
  dpkg-deb -R "$1" "$field/tree"
  sed -i "s/^Version: .*/Version: $2/" "$field/tree/DEBIAN/control"
  dpkg-deb --root-owner-group -Znone -b "$field/tree" "$field/$(basename "$1" | sed "s/_0\.1\.0_/_$2_/")" >/dev/null
  rm -rf "$field/tree"
}
repack "$field/field-agent_0.1.0_amd64.deb" 0.1.1
# The runtime is this machine's own: what runtime.sh packs is tested apart, and 100 MB of memory are spared.
mkdir -p "$field/tree/DEBIAN" "$field/tree/usr/lib/field-runtime"
printf 'Package: field-runtime\nVersion: 10.0.12\nArchitecture: amd64\nMaintainer: tests <field@example.org>\nDescription: stand-in\n' >"$field/tree/DEBIAN/control"
ln -s "$(readlink -f "$(command -v dotnet)")" "$field/tree/usr/lib/field-runtime/dotnet"
dpkg-deb --root-owner-group -Znone -b "$field/tree" "$field/field-runtime_10.0.12_amd64.deb" >/dev/null
rm -rf "$field/tree"
cat >"$field/agent.json" <<'JSON'
{
  "Vehicle": { "Id": "unit-214", "Jurisdiction": "cambridge-ma", "Kind": "Crewed", "Data": "/var/lib/field-agent/data" },
  "Link": { "Host": "127.0.0.1", "Port": 18830 },
  "Console": { "Port": 8311, "PageFolder": "page" }
}
JSON
cp "$ROOT/tests/Kernel/inside.sh" "$field/"
chmod -R a+rX "$field"
timeout "${FIELD_INSTALLED_SECONDS:-900}" bash "$ROOT/tests/Kernel/boot.sh" --memory 1800M --first "$ROOT/tests/Kernel/systemd.sh" FIELD="/run/host$field"
