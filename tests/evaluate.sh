#!/usr/bin/env bash
# How accurate sensing is: figures beside simpler ways on the same windows, and one last line of JSON.
#   bash tests/evaluate.sh NAME [--data DIR] [--seed N]     the names: bash tests/evaluate.sh --help
#   bash tests/evaluate.sh train-shock --seed 1 --out edge/Agent/Sensing/Shock/ShockWeights.cs     trains what vehicles carry
# Recordings come from --data, else FIELD_DATA, else ../shared/data; the simulated city needs none.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/hub/setup.sh"
need_dotnet
quietly dotnet build "$ROOT/tests/Evaluation/Evaluation.csproj" -c Release --nologo -v quiet
program=$ROOT/tests/Evaluation/bin/Release/net10.0/field-evaluation.dll
if [ $# -eq 0 ] || [ "$1" = --help ]; then exec dotnet "$program"; fi
exec dotnet "$program" "$@" --root "$ROOT"
