# In the guest, as its first process: a writable root of memory over the host's files, then systemd, which runs FIELD/inside.sh and ends the guest.
# FIELD is a folder of the host (below /run/host) with inside.sh, the list of packages (status) and what else it needs. WATCHDOG: seconds, for a test.
over=/run/over
mkdir -p $over
mount -t tmpfs -o size=900m,mode=755 tmpfs $over
mkdir $over/upper $over/work $over/root
cd $over/upper || exit 1
# What the guest's user cannot read of the host, made anew: accounts without passwords, locks, the answers of debconf.
mkdir -p etc/systemd/system usr/sbin var/lib/dpkg/triggers var/cache/debconf var/log/journal field old
# A machine that builds may forbid packages to start services; a vehicle does not. To the overlay this means: there is no such file.
mknod usr/sbin/policy-rc.d c 0 0
awk -F: '{ print $1 ":*:19000:0:99999:7:::" }' /etc/passwd >etc/shadow
awk -F: '{ print $1 ":*::" }' /etc/group >etc/gshadow
: >etc/fstab
: >etc/.pwd.lock
echo 0123456789abcdef0123456789abcdef >etc/machine-id
: >var/lib/dpkg/lock
: >var/lib/dpkg/lock-frontend
: >var/lib/dpkg/triggers/Lock
: >var/lib/dpkg/triggers/File
cp "$FIELD/status" var/lib/dpkg/status
for file in /var/cache/debconf/*.dat; do cp "$file" var/cache/debconf/ 2>/dev/null || : >"var/cache/debconf/$(basename "$file")"; done
for unit in apparmor systemd-timesyncd systemd-networkd systemd-resolved systemd-random-seed systemd-modules-load systemd-update-utmp systemd-udev-settle \
  systemd-machine-id-commit systemd-journal-flush e2scrub_reap dbus; do ln -s /dev/null "etc/systemd/system/$unit.service"; done
cat >etc/systemd/system/field-test.service <<UNIT
[Unit]
Description=What is tested
[Service]
Type=oneshot
ExecStart=/bin/bash /field/inside.sh
Environment=WATCHDOG=${WATCHDOG:-12}
StandardOutput=tty
StandardError=tty
TTYPath=/dev/console
TimeoutStartSec=infinity
UNIT
printf '[Unit]\nRequires=basic.target\nWants=field-test.service\nAfter=basic.target\n' >etc/systemd/system/field-test.target
cd /
mount -t overlay -o lowerdir=/,upperdir=$over/upper,workdir=$over/work overlay $over/root || exit 1
mount --bind "$FIELD" $over/root/field
mount -t tmpfs -o mode=1777 tmpfs $over/root/tmp
for place in proc sys dev; do mount --move /$place $over/root/$place; done
cd $over/root || exit 1
pivot_root . old
exec chroot . /lib/systemd/systemd --system --unit=field-test.target --show-status=no --log-level=warning --log-target=kmsg
