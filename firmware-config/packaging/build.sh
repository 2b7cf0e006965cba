#!/usr/bin/env bash
# Makes the Debian packages of the vehicle's agent and of the hub: reproducible, the same bytes from the same commit.
#   bash firmware-config/packaging/build.sh [--arch arm64|amd64|all] [--out DIR] [--version V] [--only agent|hub]
# Leaves field-agent_V_ARCH.deb, field-hub_V_ARCH.deb and the agent's update archive field-agent_V.tar.gz in DIR
# (artifacts/packages). The programs are portable IL; what differs by architecture is what they are linked with at run time.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$ROOT/hub/setup.sh"
umask 022
export LC_ALL=C TZ=UTC

arches=(arm64 amd64) out=$ROOT/artifacts/packages version='' only=(agent hub)
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { case $1 in --help | -h) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;; esac; stop "$1 needs a value; see --help"; }
  case $1 in
    --arch) case $2 in all) ;; arm64 | amd64) arches=("$2") ;; *) stop "--arch $2 is not known: arm64, amd64 or all" ;; esac ;;
    --out) out=$2 ;;
    --version) version=$2 ;;
    --only) case $2 in agent | hub) only=("$2") ;; *) stop "--only $2 is not known: agent or hub" ;; esac ;;
    *) stop "Unknown option $1; see --help" ;;
  esac
  shift 2
done
[ -n "$version" ] || version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' "$ROOT/Directory.Build.props")
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || stop "--version $version is not three numbers such as 0.1.0"
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then SOURCE_DATE_EPOCH=$(git -C "$ROOT" log -1 --format=%ct); fi
export SOURCE_DATE_EPOCH

need_dotnet
need_packages dpkg-deb=dpkg dh=debhelper dpkg-architecture=dpkg-dev
build_pages
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/field-package.XXXXXX")
trap 'rm -rf "$work"' EXIT

# publish PROJECT NAME: what runs, and no more: no host program, no symbols, no documentation, no path of this machine.
publish() {
  say "Building $2 $version"
  quietly dotnet publish "$ROOT/$1" -c Release --nologo -v quiet --artifacts-path "$work/build" -o "$work/$2" \
    -p:UseAppHost=false -p:DebugType=none -p:PublishDocumentationFiles=false -p:CopyDocumentationFilesFromPackages=false \
    -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:PathMap="$work=/build%2c$ROOT=/field" -p:IncludeSourceRevisionInInformationalVersion=false -p:RestoreLockedMode=true -p:RunAnalyzers=false
}

# pack NAME ARCH: the tree $work/tree, which holds what debian/install names, becomes a package.
pack() {
  local tree=$work/tree
  cp -r "$HERE/$1/debian" "$tree/debian"
  bash "$HERE/changelog.sh" "field-$1" "$version" "$SOURCE_DATE_EPOCH" >"$tree/debian/changelog"
  chmod 755 "$tree/debian/rules"
  find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  (cd "$tree" && quietly env DEB_RULES_REQUIRES_ROOT=no DEB_BUILD_OPTIONS=nostrip CC=true dpkg-architecture -a "$2" -f --command "make -f debian/rules binary")
  mv "$work"/field-*.deb "$out/"
  rm -rf "$tree"
}

for name in "${only[@]}"; do
  case $name in agent) publish edge/Agent/Agent.csproj agent ;; hub) publish hub/Hub.csproj hub ;; esac
  for arch in "${arches[@]}"; do
    tree=$work/tree
    mkdir -p "$tree"
    case $name in
      agent)
        cp -r "$work/agent" "$tree/program"
        cp -r "$ROOT/dashboards/crew/dist" "$tree/program/page"
        echo "$version" >"$tree/program/version"
        cp -r "$HERE"/agent/{launch,field-agent,agent.json,completions,sysusers} "$tree/"
        ;;
      hub)
        cp -r "$work/hub" "$tree/program"
        # One native library, of one architecture.
        case $arch in arm64) rid=linux-arm64 ;; amd64) rid=linux-x64 ;; esac
        find "$tree/program/runtimes" -mindepth 1 -maxdepth 1 ! -name "$rid" -exec rm -rf {} +
        cp -r "$ROOT/dashboards/dispatch/dist" "$tree/page"
        cp -r "$ROOT/dashboards/basemap/dist" "$tree/map"
        cp -r "$HERE"/hub/{field-hub,field-hub.json,sysusers} "$tree/"
        ;;
    esac
    find "$tree" \( -name .built -o -name web.config -o -name '*.staticwebassets.endpoints.json' -o -name openapi.json \) -delete
    find "$tree" -type f -exec chmod 644 {} +
    pack "$name" "$arch"
  done
done

# What an update carries is the package's own program.
if [[ " ${only[*]} " == *' agent '* ]]; then
  cp -r "$ROOT/dashboards/crew/dist" "$work/agent/page"
  find "$work/agent" -type f -exec chmod 644 {} +
  tar -C "$work/agent" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar --mtime="@$SOURCE_DATE_EPOCH" -cf - . | gzip -9n >"$out/field-agent_$version.tar.gz"
fi
(cd "$out" && sha256sum field-*_"$version"*)
