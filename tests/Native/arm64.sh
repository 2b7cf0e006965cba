# Sourced by tests/packages.sh: the native libraries of the arm64 packages work, each under an emulator (qemu-user) with Debian's arm64 C library and
# Python. The programs are portable IL and are not run here: no arm64 runtime is to be had without Microsoft's tarball. $work, $root and $hub are the caller's.

ARM64_PACKAGES=(libmosquitto1 libpython3-stdlib python3-minimal)
probe=$ROOT/tests/Native/probe.py

# A tree of Debian's arm64 packages, nothing of it installed: ${XDG_CACHE_HOME:-~/.cache}/threeoneone-field/arm64.
arm64_tree() {
  local place deb apt=$work/apt
  place=${XDG_CACHE_HOME:-$HOME/.cache}/threeoneone-field/arm64/$({ . /etc/os-release; echo "$ID $VERSION_ID ${ARM64_PACKAGES[*]}"; } | sha256sum | cut -c 1-16)
  if [ ! -e "$place/usr/bin/python3" ]; then
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/tree"
    : >"$apt/status"
    local options=(-o "Dir::State=$apt" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt" -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o Acquire::Languages=none -o APT::Sandbox::User=root -o Debug::NoLocking=1)
    { apt-get "${options[@]}" update && apt-get "${options[@]}" install -y --no-install-recommends --download-only "${ARM64_PACKAGES[@]}"; } >"$apt/log" 2>&1 || return 1
    for deb in "$apt"/archives/*_{arm64,all}.deb; do dpkg-deb -x "$deb" "$apt/tree" || return 1; done
    mkdir -p "$(dirname "$place")"
    rm -rf "$place"
    cp -r "$apt/tree" "$place.new" && mv "$place.new" "$place"
  fi
  echo "$place"
}

on_arm64() { qemu-aarch64-static -L "$arm64" "$arm64/usr/bin/python3" "$probe" "$@"; }

arm64_sqlite() { find "$work/arm64-hub" -name libe_sqlite3.so; }

# What the programs call of a library: entry points of the sources.
called() { grep -rhoE "LibraryImport\($1, EntryPoint = \"[a-zA-Z0-9_]+\"" "$ROOT/edge/Link" "$ROOT/edge/Agent" "$ROOT/hub" --include='*.cs' | sed 's/.*"\(.*\)"/\1/' | sort -u; }

# A broker of this machine's own processor, which asks for certificates: sets $broker and $port.
arm64_broker() {
  local certificates=$work/arm64-tls
  mkdir -p "$certificates"
  (
    cd "$certificates" || exit 1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=probe-ca -keyout ca.key -out ca.crt
    for name in server vehicle; do
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout $name.key -out $name.csr
      openssl x509 -req -in $name.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile <(echo subjectAltName=IP:127.0.0.1) -out $name.crt
    done
    cp vehicle.key other.key
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=vehicle -keyout other.key -out other.crt
  ) >"$work/openssl" 2>&1 || { cat "$work/openssl"; return 1; }
  # The broker goes on as a user of its own.
  chmod 711 "$work"
  chmod 755 "$certificates"
  chmod 644 "$certificates"/*
  for port in $(shuf -i 20000-29999 -n 20); do
    printf 'listener %s 127.0.0.1\ncafile %s/ca.crt\ncertfile %s/server.crt\nkeyfile %s/server.key\nrequire_certificate true\nallow_anonymous true\n' "$port" "$certificates" "$certificates" "$certificates" >"$work/broker.conf"
    mosquitto -c "$work/broker.conf" >"$work/broker.log" 2>&1 &
    broker=$!
    for _ in $(seq 100); do
      kill -0 $broker 2>/dev/null || continue 2
      (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return 0
      sleep 0.1
    done
    kill $broker
  done
  cat "$work/broker.log"
  return 1
}

On_arm64_the_hubs_SQLite_keeps_what_it_is_given() {
  on_arm64 sqlite "$(arm64_sqlite)" "$work"
}

On_arm64_SQLite_has_every_function_that_it_has_here() {
  local here there
  functions() { readelf --dyn-syms -W "$1" | awk '$4 == "FUNC" && $7 != "UND" { print $8 }' | grep '^sqlite3' | sort; }
  there=$(functions "$(arm64_sqlite)") here=$(functions "$(find "$root" -name libe_sqlite3.so)")
  [ "$(wc -l <<<"$here")" -gt 200 ] && [ "$here" = "$there" ] || { diff <(echo "$here") <(echo "$there"); return 1; }
}

On_arm64_a_library_of_another_processor_or_half_a_one_is_refused() {
  # Else the tests above would show nothing.
  head -c 700000 "$(arm64_sqlite)" >"$work/half.so"
  ! on_arm64 sqlite "$(find "$root" -name libe_sqlite3.so)" "$work" && ! on_arm64 sqlite "$work/half.so" "$work"
}

On_arm64_libmosquitto_speaks_with_the_broker_by_mutual_TLS() {
  local rc=0 port broker
  arm64_broker || return 1
  on_arm64 mosquitto libmosquitto.so.1 "$port" "$work/arm64-tls" || rc=1
  # Nor is everybody let in, which shows that certificates are what let this one in.
  mkdir -p "$work/arm64-other"
  cp "$work/arm64-tls/ca.crt" "$work/arm64-other/"
  cp "$work/arm64-tls/other.crt" "$work/arm64-other/vehicle.crt"
  cp "$work/arm64-tls/other.key" "$work/arm64-other/vehicle.key"
  ! on_arm64 mosquitto libmosquitto.so.1 "$port" "$work/arm64-other" || rc=1
  kill "$broker"
  wait "$broker"
  return $rc
}

On_arm64_every_function_that_the_programs_call_is_there() {
  local library names
  for library in Library=libmosquitto.so.1 Ssl=libssl.so.3 Crypto=libcrypto.so.3 '"libc"=libc.so.6'; do
    mapfile -t names < <(called "${library%%=*}")
    [ ${#names[@]} -gt 3 ] && on_arm64 symbols "${library#*=}" "${names[@]}" || return 1
  done
  ! on_arm64 symbols libc.so.6 no_such_function
}

# open(2)'s flags are other numbers there than here.
On_arm64_a_folder_is_synced_by_the_flags_of_that_processor() {
  mkdir -p "$work/arm64-folder"
  grep -qF 'ReadOnlyFolderArm = 0x4000 | 0x80000' "$ROOT/edge/Agent/Outbox/DurableFile.cs" && grep -qF 'DirectoryArm = 0x4000' "$ROOT/hub/Storage/DurableFolder.cs" || return 1
  on_arm64 folder "$work/arm64-folder" 0x84000 && ! on_arm64 folder "$work/arm64-folder" 0x90000
}

need_packages qemu-aarch64-static=qemu-user-static mosquitto=mosquitto openssl=openssl
if arm64=$(arm64_tree); then
  mkdir -p "$work/arm64-hub"
  dpkg-deb -x "${hub[0]}" "$work/arm64-hub"
else
  echo "*** The arm64 libraries are SKIPPED, nothing was proven: Debian's arm64 packages cannot be had: $(tail -n 1 "$work/apt/log") ***"
  for name in $(declare -F | awk '$3 ~ /^On_arm64_/ { print $3 }'); do
    echo "  Skipped $name"
    skipped=$((skipped + 1))
    unset -f "$name"
  done
fi
