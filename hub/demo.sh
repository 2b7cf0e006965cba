#!/usr/bin/env bash
# The whole product on one machine, on real streets: see --help.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'HELP'
bash hub/demo.sh [options]

Sets up what is missing, builds, starts a hub with its own broker and database and a fleet of vehicles in
Cambridge MA, and prints the dispatcher's address with a one-time sign-in link. Ctrl-C ends it in order
(vehicles, hub, broker); a second Ctrl-C ends it at once. A second start goes on with the same data.

  --for 60s       run that long from the moment the live feed is up, then end with one JSON line of figures
  --vehicles N    vehicles in the fleet (at least 3 are separate agent processes)
  --speed X       how many times faster than the clock on the wall the vehicles drive and sense
  --seed S        seed of everything that is simulated
  --time-series U deliver time series to a store at this address, such as http://127.0.0.1:8428 (VictoriaMetrics)
  --storage KIND  where the hub keeps its data: sqlite (a file, the default), or postgres (PostgreSQL 15 with
                  PostGIS, installed when missing and run in the data folder, on a socket of its own)
  --port P        port of the dispatcher's page on this machine (5311)
  --data DIR      where the hub and the vehicles keep their data
  --reset         forget the data first
  --help          this text

Data folder: $XDG_DATA_HOME/threeoneone-demo, or /var/lib/threeoneone-demo when started by root. Started by
root, everything runs as the system user field311, which this script makes. Nothing listens outside 127.0.0.1.
HELP
}

. "$ROOT/hub/setup.sh"

data='' port=5311 reset='' storage=sqlite pass=()
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --for | --vehicles | --speed | --seed | --time-series)
      [ $# -ge 2 ] || stop "$1 needs a value; see --help"
      pass+=("$1" "$2"); shift 2 ;;
    --storage)
      [ $# -ge 2 ] || stop "$1 needs a value; see --help"
      case $2 in sqlite | postgres) storage=$2 ;; *) stop "--storage $2 is not known: sqlite or postgres" ;; esac
      shift 2 ;;
    --port) [ $# -ge 2 ] || stop "--port needs a value; see --help"; port=$2; shift 2 ;;
    --data) [ $# -ge 2 ] || stop "--data needs a folder; see --help"; data=$2; shift 2 ;;
    --reset) reset=yes; shift ;;
    *) stop "Unknown option $1; see --help" ;;
  esac
done
case $port in '' | *[!0-9]*) stop "--port $port is not a number" ;; esac

if [ -z "$data" ]; then
  if [ "$(id -u)" = 0 ]; then data=/var/lib/threeoneone-demo
  else data=${XDG_DATA_HOME:-$HOME/.local/share}/threeoneone-demo; fi
fi

set_up() {
  need_dotnet
  need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1
  if [ "$storage" = postgres ]; then need_postgres; fi
  build_pages
  build_programs
  # Servers never run as root.
  if [ "$(id -u)" = 0 ] && ! id field311 >/dev/null 2>&1; then
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin field311
  fi
}

# Two that are started at once build one after the other. What a build leaves running does not hold the lock.
(flock 9; set_up 9<&-) 9<"$ROOT"

mkdir -p "$data"
data=$(cd "$data" && pwd)
if [ -n "$reset" ]; then
  # Only what the demo itself makes: the folder may be anybody's.
  if [ -e "$data/demo" ] || [ -e "$data/app" ]; then rm -rf "${data:?}/demo" "${data:?}/app"; fi
fi

fleet=$ROOT/tests/Fleet/bin/Release/net10.0 hub=$ROOT/hub/bin/Release/net10.0
page=$ROOT/dashboards/dispatch/dist crew=$ROOT/dashboards/crew/dist map=$ROOT/dashboards/basemap/dist city=$ROOT/hub/Cities/cambridge-ma
become=()
if [ "$(id -u)" = 0 ]; then
  # The servers' user may not be able to read this checkout: it gets its own copy.
  rm -rf "$data/app"
  mkdir -p "$data/app"
  cp -r "$fleet" "$data/app/fleet"
  cp -r "$hub" "$data/app/hub"
  cp -r "$page" "$data/app/page"
  cp -r "$crew" "$data/app/crew"
  cp -r "$map" "$data/app/map"
  cp -r "$city" "$data/app/city"
  chmod -R a+rX "$data/app"
  mkdir -p "$data/demo"
  chown -R field311:field311 "$data/demo"
  fleet=$data/app/fleet hub=$data/app/hub page=$data/app/page crew=$data/app/crew map=$data/app/map city=$data/app/city
  become=(setpriv --reuid=field311 --regid=field311 --clear-groups env "HOME=$data/demo")
  "${become[@]}" test -r "$fleet/field-fleet.dll" || stop "The user field311 cannot reach $data: choose another folder with --data"
  "${become[@]}" dotnet --list-runtimes >/dev/null 2>&1 || stop "The user field311 cannot run $(command -v dotnet): install the .NET SDK where every user can read it"
fi

cd /
exec "${become[@]}" dotnet "$fleet/field-fleet.dll" demo \
  --hub "$hub/field-hub.dll" --agent "$fleet/field-agent.dll" --data "$data/demo" --port "$port" --storage "$storage" \
  --page-folder "$page" --crew-page-folder "$crew" --map-folder "$map" --city "$city" "${pass[@]}"
