#!/usr/bin/env bash
# Sets up what the tests need on this machine and runs all of them. Last line: N passed, N failed[, N skipped].
#   bash tests/run.sh            everything
#   bash tests/run.sh Hub Wire   only the suites whose name begins so
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"
cd "$ROOT" || exit 1

SUITES=(Boundaries Wire Edge Kernel Hub HubPostgres Fleet Evaluation Faults Security Dashboards Packages EndToEnd Browser)
only=("$@")
passed=0 failed=0 skipped=0
began=$SECONDS
logs=$(mktemp -d)
export CI=true
# Thousands of small databases and outboxes that nobody keeps: in memory where there is room for them, so that no test waits for a disk.
quick=${TMPDIR:-/tmp}
if [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR==2 {print $4}')" -gt 4000000 ] 2>/dev/null; then
  quick=$(mktemp -d /dev/shm/field-tests.XXXXXX)
  # Servers of other users keep their folders in it.
  chmod 1777 "$quick"
  trap 'rm -rf "$quick"' EXIT
fi

wanted() {
  [ ${#only[@]} -gt 0 ] || return 0
  local o
  for o in "${only[@]}"; do case $1 in "$o"*) return 0 ;; esac; done
  return 1
}

# count SUITE PASSED FAILED SKIPPED SECONDS: a suite that ran no test has failed.
count() {
  local note=''
  if [ $(($2 + $3)) -eq 0 ]; then note='  ran no test: counted as failed'; set -- "$1" 0 1 "$4" "$5"; fi
  printf '%-12s %5d passed %3d failed %3d skipped %5d s%s\n' "$1" "$2" "$3" "$4" "$5" "$note"
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

dotnet_suite() {
  local name=$1 project=$1 from=$SECONDS log=$logs/$1.log line ok=0 bad=0 skip=0 rc storage= filter=() temp=${TMPDIR:-/tmp}
  # The hub's tests run on each of its stores; what is about one of them alone is left out with the other. What is measured on data that
  # is not the project's runs where FIELD_DATA names its folder.
  local measured='&Data!=Real'
  [ -z "${FIELD_DATA:-}" ] || measured=''
  case $name in
    Hub) temp=$quick filter=(--filter "Store!=Postgres$measured") ;;
    HubPostgres) temp=$quick project=Hub storage=postgres filter=(--filter "Store!=Sqlite$measured") ;;
    Edge) temp=$quick ;;
  esac
  TMPDIR=$temp FIELD_TEST_STORAGE=$storage dotnet test "tests/$project.Tests/$project.Tests.csproj" "${filter[@]}" -c Release --no-build --nologo --logger 'console;verbosity=normal' \
    --blame-hang-timeout 20m --blame-hang-dump-type none --results-directory "$logs/$name" >"$log" 2>&1
  rc=$?
  # "Total tests: 3 / Passed: 2 / Failed: 1 / Skipped: 0", each on a line of its own.
  ok=$(sed -n 's/^ *Passed: *\([0-9]*\)$/\1/p' "$log" | tail -n 1)
  bad=$(sed -n 's/^ *Failed: *\([0-9]*\)$/\1/p' "$log" | tail -n 1)
  skip=$(sed -n 's/^ *Skipped: *\([0-9]*\)$/\1/p' "$log" | tail -n 1)
  ok=${ok:-0} bad=${bad:-0} skip=${skip:-0}
  [ $rc -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  if [ "$bad" -gt 0 ]; then
    # What failed first, each with its reason: programs that tests start say much.
    awk '/^  Failed /{p=1} /^  (Passed|Skipped) |^\[xUnit/{p=0} p' "$log" | head -n 300
    grep -v -E '^ *(Passed|Skipped) ' "$log" | tail -n 60
  fi
  count "$name" "$ok" "$bad" "$skip" $((SECONDS - from))
}

# The pages: types, lint and unit tests, each by the lock file of its own folder.
dashboards_suite() {
  local from=$SECONDS log=$logs/dashboards.log ok bad skip rc=0
  (cd dashboards/grafana && npm ci --no-audit --no-fund && npm run check && promtool check rules rules/field.yml \
    && cd ../checks && npm ci --no-audit --no-fund && npm run types && npm run lint && npm test) </dev/null >"$log" 2>&1 || rc=$?
  local line
  line=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests +' | tail -n 1)
  ok=$(grep -oE '[0-9]+ passed' <<<"$line" | grep -oE '[0-9]+')
  bad=$(grep -oE '[0-9]+ failed' <<<"$line" | grep -oE '[0-9]+')
  skip=$(grep -oE '[0-9]+ skipped' <<<"$line" | grep -oE '[0-9]+')
  ok=${ok:-0} bad=${bad:-0} skip=${skip:-0}
  [ $rc -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$bad" -eq 0 ] || tail -n 100 "$log"
  count Dashboards "$ok" "$bad" "$skip" $((SECONDS - from))
}

# Sources, pins and power cuts on a real kernel: where none is cached and none can be built, its tests say that they were skipped.
kernel_suite() {
  local from=$SECONDS log=$logs/kernel.log last
  bash tests/kernel.sh --no-build </dev/null >"$log" 2>&1
  last=$(tail -n 1 "$log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
  # shellcheck disable=SC2086
  set -- ${last:-0 1 0}
  if [ "$2" -gt 0 ]; then tail -n 200 "$log"; elif [ "$3" -gt 0 ]; then grep -E '^\*\*\*|^ *Skipped ' "$log"; fi
  # All skipped is no failure here, and no success either.
  if [ "$1" -eq 0 ] && [ "$2" -eq 0 ]; then
    printf '%-12s %5d passed %3d failed %3d skipped %5d s  SKIPPED\n' Kernel 0 0 "$3" $((SECONDS - from))
    skipped=$((skipped + $3))
  else count Kernel "$1" "$2" "$3" $((SECONDS - from))
  fi
}

# A slice of the attacks: each row of the table is a test.
security_suite() {
  local from=$SECONDS log=$logs/security.log ok bad rc=0
  bash tests/security.sh --quick >"$log" 2>&1 || rc=$?
  ok=$(grep -cE '^[^!].* [0-9,]+ +0 +0  let in' "$log")
  bad=$(grep -c '^! ' "$log")
  [ $rc -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$bad" -eq 0 ] || tail -n 60 "$log"
  count Security "$ok" "$bad" 0 $((SECONDS - from))
}

# A script of sentences: its last line is "N passed, N failed[, N skipped]".
script_suite() {
  local from=$SECONDS log=$logs/$1.log ok bad skip rc=0
  bash "$2" </dev/null >"$log" 2>&1 || rc=$?
  ok=$(sed -n 's/^\([0-9]*\) passed, .*/\1/p' "$log" | tail -n 1)
  bad=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log" | tail -n 1)
  skip=$(sed -n 's/^[0-9]* passed, [0-9]* failed, \([0-9]*\) skipped$/\1/p' "$log" | tail -n 1)
  ok=${ok:-0} bad=${bad:-0} skip=${skip:-0}
  [ $rc -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  if [ "$bad" -gt 0 ]; then tail -n 100 "$log"; else grep '^  Skipped ' "$log"; fi
  count "$1" "$ok" "$bad" "$skip" $((SECONDS - from))
}

need_dotnet
need_packages djpeg=libjpeg-turbo-progs mosquitto=mosquitto libmosquitto.so.1=libmosquitto1 chromium=chromium faketime=faketime gcc=gcc /usr/include/stdio.h=libc6-dev
if wanted Hub || wanted HubPostgres; then need_packages zbarimg=zbar-tools dtc=device-tree-compiler; fi
if wanted Edge; then need_packages /usr/sbin/gpsd=gpsd; fi
if wanted Hub || wanted HubPostgres || wanted Dashboards || wanted EndToEnd; then need_packages influxd=influxdb victoria-metrics=victoria-metrics promtool=prometheus; fi
if wanted HubPostgres || wanted EndToEnd; then need_postgres; fi
if wanted Boundaries; then need_node; fi
if wanted Dashboards || wanted Packages || wanted EndToEnd || wanted Browser; then need_node; build_pages; fi
# The browser's suite reads axe from the same folder.
if wanted Browser && ! wanted Dashboards; then quietly npm ci --prefix dashboards/checks --no-audit --no-fund; fi
from=$SECONDS
quietly dotnet build ThreeOneOne.Field.sln -c Release --nologo -v quiet
touch tests/Fleet/bin/.built tests/FaultLab/bin/.built tests/Security/bin/.built
printf '%-12s %38s %5d s\n' build '' $((SECONDS - from))

for suite in "${SUITES[@]}"; do
  wanted "$suite" || continue
  case $suite in Dashboards) dashboards_suite ;; Packages) script_suite Packages tests/packages.sh ;; Kernel) kernel_suite ;; Security) security_suite ;; *) dotnet_suite "$suite" ;; esac
done
printf '%-12s %38s %5d s\n' total '' $((SECONDS - began))
rm -rf "$logs"

if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"
else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
