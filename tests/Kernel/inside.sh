#!/bin/bash
# In the guest, under systemd: the packages are installed, run, hung, killed, upgraded and purged. Tests in their order; each builds on the one before.
#   bash tests/Kernel/inside.sh --names    only the names of the tests, anywhere
exec </dev/null
[ "${1-}" != --names ] || exec sed -n 's/^\([A-Z][A-Za-z_]*\)() {.*/\1/p' "$0"
cd /
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBCONF_NOWARNINGS=yes
passed=0 failed=0
log=/tmp/log
state=/var/lib/field-agent
dropins=/run/systemd/system/field-agent.service.d
# What systemd has to say about units goes to the journal, not between the lines below.
kill -s RTMIN+21 1
systemctl log-level info
systemctl log-target journal

check() {
  local from=$SECONDS
  if ("$1") >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "  Passed $1 [$((SECONDS - from)) s]"
    grep '^Measured' "$log"
  else
    failed=$((failed + 1))
    echo "  Failed $1 [$((SECONDS - from)) s]"
    tail -n 25 "$log"
    journalctl -q --no-pager -n 25 -u field-agent -u field-agent-power -u field-hub 2>/dev/null
  fi
}

# until_true SECONDS COMMAND …: tries until it is so.
until_true() {
  local end=$((SECONDS + $1))
  shift
  while ! "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { echo "not within its time: $*"; return 1; }
    # Each look takes time from what is waited for.
    sleep 0.5
  done
}

property() { systemctl show -p "$2" --value "$1"; }
pid() { property "$1" MainPID; }
is_new() { [ "$(pid "$1")" != 0 ] && [ "$(pid "$1")" != "$2" ]; }
is_ready() { [ "$(property "$1" ActiveState)" = active ]; }
answers() {
  local line
  exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3 && read -r -t 10 line <&3 && [[ $line == *' 200 '* ]]
}
# What crews did and the hub does not have, by the crew's page. Records about the vehicle itself come and go with each start.
unsent() { curl -fs -m 10 http://127.0.0.1:8311/console/state | grep -o '"unsentActions":[1-9][0-9]*'; }
# The launcher slows a program that ends at once again and again; these tests end it on purpose.
forget_launch() { rm -f /run/field-agent/launched; }
exposed() {
  local figure
  figure=$(systemd-analyze security --no-pager "$1.service" | sed -n 's/.*exposure level for .*: \([0-9]*\.[0-9]\).*/\1/p')
  echo "Measured systemd-analyze security $1: $figure"
  [ -n "$figure" ] && [ "${figure/./}" -le 20 ]
}
# told WORDS: systemd has said so about the agent.
told() { journalctl -q --no-pager -u field-agent | grep -qF "$1"; }
now() { date +%s%N; }
# tenths FROM: seconds since then.
tenths() { local ms=$((($(now) - $1) / 1000000)); printf '%d.%d' $((ms / 1000)) $((ms % 1000 / 100)); }
has_group() { [ "$(stat -c '%G %a' "$1")" = "$2 660" ]; }

ready_seconds() {
  local us=$(($(property field-agent ActiveEnterTimestampMonotonic) - $(property field-agent ExecMainStartTimestampMonotonic)))
  printf '%d.%02d' $((us / 1000000)) $((us % 1000000 / 10000))
}

Installing_makes_the_user_the_folders_and_the_unit() {
  # One that is there before the package, as on a computer that was wired first.
  mkdir -p /sys/kernel/config/iio/devices/dummy/imu0 || return 1
  dpkg -i /field/field-runtime_*.deb /field/field-agent_0.1.0_*.deb || return 1
  id field-agent || return 1
  [ "$(stat -c '%U %a' $state/identity)" = 'field-agent 700' ] && [ "$(stat -c '%U %a' $state/data)" = 'field-agent 700' ] || return 1
  systemctl is-enabled field-agent.service field-agent-power.path && systemctl is-active field-agent-power.path || return 1
  echo "Measured package $(stat -c %s /field/field-agent_0.1.0_*.deb) bytes, installed $(dpkg-query -W -f '${Installed-Size}' field-agent) KiB"
}

Without_an_identity_it_is_ready_and_says_that_it_waits() {
  is_ready field-agent || { systemctl status field-agent; return 1; }
  [ "$(property field-agent NRestarts)" = 0 ] && systemctl status --no-pager field-agent | grep -F 'waits for a code' && field-agent status | grep -F 'none yet' || return 1
  echo "Measured READY without an identity $(ready_seconds) s after its start"
}

Asking_for_another_start_it_gets_one() {
  local from
  cp /field/agent.json /etc/field-agent/agent.json
  # In the agent's place once: ready, then the exit code that asks for another start.
  mkdir -p $dropins
  printf '[Service]\nExecStart=\nExecStart=/usr/bin/perl /field/again.pl\n' >$dropins/again.conf
  touch $state/again
  chown field-agent: $state/again
  forget_launch
  systemctl daemon-reload && systemctl restart field-agent || return 1
  from=$(now)
  until_true 120 told 'status=75/TEMPFAIL' && until_true 120 answers 8311 /console/state && [ "$(property field-agent NRestarts)" -ge 1 ] || return 1
  echo "Measured after exit code 75 the crew's page is back in $(tenths "$from") s"
  rm $dropins/again.conf
  systemctl daemon-reload
}

With_a_vehicle_it_is_ready_and_serves_the_crew() {
  until_true 60 is_ready field-agent && answers 8311 / && systemctl status --no-pager field-agent | grep -F 'Status: "power' || { systemctl status field-agent; return 1; }
  echo "Measured READY $(ready_seconds) s after its start"
}

Idle_it_takes_half_of_its_memory_at_most() {
  local cpu
  cpu=$(property field-agent CPUUsageNSec)
  sleep 5
  cpu=$((($(property field-agent CPUUsageNSec) - cpu) / 50000000))
  echo "Measured idle: $(grep VmRSS "/proc/$(pid field-agent)/status" | tr -s '\t ' ' '), its group $(($(property field-agent MemoryCurrent) / 1024)) kB, $cpu % of a core"
  [ "$(property field-agent MemoryCurrent)" -le $(($(property field-agent MemoryHigh) / 2)) ]
}

It_has_no_privilege() {
  local p
  p=$(pid field-agent)
  [ "$(stat -c %U "/proc/$p")" = field-agent ] || return 1
  grep -q '^CapEff:\s*0000000000000000$' "/proc/$p/status" && grep -q '^CapBnd:\s*0000000000000000$' "/proc/$p/status" && grep -q '^NoNewPrivs:\s*1$' "/proc/$p/status" && grep -q '^Seccomp:\s*2$' "/proc/$p/status" || return 1
  # Its view of the disk is read-only but for its own.
  grep -E ' / / ro[, ]' "/proc/$p/mountinfo"
}

The_doctor_finds_what_is_wrong() {
  # It tries what the service may open, and may open it too.
  local group command
  command=" $(setpriv --reuid=field-agent --regid=field-agent --init-groups id -G) "
  for group in $(sed -n 's/^Groups://p' "/proc/$(pid field-agent)/status"); do [[ $command == *" $group "* ]] || { echo "$command lacks $group"; return 1; }; done
  field-agent doctor --seconds 2 >/tmp/doctor
  [ $? = 1 ] && grep -q 'WRONG  broker' /tmp/doctor && grep -q '^ok .*crew page' /tmp/doctor && grep -q '^ok .*runs as' /tmp/doctor || { cat /tmp/doctor; return 1; }
}

Systemd_finds_it_exposed_by_two_at_most() { exposed field-agent; }

Sensors_belong_to_its_group() {
  local node before attribute chip
  before=/dev/$(basename /sys/bus/iio/devices/iio:device*)
  has_group "$before" field-agent || { stat "$before"; return 1; }
  # What is plugged in later.
  mkdir -p /sys/kernel/config/iio/devices/dummy/imu1 /sys/kernel/config/gpio-sim/d/b || return 1
  echo 4 >/sys/kernel/config/gpio-sim/d/b/num_lines
  echo 1 >/sys/kernel/config/gpio-sim/d/live
  udevadm settle -t 20
  for node in /dev/iio:device*; do
    has_group "$node" field-agent || { stat "$node"; return 1; }
    attribute=/sys/bus/iio/devices/$(basename "$node")/buffer/length
    setpriv --reuid=field-agent --regid=field-agent --init-groups sh -c "echo 16 >$attribute" || return 1
  done
  [ "$node" != "$before" ] || return 1
  chip=$(ls /dev/gpiochip* | head -n 1)
  has_group "$chip" gpio
}

What_a_crew_does_outlives_a_kill() {
  local p
  curl -fs -m 10 -X POST -H 'Content-Type: application/json' -d '{"state":"on","crew":"paving-alpha"}' http://127.0.0.1:8311/console/shift || return 1
  until_true 120 unsent || return 1
  # From the next start on less than the package's 60 s: nothing here takes long.
  printf '[Service]\nWatchdogSec=%s\n' "$WATCHDOG" >$dropins/test.conf
  systemctl daemon-reload
  p=$(pid field-agent)
  forget_launch
  kill -9 "$p"
  until_true 120 is_new field-agent "$p" && until_true 120 answers 8311 /console/state && unsent
}

A_program_that_hangs_is_killed_and_started_again() {
  local p from
  [ "$(property field-agent WatchdogUSec)" != 1min ] || [ "$WATCHDOG" = 60 ] || return 1
  p=$(pid field-agent)
  from=$(now)
  kill -STOP "$p"
  until_true 120 is_new field-agent "$p" || return 1
  echo "Measured a program that hangs is replaced in $(tenths "$from") s with WatchdogSec=$WATCHDOG"
  until_true 120 answers 8311 /console/state && told 'Watchdog timeout' && told 'with signal SIGKILL' && told "result 'watchdog'" && unsent || return 1
  echo "Measured the crew's page is back in $(tenths "$from") s"
  rm $dropins/test.conf
}

Stopping_is_orderly_and_keeps_what_is_unsent() {
  local before from
  before=$(unsent)
  from=$(now)
  systemctl stop field-agent || return 1
  echo "Measured a stop takes $(tenths "$from") s"
  [ "$(property field-agent Result) $(property field-agent ExecMainCode) $(property field-agent ExecMainStatus)" = 'success 1 0' ] && ! pgrep -u field-agent || { systemctl status field-agent; return 1; }
  # With the ignition, for later.
  cp /field/ignition.json /etc/field-agent/agent.json
  forget_launch
  systemctl daemon-reload && systemctl start field-agent && until_true 120 answers 8311 /console/state && [ "$(unsent)" = "$before" ]
}

Upgrading_keeps_configuration_and_records() {
  local p before
  before=$(unsent)
  p=$(pid field-agent)
  forget_launch
  dpkg -i /field/field-agent_0.1.1_*.deb || return 1
  [ "$(dpkg-query -W -f '${Version}' field-agent)" = 0.1.1 ] && is_new field-agent "$p" && is_ready field-agent && until_true 120 answers 8311 /console/state || return 1
  [ "$(property field-agent WatchdogUSec)" = 1min ] && cmp /field/ignition.json /etc/field-agent/agent.json && [ "$(unsent)" = "$before" ]
}

With_the_ignition_off_it_has_the_computer_switched_off() {
  # A target of its own in the place of systemd's: all of the way there is real.
  printf '[Unit]\nDescription=In the place of switching off\nDefaultDependencies=no\nWants=field-test-off.service\n' >/run/systemd/system/poweroff.target
  printf '[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/usr/bin/touch /run/switched-off\n' >/run/systemd/system/field-test-off.service
  systemctl daemon-reload
  unsent >/tmp/unsent && [ ! -e /run/switched-off ] || return 1
  echo off >/sys/module/test_power/parameters/ac_online
  until_true 120 [ -e /run/switched-off ] && until_true 120 [ ! -e /run/field-agent/power-off ] || { systemctl status --no-pager field-agent-power.path field-agent-power.service poweroff.target; return 1; }
  rm /run/systemd/system/poweroff.target /run/systemd/system/field-test-off.service
  systemctl daemon-reload
}

Removing_keeps_records_and_configuration() {
  dpkg -r field-agent || return 1
  [ ! -e /lib/systemd/system/field-agent.service ] && ! pgrep -u field-agent && [ -d $state/data/outbox ] && cmp /field/ignition.json /etc/field-agent/agent.json || return 1
  # Counted by the program itself, for purging.
  cat $state.removal
  grep -qE "^actions +$(grep -o '[0-9]*$' /tmp/unsent) of" $state.removal && [ ! -e $state/at-removal ]
}

Purging_keeps_what_the_hub_does_not_have() {
  dpkg -P field-agent >/tmp/purged 2>&1 || { cat /tmp/purged; return 1; }
  cat /tmp/purged
  grep -q "kept $state:" /tmp/purged && [ -d $state/data/outbox ] && [ ! -e /etc/field-agent ]
}

Installing_again_finds_it() {
  mkdir -p /etc/field-agent
  cp /field/agent.json /etc/field-agent/agent.json
  dpkg -i --force-confold /field/field-agent_0.1.1_*.deb || return 1
  until_true 120 answers 8311 /console/state && [ "$(unsent)" = "$(cat /tmp/unsent)" ] && [ ! -e $state.removal ]
}

Purging_deletes_it_when_told_to() {
  echo 'field-agent field-agent/delete-unsent boolean true' | debconf-set-selections
  dpkg -P field-agent && [ ! -e $state ] && [ ! -e $state.removal ] && [ ! -e /etc/field-agent ] && ! pgrep -u field-agent
}

The_hub_is_installed_and_serves() {
  dpkg -i /field/field-hub_0.1.0_*.deb || return 1
  until_true 180 answers 5311 /healthz || { systemctl status field-hub; return 1; }
  [ "$(stat -c %U "/proc/$(pid field-hub)")" = field-hub ] && pgrep -u field-hub mosquitto || return 1
  exposed field-hub
}

The_hub_comes_back_with_one_broker() {
  local p
  p=$(pid field-hub)
  kill -9 "$p"
  until_true 120 is_new field-hub "$p" && until_true 180 answers 5311 /healthz && [ "$(pgrep -c -u field-hub mosquitto)" = 1 ]
}

The_hub_is_purged_and_keeps_the_citys_records() {
  dpkg -P field-hub >/tmp/purged 2>&1 || { cat /tmp/purged; return 1; }
  grep -q 'kept /var/lib/field-hub' /tmp/purged && [ -n "$(find /var/lib/field-hub -name '*.db' -o -name '*.sqlite' | head -n 1)" ] && ! pgrep -u field-hub
}

for name in $(/bin/bash /field/inside.sh --names); do
  case $name in The_hub_*) [ -e /field/field-hub_0.1.0_amd64.deb ] || continue ;; esac
  check "$name"
done
echo "Passed: $passed"
echo "Failed: $failed"
[ $failed -eq 0 ] && echo GUEST_EXIT=0 || echo GUEST_EXIT=1
sync
echo o >/proc/sysrq-trigger
