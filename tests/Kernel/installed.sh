#!/usr/bin/env bash
# The packages under a real systemd, in the guest: installed, run, hung, killed, upgraded, purged. Called by tests/kernel.sh; alone:
#   bash tests/Kernel/installed.sh [DIR]     DIR: packages of build.sh for amd64, version 0.1.0; without it those that tests/packages.sh tests
# WATCHDOG=60: the hang with the package's own time instead of 12 s. Exit code 3: nothing was tested, for the reason in the last line.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/hub/setup.sh"
. "$ROOT/tests/Kernel/guest.sh"
(need_packages curl=curl mosquitto=mosquitto libmosquitto.so.1=libmosquitto1 /lib/systemd/systemd=systemd udevadm=udev debconf-set-selections=debconf \
  dpkg-deb=dpkg dh=debhelper dpkg-architecture=dpkg-dev) || { say 'the tools for Debian packages are missing'; exit 3; }
guest_is_cached || { say 'no guest is cached (bash tests/kernel.sh --build)'; exit 3; }
field=$(mktemp -d "${TMPDIR:-/tmp}/field-installed.XXXXXX")
trap 'rm -rf "$field"' EXIT
if [ $# -eq 0 ]; then
  build_packages
  set -- "$ROOT/artifacts/tested"
fi
cp "$1"/field-{agent,hub}_0.1.0_amd64.deb "$field/" || exit 1

# repack DEB VERSION: the same under another version.
repack() {
  dpkg-deb -R "$1" "$field/tree"
  sed -i "s/^Version: .*/Version: $2/" "$field/tree/DEBIAN/control"
  echo "$2" >"$field/tree/usr/lib/field-agent/version"
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
# The kernel's test supply is the ignition.
sed 's|^  "Link"|  "Ignition": { "Source": "power_supply:test_ac", "SettleSeconds": 0.1, "HoldUpMinutes": 0, "FinishMinutes": 0, "PowerOffFile": "/run/field-agent/power-off" },\n&|' "$field/agent.json" >"$field/ignition.json"
# The guest's list of packages has what these need and no more: reading the whole machine's takes longer than to install.
# shellcheck disable=SC2046
dpkg-query -s dpkg $(for deb in "$field"/*.deb; do dpkg-deb -f "$deb" Depends; dpkg-deb -f "$deb" Pre-Depends; done | tr ',|' '\n\n' | awk 'NF { print $1 }' | sort -u) >"$field/status" 2>/dev/null
cp "$ROOT"/tests/Kernel/{inside.sh,again.pl} "$field/"
chmod -R a+rX "$field"
timeout "${FIELD_INSTALLED_SECONDS:-1200}" bash "$ROOT/tests/Kernel/boot.sh" --memory 1800M --first "$ROOT/tests/Kernel/systemd.sh" FIELD="/run/host$field" \
  ${WATCHDOG:+WATCHDOG="$WATCHDOG"} | tee "$field/said"
grep -q '^GUEST_EXIT=0' "$field/said"
