# Sourced by hub/demo.sh and tests/run.sh: brings what they need onto a Debian 12 machine. Shell functions only.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# A minimal Debian has no ICU, and nothing here needs it.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else stop "Installing Debian packages needs root or sudo. As root: apt-get install $MISSING_PACKAGES"
  fi
}

# need_packages FILE=PACKAGE …: installs the packages whose file (or command) is not there.
need_packages() {
  local pair file missing=()
  for pair in "$@"; do
    file=${pair%%=*}
    case $file in
      /*) [ -e "$file" ] || missing+=("${pair#*=}") ;;
      *.so.*) ldconfig -p 2>/dev/null | grep -qF "$file" || /sbin/ldconfig -p 2>/dev/null | grep -qF "$file" || missing+=("${pair#*=}") ;;
      *) command -v "$file" >/dev/null || [ -x "/usr/sbin/$file" ] || missing+=("${pair#*=}") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  MISSING_PACKAGES=${missing[*]}
  command -v apt-get >/dev/null || stop "This script installs Debian packages, and apt-get is not here. Install by hand: $MISSING_PACKAGES"
  say "Installing Debian packages: $MISSING_PACKAGES"
  # No service starts because it was installed: the hub runs its own, on loopback, unprivileged.
  local policy=/usr/sbin/policy-rc.d log made=''
  log=$(mktemp)
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    made=yes
  fi
  if ! { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    [ -z "$made" ] || as_root rm -f "$policy"
    tail -n 20 "$log" >&2
    stop "apt-get could not install: $MISSING_PACKAGES (its last words are above)"
  fi
  [ -z "$made" ] || as_root rm -f "$policy"
  rm -f "$log"
}

# PostgreSQL 15 with PostGIS from Debian, for tests and for hubs that are told to use it. No server is started here.
need_postgres() {
  need_packages /usr/lib/postgresql/15/bin/postgres=postgresql-15 /usr/share/postgresql/15/extension/postgis.control=postgresql-15-postgis-3
}

need_dotnet() {
  command -v dotnet >/dev/null || stop "The .NET SDK 10 is missing: 'dotnet' is not on PATH. Install it, then run this again."
  local version
  version=$(cd "$ROOT" && dotnet --version 2>/dev/null) || stop "The .NET SDK here is older than global.json asks for (10.0): $(dotnet --list-sdks | tail -n 1)"
  case $version in 10.*) ;; *) stop "The .NET SDK 10 is needed; this is $version" ;; esac
}

# Puts a Node.js on PATH that is new enough for the pages: the machine's own, or one from the npm registry by lock file.
need_node() {
  if command -v npm >/dev/null && node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>22||a==22&&b>=12||a==20&&b>=19?0:1)' 2>/dev/null \
    && [ "$(npm --version | cut -d. -f1)" -ge 11 ]; then return 0; fi
  local own="$ROOT/dashboards/node/node_modules"
  if ! [ -x "$own/.bin/npm" ]; then
    need_packages node=nodejs npm=npm
    say "Fetching Node.js 22 and npm by lock file"
    quietly npm ci --prefix "$ROOT/dashboards/node" --no-audit --no-fund
  fi
  local bin
  for bin in "$own"/node-linux-*/bin; do PATH=$own/.bin:$bin:$PATH; done
  export PATH
  hash -r
}

# quietly COMMAND …: shows its output only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if "$@" </dev/null >"$log" 2>&1; then rm -f "$log"; return 0; fi
  tail -n 60 "$log" >&2
  rm -f "$log"
  stop "Failed: $*"
}

# is_current STAMP PATH …: true when no tracked kind of source under the paths is newer than the stamp.
is_current() {
  local stamp=$1
  shift
  [ -e "$stamp" ] && [ -z "$(find "$@" -newer "$stamp" -type f \
    -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit)" ]
}

# The dispatcher's page, the crew's and the base map: dashboards/{dispatch,crew,basemap}/dist.
build_pages() {
  local stamp="$ROOT/dashboards/dispatch/dist/.built"
  if is_current "$stamp" "$ROOT/dashboards/dispatch" "$ROOT/dashboards/crew" "$ROOT/dashboards/shared" "$ROOT/dashboards/basemap" "$ROOT/hub/Cities"; then return 0; fi
  need_node
  local room
  for room in basemap dispatch crew; do
    if ! is_current "$ROOT/dashboards/$room/node_modules/.package-lock.json" "$ROOT/dashboards/$room/package-lock.json"; then
      say "Fetching what dashboards/$room builds with"
      quietly npm ci --prefix "$ROOT/dashboards/$room" --no-audit --no-fund
    fi
  done
  say "Building the base map and the pages"
  quietly npm run build --prefix "$ROOT/dashboards/basemap"
  quietly npm run build --prefix "$ROOT/dashboards/dispatch"
  quietly npm run build --prefix "$ROOT/dashboards/crew"
  touch "$stamp"
}

# The programs, in Release: field-hub, field-agent and field-fleet.
build_programs() {
  local stamp="$ROOT/tests/Fleet/bin/.built"
  if is_current "$stamp" "$ROOT/edge" "$ROOT/hub" "$ROOT/tests/Fleet" "$ROOT/tests/Support" "$ROOT"/Directory.*.props "$ROOT/global.json"; then return 0; fi
  say "Building the programs"
  quietly dotnet build "$ROOT/hub/Hub.csproj" -c Release --nologo -v quiet
  quietly dotnet build "$ROOT/tests/Fleet/Fleet.csproj" -c Release --nologo -v quiet
  touch "$stamp"
}

# The Debian packages of both architectures and the update archive, for tests: artifacts/tested. Its .built holds the time that is in them.
build_packages() {
  local folder="$ROOT/artifacts/tested" committed
  if is_current "$folder/.built" "$ROOT/edge" "$ROOT/firmware-config" "$ROOT/hub" "$ROOT/dashboards" "$ROOT"/Directory.*.props "$ROOT/global.json"; then return 0; fi
  rm -rf "$folder"
  mkdir -p "$folder"
  # As old as what it was built from.
  committed=${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct)}
  echo "$committed" >"$folder/.begun"
  say "Building the packages"
  quietly env SOURCE_DATE_EPOCH="$committed" bash "$ROOT/firmware-config/packaging/build.sh" --arch all --out "$folder"
  mv "$folder/.begun" "$folder/.built"
}
