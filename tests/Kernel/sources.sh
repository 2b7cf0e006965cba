# In the guest: the tests of sources and pins, on the kernel's own drivers. TESTS is the folder of the built tests, VSTEST the runner, DOTNET the host.
insmod "$MODULES/i2c-stub.ko" chip_addr=0x10,0x23,0x29,0x39,0x53,0x68,0x69,0x6a || exit 1
insmod "$MODULES/field-chips.ko" || exit 1
mount -t debugfs none /sys/kernel/debug
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 FIELD_GUEST=inside
"$DOTNET" exec "$VSTEST" "$TESTS/ThreeOneOne.Field.Kernel.Tests.dll" --TestCaseFilter:"FullyQualifiedName~.Inside.$ONLY" \
  '--logger:console;verbosity=normal' --Blame:'CollectHangDump;TestTimeout=120s;HangDumpType=none' --ResultsDirectory:/tmp/results </dev/null 2>&1
