# In the guest, whose root takes no writes from anybody: the agent drives a recording (DRIVE) for SECONDS_OF_DRIVE there. Says what was written where: WROTE paths outside its own
# folders, and the sectors that reached the disk.
mkdir -p /run/disk /run/field-agent
mount -t ext4 /dev/ubda /run/disk || exit 1
mkdir -p /run/disk/data
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
cat >/run/field-agent/agent.json <<JSON
{ "Vehicle": { "Id": "unit-1", "Jurisdiction": "cambridge-ma", "Kind": "Crewed", "Data": "/run/disk/data" },
  "Link": { "Host": "127.0.0.1", "Port": 1 },
  "Position": { "Source": "file:$DRIVE", "Pace": 1 },
  "Console": { "Port": 8311 } }
JSON
touch /run/before
"$DOTNET" exec "$TESTS/field-agent.dll" run --config /run/field-agent/agent.json >/run/field-agent/log 2>&1 &
agent=$!
for i in $(seq 150); do
  curl -fs -o /dev/null -X POST -H 'Content-Type: application/json' -d '{"state":"on","crew":"paving-alpha"}' http://127.0.0.1:8311/console/shift && echo SIGNED_ON && break
  sleep 0.2
done
sync
sectors() { awk '$3 == "ubda" { print $10 }' /proc/diskstats; }
from=$(sectors) log=$(stat -c %s /run/field-agent/log)
sleep "$SECONDS_OF_DRIVE"
sync
echo "SECTORS $(($(sectors) - from))"
echo "LOG $(($(stat -c %s /run/field-agent/log) - log))"
kill "$agent"; wait "$agent"; echo "ENDED $?"
find /tmp /dev/shm /run -xdev -newer /run/before -type f ! -path '/run/host/*' ! -path '/run/field-agent/*' ! -path /run/before 2>/dev/null | sed 's/^/WROTE /'
sed 's/^/SAID /' /run/field-agent/log
du -sb /run/disk/data/outbox | sed 's/^\([0-9]*\).*/OUTBOX \1/'
