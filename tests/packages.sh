#!/usr/bin/env bash
# Builds the Debian packages and holds them to what they promise. Last line: N passed, N failed[, N skipped].
#   bash tests/packages.sh          with the packages in artifacts/tested, built when they are older than what is in them (about a minute)
#   bash tests/packages.sh DIR      with the packages in DIR
# What needs a running systemd (install, hang, upgrade, purge) is tests/Kernel/inside.sh and runs in the guest of tests/kernel.sh.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"
packaging=$ROOT/firmware-config/packaging
passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/packages-test.XXXXXX")
trap 'rm -rf "$work"' EXIT

# check NAME COMMAND …: one test; what it says is shown when it fails.
check() {
  local name=$1 log=$work/log
  shift
  if ("$@") >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "  Passed $name"
  else
    failed=$((failed + 1))
    echo "  Failed $name"
    tail -n 40 "$log"
  fi
}

need_packages lintian=lintian dpkg-deb=dpkg dh=debhelper dpkg-architecture=dpkg-dev systemd-analyze=systemd file=file readelf=binutils
if [ $# -gt 0 ]; then out=$(cd "$1" && pwd)
else
  build_packages
  out=$ROOT/artifacts/tested
fi
agent=("$out"/field-agent_*_arm64.deb "$out"/field-agent_*_amd64.deb) hub=("$out"/field-hub_*_arm64.deb "$out"/field-hub_*_amd64.deb)
root=$work/root
mkdir -p "$root"
for deb in "${agent[1]}" "${hub[1]}"; do dpkg-deb -x "$deb" "$root"; done
. "$ROOT/tests/Native/arm64.sh"
. "$ROOT/tests/packages-root.sh"

# The same commit in another folder, without its history, gives the same bytes.
Building_again_elsewhere_gives_the_same_bytes() {
  local other=$work/elsewhere version
  mkdir -p "$other"
  (cd "$ROOT" && git ls-files -z -- edge firmware-config hub/setup.sh hub/Cities dashboards '*.props' global.json BannedSymbols.txt .editorconfig \
    | tar --null --ignore-failed-read -cf - -T - dashboards/crew/dist dashboards/dispatch/dist dashboards/basemap/dist) | tar -xf - -C "$other"
  find "$other/dashboards" -name .built -exec touch {} +
  version=$(dpkg-deb -f "${agent[0]}" Version)
  TMPDIR=$work SOURCE_DATE_EPOCH=$(cat "$out/.built" 2>/dev/null || git -C "$ROOT" log -1 --format=%ct) bash "$other/firmware-config/packaging/build.sh" --only agent --version "$version" --out "$work/again" || return 1
  local file
  for file in "$work/again"/*; do cmp "$file" "$out/$(basename "$file")" || return 1; done
}

Lintian_finds_nothing() {
  lintian --allow-root --fail-on error,warning --tag-display-limit 0 "${agent[@]}" "${hub[@]}" "$work"/runtime/*.deb
}

An_override_has_a_reason() {
  local file line before
  for file in "$packaging"/*/debian/*.lintian-overrides; do
    before=''
    while IFS= read -r line; do
      case $line in '#'*) before=yes ;; *) [ -n "$before" ] || { echo "$file: $line"; return 1; } ;; esac
    done <"$file"
  done
}

Programs_are_portable_and_bring_no_symbols() {
  local deb list
  for deb in "${agent[@]}" "${hub[@]}"; do
    list=$(dpkg-deb -c "$deb")
    ! grep -E '\.pdb$|/field-(agent|hub)$' <<<"$list" | grep -v 'usr/bin/\|lintian\|doc\|etc\|completions\|share/field-hub/$\|/$' || return 1
  done
  grep -q '"System.GC.Server": true' "$root"/usr/lib/field-agent/*.runtimeconfig.json && return 1
  return 0
}

Native_libraries_are_of_the_packages_architecture() {
  local pair deb tree library
  for pair in "AArch64:${hub[0]}" "X86-64:${hub[1]}"; do
    deb=${pair#*:} tree=$work/native
    rm -rf "$tree"
    dpkg-deb -x "$deb" "$tree"
    [ "$(find "$tree" -name '*.so' | wc -l)" = 1 ] || return 1
    library=$(find "$tree" -name 'libe_sqlite3.so')
    readelf -h "$library" | grep -E "Machine:.*${pair%%:*}" || return 1
  done
  # The agent brings none and names Debian's.
  for deb in "${agent[@]}"; do
    ! dpkg-deb -c "$deb" | grep '\.so' || return 1
    dpkg-deb -f "$deb" Depends | grep libmosquitto1 || return 1
  done
}

Programs_start_from_the_package() {
  dotnet "$root/usr/lib/field-agent/field-agent.dll" --help && dotnet "$root/usr/lib/field-hub/field-hub.dll" --help && "$root/usr/lib/field-agent/launch" --help
}

Packages_hold_no_path_of_the_builder() {
  ! grep -rlF "$ROOT" "$root"/usr/lib/field-agent "$root"/usr/lib/field-hub
}

# Programs that units name must be there to be verified.
units() {
  local tree=$work/units
  rm -rf "$tree"
  mkdir -p "$tree"
  cp -r "$root/." "$tree/"
  mkdir -p "$tree/usr/lib/systemd" "$tree/usr/bin" "$tree/etc/systemd/system"
  cp -r /lib/systemd/system "$tree/usr/lib/systemd/"
  cp "$root"/lib/systemd/system/* "$tree/usr/lib/systemd/system/"
  local program
  for program in rm systemctl; do printf '#!/bin/sh\n' >"$tree/usr/bin/$program"; chmod 755 "$tree/usr/bin/$program"; done
  echo "$tree"
}

Units_verify() {
  local tree unit said
  tree=$(units)
  for unit in field-agent.service field-agent-power.path field-agent-power.service field-hub.service; do
    said=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no --root="$tree" "$unit" 2>&1 | grep -F field-)
    [ -z "$said" ] || { echo "$said"; return 1; }
  done
}

# exposure UNIT: systemd's figure times ten.
exposure() { systemd-analyze security --offline=true --root="$root" --no-pager "$1" 2>/dev/null | sed -n 's/.*exposure level for .*: \([0-9]*\)\.\([0-9]\).*/\1\2/p'; }

Units_are_exposed_by_two_at_most() {
  local unit figure
  for unit in field-agent.service field-hub.service; do
    figure=$(exposure "$unit")
    echo "$unit $figure"
    [ -n "$figure" ] && [ "$figure" -le 20 ] || return 1
  done
}

# systemd changes modes over links, and folders in a state folder are its user's to replace; tmpfiles makes them.
Units_make_no_folder_where_their_user_may_write() {
  local unit
  for unit in "$packaging"/*/debian/*.service; do ! grep -E '^(State|Cache|Logs|Runtime)Directory=.*/' "$unit" || return 1; done
  grep -q '^d /var/lib/field-agent/versions 0700' "$packaging/agent/debian/field-agent.tmpfiles"
}

The_watchdog_kills_for_certain() {
  local unit=$root/lib/systemd/system/field-agent.service line
  for line in Type=notify WatchdogSignal=SIGKILL LimitCORE=0 CapabilityBoundingSet= ProtectSystem=strict DevicePolicy=closed Restart=always; do grep -qx "$line" "$unit" || { echo "$line"; return 1; }; done
  grep -q '^WatchdogSec=' "$unit"
}

Users_and_folders_are_made() {
  local tree=$work/made
  mkdir -p "$tree/etc"
  cp -r "$root/usr" "$tree/usr"
  cp -r "$root/etc/." "$tree/etc/"
  systemd-sysusers --root="$tree" field-agent.conf field-hub.conf || return 1
  systemd-tmpfiles --root="$tree" --create field-agent.conf field-hub.conf || return 1
  grep -q '^field-agent:x:.*:/usr/sbin/nologin$' "$tree/etc/passwd" || return 1
  grep -q '^field-hub:x:' "$tree/etc/passwd" || return 1
  [ "$(grep -cE '^(dialout|input|gpio|i2c):.*[:,]field-agent(,|$)' "$tree/etc/group")" = 4 ] || return 1
  [ "$(stat -c '%a' "$tree/var/lib/field-agent/identity")" = 700 ] || return 1
  [ "$(stat -c '%a %u' "$tree/var/lib/field-hub")" = "700 $(sed -n 's/^field-hub:x:\([0-9]*\).*/\1/p' "$tree/etc/passwd")" ] || return 1
  [ "$(stat -c '%a' "$tree/etc/field-hub/field-hub.json")" = 640 ]
}

# A small stand-in for Microsoft's tarball: this machine's host program and one library of each framework.
runtime_tarball() {
  local dotnet version tree=$work/runtime-tree
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  version=$(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \([^ ]*\).*/\1/p' | tail -n 1)
  mkdir -p "$tree/shared/Microsoft.AspNetCore.App/$version" "$tree/shared/Microsoft.NETCore.App/$version"
  cp "$dotnet/dotnet" "$tree/"
  cp -r "$dotnet/host" "$tree/"
  cp "$dotnet/shared/Microsoft.AspNetCore.App/$version/Microsoft.AspNetCore.dll" "$tree/shared/Microsoft.AspNetCore.App/$version/"
  cp "$dotnet/shared/Microsoft.NETCore.App/$version/"{System.Runtime.dll,libSystem.Native.so} "$tree/shared/Microsoft.NETCore.App/$version/"
  tar -C "$tree" -czf "$work/aspnetcore-runtime-$version-linux-x64.tar.gz" .
  echo "$work/aspnetcore-runtime-$version-linux-x64.tar.gz"
}

A_runtime_is_packed_from_the_pinned_tarball() {
  (cd "$work" && sha512sum "$(basename "$tarball")" >pins)
  mkdir -p "$work/runtime-again"
  bash "$packaging/runtime.sh" --arch amd64 --tarball "$tarball" --pins "$work/pins" --out "$work/runtime" || return 1
  bash "$packaging/runtime.sh" --arch amd64 --tarball "$tarball" --pins "$work/pins" --out "$work/runtime-again" || return 1
  cmp "$work"/runtime/*.deb "$work"/runtime-again/*.deb || return 1
  dpkg-deb -c "$work"/runtime/*.deb | grep -E '^-rwxr-xr-x .* \./usr/lib/field-runtime/dotnet$'
}

A_tarball_that_is_not_the_pinned_one_is_refused() {
  ! bash "$packaging/runtime.sh" --arch amd64 --tarball "$tarball" --out "$work/never" && [ ! -e "$work/never" ]
}

Both_architectures_of_the_runtime_are_pinned() {
  local rid
  for rid in linux-arm64 linux-x64; do grep -qE "^[0-9a-f]{128}  aspnetcore-runtime-10\.[0-9.]+-$rid\.tar\.gz$" "$packaging/runtime.sha512" || return 1; done
}

The_container_runs_as_the_hubs_user() {
  local file=$packaging/Containerfile
  # The last USER is not root, comes after everything that needs it, and nothing is fetched but by apt.
  [ "$(grep -E '^USER ' "$file" | tail -n 1)" = 'USER field-hub' ] || return 1
  [ "$(grep -nE '^(RUN|COPY)' "$file" | tail -n 1 | cut -d: -f1)" -lt "$(grep -nE '^USER ' "$file" | tail -n 1 | cut -d: -f1)" ] || return 1
  ! grep -nE '^ADD |curl|wget|:latest|--privileged|(PASSWORD|SECRET|TOKEN|KEY)=' "$file" || return 1
  grep -qE '^FROM ' "$file" && grep -qE '^ENTRYPOINT \[' "$file" && grep -qE '^CMD \[' "$file" && grep -qE '^VOLUME ' "$file"
}

The_command_completes() {
  bash -c ". '$root/usr/share/bash-completion/completions/field-agent'; COMP_WORDS=(field-agent st) COMP_CWORD=1; _field_agent; [ \"\${COMPREPLY[*]}\" = status ]"
}

tarball=$(runtime_tarball)
mkdir -p "$work/runtime" "$work/runtime-again"
check A_runtime_is_packed_from_the_pinned_tarball A_runtime_is_packed_from_the_pinned_tarball
for name in $(declare -F | awk '$3 ~ /^[A-Z]/ { print $3 }'); do
  [ "$name" = A_runtime_is_packed_from_the_pinned_tarball ] || check "$name" "$name"
done
if [ $skipped -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"
else echo "$passed passed, $failed failed"; fi
[ $failed -eq 0 ]
