#!/usr/bin/env bash
# Writes the bill of materials of a release (CycloneDX 1.6) and holds every licence to the list in licences.json.
#   bash firmware-config/packaging/sbom.sh [--out FILE] [--version V] [--vulnerabilities]
# Default: artifacts/packages/threeoneone-field_V.cdx.json. Exit code 1 when a licence is unknown or not allowed.
# --vulnerabilities also asks the configured NuGet and npm sources for known vulnerabilities, and says which of them answered.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$ROOT/hub/setup.sh"
export LC_ALL=C TZ=UTC

out='' version='' look=no
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --vulnerabilities) look=yes; shift ;;
    --out | --version)
      [ $# -ge 2 ] || stop "$1 needs a value; see --help"
      case $1 in --out) out=$2 ;; --version) version=$2 ;; esac
      shift 2 ;;
    *) stop "Unknown option $1; see --help" ;;
  esac
done
[ -n "$version" ] || version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' "$ROOT/Directory.Build.props")
[ -n "$out" ] || out=$ROOT/artifacts/packages/threeoneone-field_$version.cdx.json
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then SOURCE_DATE_EPOCH=$(git -C "$ROOT" log -1 --format=%ct); fi
need_node
mkdir -p "$(dirname "$out")"
rc=0
node "$HERE/sbom.mjs" "$ROOT" "$version" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" >"$out.part" || rc=$?
mv "$out.part" "$out"
say "Bill of materials: $out"
[ "$look" = yes ] || exit $rc

# What no source answers is not known to be well.
need_dotnet
found=$(cd "$ROOT" && timeout 300 dotnet list ThreeOneOne.Field.sln package --vulnerable --include-transitive 2>&1) || found="failed: $(tail -n 1 <<<"$found")"
if grep -q ' has the following vulnerable packages' <<<"$found"; then
  grep -E '^ +> ' <<<"$found"
  rc=1
elif grep -qE 'NU1900|NU1905|failed:|error' <<<"$found"; then say "NuGet: no source answered about vulnerabilities: nothing is known"
else say "NuGet: the sources say that they know no vulnerable package here"; fi
say "The .NET runtime, Debian's packages: these sources are not asked about them. Microsoft's release notes and Debian's security tracker say what newer ones mend"
for room in dispatch crew basemap; do
  answer=$(cd "$ROOT/dashboards/$room" && timeout 120 npm audit --json 2>/dev/null) || true
  count=$(node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>{try{console.log(JSON.parse(t).metadata.vulnerabilities.total)}catch{console.log("")}})' <<<"$answer")
  if [ -z "$count" ]; then say "npm, $room: the registry does not answer about vulnerabilities: nothing is known"
  elif [ "$count" = 0 ]; then say "npm, $room: the registry knows no vulnerable package here"
  else say "npm, $room: $count vulnerable packages: npm audit says which"; rc=1; fi
done
exit $rc
