#!/usr/bin/env bash
# The fault lab: real agents, a real hub, a real mosquitto, and everything that a city's streets do to them.
#   bash tests/faults.sh [--points N] [--seed S] [--vehicles N]   faults at seeded bytes, steps and times; then the reckoning
#                        [--only KIND,KIND]                       of the vehicles' faults only these
#   bash tests/faults.sh --offline 45d [--seed S]                 a vehicle out of reach for so long, in compressed time
#   bash tests/faults.sh --self-test                              breaks each promise on purpose: the lab must see it
# Last line: one JSON object of figures. A run that fails keeps its folder and prints its seed.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"

pass=()
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    --self-test) pass+=(--self-test yes); shift ;;
    --points | --seed | --vehicles | --offline | --only)
      [ $# -ge 2 ] || stop "$1 needs a value; see --help"
      pass+=("$1" "$2"); shift 2 ;;
    *) stop "Unknown option $1; see --help" ;;
  esac
done

need_dotnet
need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1 gcc=gcc /usr/include/stdio.h=libc6-dev
if ! is_current "$ROOT/tests/FaultLab/bin/.built" "$ROOT/edge" "$ROOT/hub" "$ROOT/tests/Fleet" "$ROOT/tests/Support" "$ROOT/tests/FaultLab" "$ROOT"/Directory.*.props; then
  say "Building the programs"
  quietly dotnet build "$ROOT/hub/Hub.csproj" -c Release --nologo -v quiet
  quietly dotnet build "$ROOT/tests/FaultLab/FaultLab.csproj" -c Release --nologo -v quiet
  touch "$ROOT/tests/FaultLab/bin/.built"
fi

# In memory where there is room: the shim decides what a power cut takes, the disk under it need not be real.
base=${TMPDIR:-/tmp}
[ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR==2 {print $4}')" -lt 2000000 ] 2>/dev/null || base=/dev/shm
data=$(mktemp -d "$base/field-faults-XXXXXX")
chmod 755 "$data"
ended() { local rc=$?; if [ $rc -eq 0 ]; then rm -rf "$data"; else say "The run's folder: $data"; fi; exit $rc; }
trap ended EXIT

quietly gcc -std=gnu11 -Wall -Wextra -Werror -O2 -shared -fPIC -o "$data/shim.so" "$ROOT/tests/FaultLab/shim/shim.c" -ldl -lpthread
lab=$ROOT/tests/FaultLab/bin/Release/net10.0 hub=$ROOT/hub/bin/Release/net10.0 city=$ROOT/hub/Cities/cambridge-ma
become=()
if [ "$(id -u)" = 0 ]; then
  # Servers never run as root, and their user may not be able to read this checkout: it gets its own copy.
  id field311 >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin field311
  cp -r "$lab" "$data/lab"
  cp -r "$hub" "$data/hub-program"
  cp -r "$city" "$data/city"
  chmod -R a+rX "$data"
  lab=$data/lab hub=$data/hub-program city=$data/city
  chown field311:field311 "$data"
  become=(setpriv --reuid=field311 --regid=field311 --clear-groups env "HOME=$data")
fi

cd /
"${become[@]}" mkdir "$data/run"
"${become[@]}" dotnet "$lab/field-faults.dll" --data "$data/run" --hub "$hub/field-hub.dll" --agent "$lab/field-agent.dll" \
  --city "$city" --shim "$data/shim.so" "${pass[@]}"
