# Sourced by tests/packages.sh: what root runs of the packages (maintainer scripts, launcher, commands) trusts nothing that another user may write.
# $work and $packaging are the caller's.

# What is removed is removed: the maintainer script on a folder of its own.
purge() {
  sed "s|^state=.*|state=$1|; s|/usr/share/debconf/confmodule|$work/confmodule|g; /^#DEBHELPER#/d" "$packaging/agent/debian/field-agent.postrm" >"$work/postrm"
  sh "$work/postrm" purge
}

held() {
  mkdir -p "$1/data/outbox" "$1/identity"
  echo record >"$1/data/outbox/segment"
  # debconf's own runs the script anew, with the arguments that it is given.
  cat >"$work/confmodule" <<CONFMODULE
[ -n "\${ANEW-}" ] || ANEW=1 exec sh "\$0" "\$@"
db_version() { :; }; db_subst() { :; }; db_fset() { :; }; db_input() { echo asked >>"$work/asked"; }; db_go() { :; }
db_get() { RET=$2; }
CONFMODULE
}

Purging_keeps_unsent_records_by_default() {
  held "$work/kept" false
  purge "$work/kept" && [ -e "$work/kept/data/outbox/segment" ] && grep -q asked "$work/asked"
}

Purging_deletes_unsent_records_when_told_to() {
  held "$work/gone" true
  purge "$work/gone" && [ ! -e "$work/gone" ]
}

Purging_without_a_way_to_ask_keeps_them() {
  held "$work/mute" true
  rm "$work/confmodule"
  purge "$work/mute" && [ -e "$work/mute/data/outbox/segment" ]
}

Purging_a_vehicle_that_sent_everything_asks_nothing() {
  held "$work/empty" false
  printf 'unsent    0 records, 0 bytes\n' >"$work/empty.removal"
  rm -f "$work/asked"
  purge "$work/empty" && [ ! -e "$work/empty" ] && [ ! -e "$work/asked" ]
}

Purging_asks_about_records_on_another_disk() {
  local disk=$work/disk
  held "$disk" false
  mkdir "$work/linked" "$work/elsewhere"
  ln -s "$disk/data" "$work/linked/data"
  purge "$work/linked" && [ -L "$work/linked/data" ] || return 1
  # Where the settings name a folder that the package does not know, what was counted says it.
  printf 'unsent    3 records, 900 bytes\n' >"$work/elsewhere.removal"
  purge "$work/elsewhere" && [ -d "$work/elsewhere" ]
}

# removal STATE: what is run before the package goes, on a folder of its own, in seconds instead of minutes.
removal() {
  mkdir -p "$work/counts"
  cat >"$work/counts/field-agent" <<'COUNTS'
#!/bin/sh
echo 'unsent    3 records'
[ -z "${ENDLESS-}" ] || yes
[ -z "${STUBBORN-}" ] || { trap '' TERM; setsid sleep 20 & sleep 20; }
COUNTS
  chmod 755 "$work/counts/field-agent"
  sed "s|/var/lib/field-agent|$1|g; s|/usr/bin/field-agent|$work/counts/field-agent|; /^#DEBHELPER#/d; s/timeout -k 5 60/timeout -k 1 1/; s/timeout 70/timeout 3/" \
    "$packaging/agent/debian/field-agent.prerm" >"$work/prerm"
  sh "$work/prerm" remove
}

Removing_writes_through_nothing_that_the_agent_may_write() {
  held "$work/planted" false
  echo roots >"$work/victim"
  ln -s "$work/victim" "$work/planted/at-removal"
  ln -s "$work/victim" "$work/planted/removal"
  find "$work/planted" | sort >"$work/before"
  removal "$work/planted" || return 1
  [ "$(cat "$work/victim")" = roots ] && find "$work/planted" | sort | cmp - "$work/before" || return 1
  grep -qx 'unsent    3 records' "$work/planted.removal" && [ "$(stat -c %a "$work/planted.removal")" = 600 ] || return 1
  # Nor does it take all that is said.
  ENDLESS=1 removal "$work/planted" && [ "$(stat -c %s "$work/planted.removal")" -le 4096 ] || return 1
  # What the agent says there itself is not asked, nor does it hold purging up.
  rm "$work/planted/at-removal"
  mkfifo "$work/planted/at-removal"
  rm -f "$work/asked"
  (purge "$work/planted") && [ -s "$work/asked" ] && [ ! -e "$work/planted.removal" ]
}

# as_root ARGUMENT …: the command of technicians run by root, with a launcher and a user of the test's own; says who ran the launcher.
as_root() {
  local place=$work/command
  mkdir -p "$place/bin"
  cat >"$place/launch" <<'LAUNCH'
#!/bin/sh
echo "${AS:-root} $*" >>"$LAUNCHED"
[ "${4-}" = - ] && echo exported
exit "${LAUNCH_EXIT:-0}"
LAUNCH
  # What the agent's user may write lies below a folder "its".
  cat >"$place/bin/setpriv" <<'SETPRIV'
#!/bin/sh
while case ${1-} in --*) true ;; *) false ;; esac; do shift; done
case $* in *' test -w .') case $(pwd -P)/ in */its/*) exit 0 ;; *) exit 1 ;; esac ;; esac
AS=agent exec "$@"
SETPRIV
  printf '#!/bin/sh\necho 0\n' >"$place/bin/id"
  chmod 755 "$place/launch" "$place/bin"/*
  sed "s|^launch=[^ ]*|launch=$place/launch|" "$packaging/agent/field-agent" >"$place/field-agent"
  : >"$work/launched"
  LAUNCHED=$work/launched PATH=$place/bin:$PATH sh "$place/field-agent" "$@"
}

Root_runs_the_program_as_the_agents_user_only() {
  local words
  mkdir -p "$work/stick"
  for words in status 'outbox' 'outbox export --to' 'outbox import' "outbox export --to $work/stick" "outbox export --to $work/stick/a.outbox --config x" 'outbox export --to -'; do
    # shellcheck disable=SC2086
    as_root $words
    [ "$(cut -d' ' -f1 "$work/launched")" = agent ] || { echo "$words: $(cat "$work/launched")"; return 1; }
  done
  grep -qx exported "$work/stick/a.outbox" && [ "$(ls -A "$work/stick" | wc -l)" = 2 ] && [ "$(stat -c %a "$work/stick/a.outbox")" = 600 ]
}

Root_exports_through_nothing_that_the_agent_may_write() {
  mkdir -p "$work/its" "$work/roots"
  echo old >"$work/roots/file"
  ln -s "$work/roots/file" "$work/its/a.outbox"
  ln -s "$work/roots" "$work/its/link"
  # The agent's user writes there by itself; over a link nobody writes.
  as_root outbox export --to "$work/its/a.outbox" && grep -qx "agent outbox export --to $work/its/a.outbox" "$work/launched" || return 1
  ! as_root outbox export --to "$work/its/link/new" && [ ! -s "$work/launched" ] && [ ! -e "$work/roots/new" ] || return 1
  # A link in root's own folder is replaced, not followed; what fails leaves nothing.
  ln -s "$work/roots/file" "$work/roots/a.outbox"
  as_root outbox export --to "$work/roots/a.outbox" && [ ! -L "$work/roots/a.outbox" ] && grep -qx old "$work/roots/file" || return 1
  LAUNCH_EXIT=1 as_root outbox export --to "$work/roots/b.outbox" && return 1
  [ "$(ls -A "$work/roots" | tr '\n' ' ')" = 'a.outbox file ' ]
}

Removing_waits_for_nobody() {
  local from=$SECONDS
  held "$work/stubborn" false
  grep -q 'timeout -k 5 60 ' "$packaging/agent/debian/field-agent.prerm" && STUBBORN=1 removal "$work/stubborn" && [ $((SECONDS - from)) -lt 15 ]
}

# Who holds a terminal can type into it, or listen at it, for as long as it lives.
Root_gives_its_terminal_to_nobody() {
  local place tty
  [ "$(id -u)" = 0 ] || return 0
  place=$(mktemp -d "${TMPDIR:-/tmp}/field-terminal.XXXXXX")
  # What is run says which terminal it belongs to, and what it holds.
  cat >"$place/launch" <<'LAUNCH'
#!/bin/sh
echo "user $(id -un) terminal $(cut -d' ' -f7 /proc/$$/stat) holds $(readlink /proc/$$/fd/* | tr '\n' ' ')"
[ -t 0 ] || sed 's/^/hears /'
echo err >&2
exit 7
LAUNCH
  cp "$place/launch" "$place/dotnet"
  sed "s|^launch=[^ ]* user=[^ ]*|launch=$place/launch user=daemon|" "$packaging/agent/field-agent" >"$place/field-agent"
  sed "s|/usr/lib/field-runtime/dotnet|$place/dotnet|g; s| user=[^ ]*| user=daemon|" "$packaging/hub/field-hub" >"$place/field-hub"
  cat >"$place/session" <<'SESSION'
cd "$(dirname "$0")" || exit 1
echo "root terminal $(cut -d' ' -f7 /proc/$$/stat) holds $(tty)" >own
for command in field-agent field-hub; do
  ./$command status >shown.$command; echo "code $?" >>shown.$command
  ./$command status | cat >>shown.$command
  ./$command status </dev/null 2>&1 | cat >>shown.$command
  ./$command status; echo "code $?"
  echo typed | ./$command status; echo "code $?"
done
SESSION
  chmod -R 755 "$place"
  script -qec "bash $place/session" "$place/typescript" </dev/null >/dev/null
  cat "$place"/own "$place"/shown.* "$place/typescript"
  cat "$place"/shown.* "$place/typescript" | tr -d '\000\r' >"$work/said"
  read -r _ _ tty _ held <"$place/own"
  rm -rf "$place"
  [ "$tty" != 0 ] && [ "$(grep -c 'user daemon' "$work/said")" = 10 ] && [ "$(grep -c '^code 7' "$work/said")" = 6 ] && [ "$(grep -c '^hears typed' "$work/said")" = 2 ] || return 1
  ! grep -F "terminal $tty " "$work/said" && ! grep -E "holds.* $held( |$)" "$work/said"
}

A_damaged_note_of_starts_is_no_obstacle() {
  local place=$work/noted words
  mkdir -p "$place/base" "$place/bin" "$place/run"
  cp "$packaging/agent/launch" "$place/base/"
  printf '#!/bin/sh\necho started\n' >"$place/bin/dotnet"
  chmod 755 "$place/bin/dotnet"
  for words in '' x 'x y' '1 y' '1 99' '99999999999999999999 1'; do
    echo "$words" >"$place/run/launched"
    [ "$(RUNTIME_DIRECTORY=$place/run FIELD_VERSIONS=$place PATH=$place/bin:$PATH timeout 20 sh "$place/base/launch" run)" = started ] || { echo "$words"; return 1; }
  done
}

Versions_that_another_user_owns_are_not_started() {
  local place=$work/versions-of-another
  [ "$(id -u)" = 0 ] || return 0
  mkdir -p "$place/base" "$place/bin" "$place/versions/9.0.0"
  cp "$packaging/agent/launch" "$place/base/"
  echo 0.1.0 >"$place/base/version"
  echo 9.0.0 >"$place/versions/current"
  : >"$place/versions/9.0.0/field-agent.dll"
  printf '#!/bin/sh\necho "$1"\n' >"$place/bin/dotnet"
  chmod 755 "$place/bin/dotnet"
  started() { FIELD_VERSIONS=$place/versions PATH=$place/bin:$PATH sh "$place/base/launch" status; }
  [ "$(started)" = "$place/versions/9.0.0/field-agent.dll" ] || return 1
  chown -R nobody "$place/versions"
  [ "$(started)" = "$place/base/field-agent.dll" ]
}
