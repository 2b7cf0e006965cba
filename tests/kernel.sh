#!/usr/bin/env bash
# Tests of sensors, pins, power and disk on a real kernel: a User-Mode Linux guest made from Debian's kernel source, run without any right.
#   bash tests/kernel.sh                  all of them; builds the guest when it is not cached. Last line: N passed, N failed, N skipped
#   bash tests/kernel.sh --build          only builds the guest, when it is not cached
#   bash tests/kernel.sh --no-build …     with what is built of the tests
#   bash tests/kernel.sh --wear MINUTES   drives so long and says what that wrote to the disk, an hour
#   bash tests/kernel.sh --only WORD      only tests whose name begins so; Installed: only the packages under systemd (tests/Kernel/inside.sh)
#   bash tests/kernel.sh --help
# FIELD_KERNEL=cached: a guest that is not cached is not built, and every test counts as skipped, by name; FIELD_KERNEL=off: so they do always.
# FIELD_KERNEL_BUILD_SECONDS: how long a build may take (1800). Cache: ${XDG_CACHE_HOME:-~/.cache}/threeoneone-field/kernel, named by the hash
# of tests/Kernel/guest.config, tests/Kernel/chips and the version of Debian's kernel source; nothing of either is in the repository.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"
. "$ROOT/tests/Kernel/guest.sh"
cd "$ROOT" || exit 1

build=yes only='' configuration=Release
while [ $# -gt 0 ]; do
  case $1 in
    --build) if guest_is_cached; then say "Cached: $(guest_folder)"; else guest_build; fi; exit ;;
    --no-build) build='' ;;
    --wear) export FIELD_DRIVE_SECONDS=$((${2:?} * 60)); only=ReadOnlyRoot; shift ;;
    --debug) configuration=Debug ;;
    --only) only=${2:?}; shift ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; [ "$1" = --help ]; exit ;;
  esac
  shift
done

need_dotnet
project=tests/Kernel.Tests/Kernel.Tests.csproj built=tests/Kernel.Tests/bin/$configuration/net10.0
[ -z "$build" ] || [ "$only" = Installed ] || quietly dotnet build "$project" -c "$configuration" --nologo -v quiet
logs=$(mktemp -d "${TMPDIR:-/tmp}/field-kernel-tests.XXXXXX")
chmod 755 "$logs"
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0

# tally LOG RC: adds what a run of tests says at its end; one that ended without a word has failed.
tally() {
  local ok bad skip
  # Colours and returns of the guest's console.
  sed -i 's/\x1b\[[0-9;]*m//g; s/\r//g' "$1"
  ok=$(sed -n 's/^ *Passed: *\([0-9]*\)$/\1/p' "$1" | tail -n 1)
  bad=$(sed -n 's/^ *Failed: *\([0-9]*\)$/\1/p' "$1" | tail -n 1)
  skip=$(sed -n 's/^ *Skipped: *\([0-9]*\)$/\1/p' "$1" | tail -n 1)
  ok=${ok:-0} bad=${bad:-0} skip=${skip:-0}
  [ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  sed -n 's/^ *\(\(A drive of\|A card that\) .*\)$/\1/p' "$1"
  if [ "$bad" -gt 0 ]; then grep -v -E '^ *(Passed|Skipped) ' "$1" | tail -n 200; else grep -E '^ *(Passed|Skipped) ' "$1"; fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
}

# Whether the packages are tested too: they build on one another, all or none.
wants_packages() { case $only in '' | Installed) ;; *) return 1 ;; esac; }

# skip_packages WHY: each of their tests says itself that it was not run.
skip_packages() {
  wants_packages || return 0
  printf '*** The packages under systemd are SKIPPED, nothing was proven: %s ***\n' "$1"
  { bash tests/Kernel/inside.sh --names | sed 's/^/  Skipped /'; printf 'Skipped: %d\n' "$(bash tests/Kernel/inside.sh --names | wc -l)"; } >"$logs/skipped-packages"
  tally "$logs/skipped-packages" 0
}

finish() {
  [ $((passed + failed + skipped)) -gt 0 ] || failed=1
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}

# Every test says itself that it was not run.
skip_all() {
  printf '*** The kernel tests are SKIPPED, nothing was proven: %s ***\n' "$1"
  if [ "$only" != Installed ]; then
    FIELD_GUEST='' dotnet test "$project" -c "$configuration" --no-build --nologo --logger 'console;verbosity=normal' --filter "FullyQualifiedName~$only" >"$logs/skipped" 2>&1
    tally "$logs/skipped" $?
  fi
  skip_packages "$1"
  finish
}

[ "${FIELD_KERNEL:-}" != off ] || skip_all 'FIELD_KERNEL=off'
if ! guest_is_cached; then
  [ "${FIELD_KERNEL:-}" != cached ] || skip_all 'no guest is cached (bash tests/kernel.sh --build)'
  guest_build || skip_all 'the guest could not be built'
fi
printf 'echo guest is up\n' >"$logs/hello.sh"
timeout 180 bash tests/Kernel/boot.sh "$logs/hello.sh" >"$logs/hello" 2>&1
grep -q '^guest is up' "$logs/hello" || { tail -n 5 "$logs/hello"; skip_all 'this machine does not run the guest'; }
(need_packages i2cset=i2c-tools insmod=kmod mkfs.ext4=e2fsprogs gpsd=gpsd dmsetup=dmsetup) || skip_all 'i2c-tools, kmod, e2fsprogs, gpsd or dmsetup are missing'

if [ "$only" != Installed ]; then
  # The guest's user reads what is built from a copy: a checkout may lie where it cannot look.
  cp -r "$built" "$logs/tests"
  chmod -R a+rX "$logs/tests"
  dotnet=$(readlink -f "$(command -v dotnet)")
  vstest=$(dirname "$dotnet")/sdk/$(dotnet --version)/vstest.console.dll
  timeout 900 bash tests/Kernel/boot.sh tests/Kernel/sources.sh TESTS="/run/host$logs/tests" DOTNET="$dotnet" VSTEST="$vstest" ONLY="$only" >"$logs/inside" 2>&1
  rc=0
  grep -q 'GUEST_EXIT=0' "$logs/inside" || rc=1
  tally "$logs/inside" $rc
  FIELD_GUEST=outside FIELD_GUEST_TESTS=$logs/tests FIELD_GUEST_DOTNET=$dotnet dotnet test "$project" -c "$configuration" --no-build --nologo --logger 'console;verbosity=detailed' --blame-hang-timeout $((${FIELD_DRIVE_SECONDS:-0} + 600))s --blame-hang-dump-type none \
    --results-directory "$logs/results" --filter "FullyQualifiedName~.Outside.$only" >"$logs/outside" 2>&1
  tally "$logs/outside" $?
fi
wants_packages || finish
rc=0
bash tests/Kernel/installed.sh >"$logs/installed" 2>&1 || rc=$?
if [ $rc -eq 3 ]; then skip_packages "$(tail -n 1 "$logs/installed")"
else
  tally "$logs/installed" $rc
  grep '^Measured' "$logs/installed"
fi
finish
