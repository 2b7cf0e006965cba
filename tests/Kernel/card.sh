# In the guest: DO (lying, flickering, settle) on a disk below device-mapper, which can take writes and flushes, say that they are done, and drop them.
export DM_DISABLE_UDEV=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_TieredPGO=0
mkdir -p /run/disk
/usr/sbin/dmsetup create card --table "0 $(/usr/sbin/blockdev --getsz /dev/ubda) linear /dev/ubda 0" || exit 1
# As a vehicle's start does.
/usr/sbin/fsck.ext4 -y /dev/mapper/card 2>&1 | sed 's/^/FSCK /'
mount -t ext4 /dev/mapper/card /run/disk || exit 1
"$DOTNET" exec "$TESTS/ThreeOneOne.Field.Kernel.Tests.dll" "$DO" /run/disk/data $HUB
