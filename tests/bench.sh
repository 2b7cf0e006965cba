#!/usr/bin/env bash
# Benchmarks, on this machine, against a baseline in the same run. Prints a table and one last line of JSON.
#   bash tests/bench.sh NAME [--option VALUE …]     the names: bash tests/bench.sh --help
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"
need_dotnet
need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1
quietly dotnet build "$ROOT/hub/Hub.csproj" -c Release --nologo -v quiet
quietly dotnet build "$ROOT/tests/Bench/Bench.csproj" -c Release --nologo -v quiet
if [ "${1:-}" = stores ]; then need_postgres; fi
if [ "${1:-}" = screens ]; then
  need_packages chromium=chromium
  need_node
  build_pages
  [ -e "$ROOT/dashboards/checks/node_modules/axe-core/axe.min.js" ] || quietly npm ci --prefix "$ROOT/dashboards/checks" --no-audit --no-fund
fi
if [ "${1:-}" = peer ] && ! [ -e "$ROOT/tests/Bench/Peer/node_modules/sqlite3/build/Release/node_sqlite3.node" ]; then
  # Its SQLite node is compiled here: no binary of it comes with the package.
  need_packages g++=g++ make=make python3=python3
  need_node
  say "Fetching and compiling Node-RED (minutes)"
  headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  [ -e "$headers/include/node/node.h" ] || stop "The peer needs Node.js with its headers, which are not below $headers/include"
  quietly env "npm_config_nodedir=$headers" npm ci --prefix "$ROOT/tests/Bench/Peer" --no-audit --no-fund
fi
cd "$ROOT"
if [ $# -eq 0 ] || [ "$1" = --help ]; then exec dotnet tests/Bench/bin/Release/net10.0/field-bench.dll; fi
exec dotnet tests/Bench/bin/Release/net10.0/field-bench.dll "$@" --root "$ROOT"
