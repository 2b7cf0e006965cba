#!/usr/bin/env bash
# Attacks a real hub, a real mosquitto and a real agent, and prints what was tried, what was let in, and what crashed.
#   bash tests/security.sh [--quick] [--messages N] [--seed S] [--only WORD,WORD]
# Each attack stands between two controls: the same act done rightly must be let in. Exit code 1 when anything was let in or crashed,
# or when a control was not let in. --quick: 2,000 fuzzed messages of each kind instead of 100,000.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"

pass=()
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    --quick) pass+=(--messages 2000); shift ;;
    --messages | --seed | --only)
      [ $# -ge 2 ] || stop "$1 needs a value; see --help"
      pass+=("$1" "$2"); shift 2 ;;
    *) stop "Unknown option $1; see --help" ;;
  esac
done

need_dotnet
need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1
if ! is_current "$ROOT/tests/Security/bin/.built" "$ROOT/edge" "$ROOT/hub" "$ROOT/tests/Fleet" "$ROOT/tests/Support" "$ROOT/tests/Security" "$ROOT"/Directory.*.props; then
  say "Building the programs"
  quietly dotnet build "$ROOT/hub/Hub.csproj" -c Release --nologo -v quiet
  quietly dotnet build "$ROOT/tests/Security/Security.csproj" -c Release --nologo -v quiet
  touch "$ROOT/tests/Security/bin/.built"
fi

base=${TMPDIR:-/tmp}
[ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR==2 {print $4}')" -lt 2000000 ] 2>/dev/null || base=/dev/shm
data=$(mktemp -d "$base/field-security-XXXXXX")
chmod 755 "$data"
ended() { local rc=$?; if [ $rc -eq 0 ]; then rm -rf "$data"; else say "The run's folder: $data"; fi; exit $rc; }
trap ended EXIT

lab=$ROOT/tests/Security/bin/Release/net10.0 hub=$ROOT/hub/bin/Release/net10.0
become=()
if [ "$(id -u)" = 0 ]; then
  # Servers never run as root, and their user may not be able to read this checkout: it gets its own copy.
  id field311 >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin field311
  cp -r "$lab" "$data/lab"
  cp -r "$hub" "$data/hub-program"
  chmod -R a+rX "$data"
  lab=$data/lab hub=$data/hub-program
  chown field311:field311 "$data"
  become=(setpriv --reuid=field311 --regid=field311 --clear-groups env "HOME=$data")
fi

cd /
"${become[@]}" mkdir "$data/run"
"${become[@]}" env "TMPDIR=$data/run" dotnet "$lab/field-security.dll" --data "$data/run" --hub "$hub/field-hub.dll" --agent "$lab/field-agent.dll" "${pass[@]}"
