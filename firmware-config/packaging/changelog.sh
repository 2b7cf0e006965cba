#!/usr/bin/env bash
# changelog.sh PACKAGE VERSION EPOCH: the package's Debian changelog. What changed is told by the repository's history.
set -eu
cat <<CHANGELOG
$1 ($2) stable; urgency=medium

  * Release $2. The repository says what changed and why.

 -- ThreeOneOne.Field maintainers <field@example.org>  $(date -u -R -d "@$3")
CHANGELOG
