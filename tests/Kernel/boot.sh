#!/usr/bin/env bash
# Boots the cached guest (bash tests/kernel.sh --build) and runs a script in it as root. The guest itself is an unprivileged process: the host's
# files are its root, read-only, and below /run/host too, where its own /tmp, /run, /dev and /sys do not hide them.
#   bash tests/Kernel/boot.sh [--memory 1024M] [--disk FILE]… [--first] [--share DIR] SCRIPT [NAME=VALUE]…
#     --disk FILE   /dev/ubda, /dev/ubdb, …: a file that the guest writes
#     --share DIR   a folder that the guest's user must be able to write: given to it
#     --first       the script is the guest's first process (its mounts are made), for systemd and the like; it ends the guest itself
#     NAME=VALUE    for the script's environment; no blanks
# Prints GUEST_PID=n first, which may be killed (-9 is a power cut), and all that the guest says; GUEST_EXIT=n is what the script came to.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/guest.sh"
say() { printf '%s\n' "$*" >&2; }

memory=1024M first='' disks=() shares=()
while [ $# -gt 0 ]; do
  case $1 in
    --memory) memory=$2; shift 2 ;;
    --disk) disks+=("$2"); shift 2 ;;
    --share) shares+=("$2"); shift 2 ;;
    --first) first=FIRST=yes; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
script=$1
shift
guest_is_cached || { say "No guest is cached: bash tests/kernel.sh --build"; exit 3; }

# The cache may lie where the guest's user cannot look.
home=$(mktemp -d "${TMPDIR:-/tmp}/field-guest.XXXXXX")
guest=
trap 'rm -rf "$home"' EXIT
trap '[ -z "$guest" ] || kill -9 "$guest" -- "-$guest" 2>/dev/null' INT TERM
cp "$(guest_folder)"/{linux,i2c-stub.ko,field-chips.ko,wires.dtb} "$KERNEL_ROOM/init.sh" "$home/"
cp "$script" "$home/script.sh"
head -c 512 /dev/urandom >"$home/seed"
mkdir "$home/uml"
chmod -R a+rX "$home"
chmod 755 "$home/init.sh"
arguments=()
letter=a
for disk in ${disks[@]+"${disks[@]}"}; do
  arguments+=("ubd$letter=$disk")
  letter=$(tr a-y b-z <<<"$letter")
done
as=(setpriv --pdeathsig KILL)
if [ "$(id -u)" = 0 ]; then
  # Root of the host would write the host's files through the guest.
  as+=(--reuid=65534 --regid=65534 --clear-groups)
  chown 65534:65534 "$home/uml" ${disks[@]+"${disks[@]}"} ${shares[@]+"${shares[@]}"}
fi
setsid "${as[@]}" env HOME="$home/uml" "$home/linux" mem="$memory" "${arguments[@]}" dtb="$home/wires.dtb" rootfstype=hostfs rootflags=/ ro init="$home/init.sh" \
  con=null con0=null,fd:1 quiet SCRIPT="/run/host$home/script.sh" MODULES="/run/host$home" $first "$@" </dev/null 2>&1 &
guest=$!
echo "GUEST_PID=$guest"
# A death by signal is no news for whoever reads what the guest says.
{ wait "$guest"; } 2>/dev/null
code=$?
# Its disk's helper lives on when it is killed, and holds the output open.
kill -9 -- "-$guest" 2>/dev/null
exit $code
