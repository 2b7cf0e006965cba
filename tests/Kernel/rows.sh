# In the guest: DO (append, careless, read) in the folder of the disk.
mkdir -p /run/disk
mount -t ext4 /dev/ubda /run/disk || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_TieredPGO=0
case $DO in
  read) sed 's/^\([0-9]*\) .*/HAS \1/' /run/disk/careless; echo VERIFIED ;;
  careless) "$DOTNET" exec "$TESTS/ThreeOneOne.Field.Kernel.Tests.dll" careless /run/disk/careless ;;
  *) "$DOTNET" exec "$TESTS/ThreeOneOne.Field.Kernel.Tests.dll" "$DO" /run/disk/data ;;
esac
