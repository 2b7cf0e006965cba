#!/bin/bash
# In the guest, under systemd: the packages are installed, run, hung, killed, upgraded and purged. Tests in their order; each builds on the one before.
exec </dev/null
cd /
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBCONF_NOWARNINGS=yes
passed=0 failed=0
log=/tmp/log

check() {
  local from=$SECONDS
  if ("$1") >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "  Passed $1 [$((SECONDS - from)) s]"
  else
    failed=$((failed + 1))
    echo "  Failed $1 [$((SECONDS - from)) s]"
    tail -n 25 "$log"
    journalctl -q --no-pager -n 15 -u field-agent -u field-hub 2>/dev/null
  fi
}

# until SECONDS COMMAND …
until_true() {
  local end=$((SECONDS + $1))
  shift
  while ! "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { echo "not within its time: $*"; return 1; }
    sleep 0.5
  done
}

pid() { systemctl show -p MainPID --value "$1"; }
is_new() { [ "$(pid "$1")" != 0 ] && [ "$(pid "$1")" != "$2" ]; }
answers() { exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3 && head -n 1 <&3 | grep -q ' 200 '; }
status() { field-agent status; }

Installing_makes_the_user_the_folders_and_the_unit() {
  dpkg -i /field/field-runtime_*.deb /field/field-agent_0.1.0_*.deb || return 1
  id field-agent || return 1
  [ "$(stat -c '%U %a' /var/lib/field-agent/identity)" = 'field-agent 700' ] || return 1
  systemctl is-enabled field-agent.service field-agent-power.path
}

It_starts_and_says_so() {
  cp /field/agent.json /etc/field-agent/agent.json
  systemctl restart field-agent || { systemctl status field-agent; return 1; }
  systemctl is-active field-agent && until_true 30 answers 8311 /console/state && answers 8311 /
}

It_has_no_privilege() {
  local p
  p=$(pid field-agent)
  [ "$(stat -c %U "/proc/$p")" = field-agent ] || return 1
  grep -q '^CapEff:\s*0000000000000000$' "/proc/$p/status" && grep -q '^CapBnd:\s*0000000000000000$' "/proc/$p/status" && grep -q '^NoNewPrivs:\s*1$' "/proc/$p/status" && grep -q '^Seccomp:\s*2$' "/proc/$p/status" || return 1
  # Its view of the disk is read-only but for its own.
  grep -E ' / / ro[, ]' "/proc/$p/mountinfo"
}

Sensors_belong_to_its_group() {
  mkdir -p /sys/kernel/config/iio/devices/dummy/imu0 /sys/kernel/config/gpio-sim/d/b || return 1
  echo 4 >/sys/kernel/config/gpio-sim/d/b/num_lines
  echo 1 >/sys/kernel/config/gpio-sim/d/live
  udevadm settle -t 20
  local node attribute chip
  node=/dev/$(basename /sys/bus/iio/devices/iio:device*)
  [ "$(stat -c '%G %a' "$node")" = 'field-agent 660' ] || { stat "$node"; return 1; }
  attribute=/sys/bus/iio/devices/$(basename "$node")/buffer/length
  setpriv --reuid=field-agent --regid=field-agent --init-groups sh -c "echo 16 >$attribute" || return 1
  chip=$(ls /dev/gpiochip* | head -n 1)
  [ "$(stat -c '%G %a' "$chip")" = 'gpio 660' ]
}

The_doctor_finds_what_is_wrong() {
  field-agent doctor --seconds 5 >/tmp/doctor
  [ $? = 1 ] && grep -q 'WRONG  broker' /tmp/doctor && grep -q '^ok .*crew page' /tmp/doctor && grep -q '^ok .*runs as' /tmp/doctor || { cat /tmp/doctor; return 1; }
}

What_a_crew_does_outlives_a_kill() {
  local p
  exec 3<>/dev/tcp/127.0.0.1/8311
  printf 'POST /console/shift HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 42\r\n\r\n{"state":"On","crew":"paving-alpha"       }' >&3
  head -n 1 <&3 | grep -q ' 200 ' || return 1
  p=$(pid field-agent)
  kill -9 "$p"
  until_true 60 is_new field-agent "$p" && until_true 60 answers 8311 /console/state && status | grep -E '^actions +[1-9]'
}

A_program_that_hangs_is_killed_and_started_again() {
  local p
  mkdir -p /run/systemd/system/field-agent.service.d
  # As long as the notice needs at least.
  printf '[Service]\nWatchdogSec=%s\n' "${WATCHDOG:-60}" >/run/systemd/system/field-agent.service.d/test.conf
  systemctl daemon-reload && systemctl restart field-agent || return 1
  p=$(pid field-agent)
  kill -STOP "$p"
  until_true 120 is_new field-agent "$p" || return 1
  [ "$(systemctl show -p NRestarts --value field-agent)" -ge 1 ] && until_true 60 answers 8311 /console/state && journalctl -q --no-pager -u field-agent | grep -q -i watchdog
}

Upgrading_keeps_configuration_and_records() {
  local p before
  before=$(status | grep '^actions')
  p=$(pid field-agent)
  dpkg -i /field/field-agent_0.1.1_*.deb || return 1
  is_new field-agent "$p" && until_true 60 answers 8311 /console/state || return 1
  cmp /field/agent.json /etc/field-agent/agent.json && [ "$(status | grep '^actions')" = "$before" ]
}

Purging_keeps_what_the_hub_does_not_have() {
  dpkg -P field-agent >/tmp/purged 2>&1 || { cat /tmp/purged; return 1; }
  grep -q 'kept /var/lib/field-agent' /tmp/purged && [ -d /var/lib/field-agent/data/outbox ] && [ ! -e /etc/field-agent/agent.json ] && [ ! -e /lib/systemd/system/field-agent.service ]
}

Installing_again_finds_it() {
  dpkg -i /field/field-agent_0.1.0_*.deb || return 1
  cp /field/agent.json /etc/field-agent/agent.json
  systemctl restart field-agent && status | grep -E '^actions +[1-9]'
}

Purging_deletes_it_when_told_to() {
  echo 'field-agent field-agent/delete-unsent boolean true' | debconf-set-selections
  dpkg -P field-agent && [ ! -e /var/lib/field-agent ] && ! pgrep -u field-agent
}

The_hub_is_installed_and_serves() {
  dpkg -i /field/field-hub_0.1.0_*.deb || return 1
  until_true 180 answers 5311 /healthz || { systemctl status field-hub; return 1; }
  [ "$(stat -c %U "/proc/$(pid field-hub)")" = field-hub ] && pgrep -u field-hub mosquitto
}

The_hub_comes_back_with_one_broker() {
  local p
  p=$(pid field-hub)
  kill -9 "$p"
  until_true 120 is_new field-hub "$p" && until_true 180 answers 5311 /healthz && [ "$(pgrep -c -u field-hub mosquitto)" = 1 ]
}

Purging_the_hub_keeps_the_citys_records() {
  dpkg -P field-hub >/tmp/purged 2>&1 || { cat /tmp/purged; return 1; }
  grep -q 'kept /var/lib/field-hub' /tmp/purged && [ -n "$(find /var/lib/field-hub -name '*.db' -o -name '*.sqlite' | head -n 1)" ] && ! pgrep -u field-hub
}

if [ "${1-}" != --names ]; then
  for name in $(/bin/bash /field/inside.sh --names); do check "$name"; done
  echo "Passed: $passed"
  echo "Failed: $failed"
  [ $failed -eq 0 ] && echo GUEST_EXIT=0 || echo GUEST_EXIT=1
  sync
  echo o >/proc/sysrq-trigger
else
  sed -n 's/^\([A-Z][A-Za-z_]*\)() {$/\1/p' "$0"
fi
