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
cd "$ROOT"
if [ $# -eq 0 ] || [ "$1" = --help ]; then exec dotnet tests/Bench/bin/Release/net10.0/field-bench.dll; fi
exec dotnet tests/Bench/bin/Release/net10.0/field-bench.dll "$@" --root "$ROOT"
