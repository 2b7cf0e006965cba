# Sourced by tests/kernel.sh and boot.sh: the User-Mode Linux guest, its name, its place in the cache, how it is built. Shell functions only.

KERNEL_PACKAGE=linux-source-6.1
KERNEL_ROOM=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Seconds that a build may take: 5 to 8 minutes on two cores that do nothing else.
KERNEL_BUILD_SECONDS=${FIELD_KERNEL_BUILD_SECONDS:-1800}

# The version of the kernel's source package: installed, else the one that would be. Empty where neither is known.
kernel_version() {
  local version
  version=$(dpkg-query -W -f '${Version}' "$KERNEL_PACKAGE" 2>/dev/null)
  [ -n "$version" ] || version=$(apt-cache policy "$KERNEL_PACKAGE" 2>/dev/null | awk '$1 == "Candidate:" { print $2 }')
  [ "$version" = '(none)' ] || printf '%s' "$version"
}

# The folder of the guest that belongs to this configuration and this source: linux, its modules, its device tree and what they were made from.
guest_folder() {
  local hash
  hash=$({ grep -v '^#' "$KERNEL_ROOM/guest.config"; cat "$KERNEL_ROOM"/chips/*; kernel_version; } | sha256sum | cut -c 1-16)
  printf '%s' "${XDG_CACHE_HOME:-$HOME/.cache}/threeoneone-field/kernel/$hash"
}

guest_is_cached() {
  local folder file
  folder=$(guest_folder)
  for file in linux i2c-stub.ko field-chips.ko wires.dtb; do [ -e "$folder/$file" ] || return 1; done
}

# Builds the guest into the cache. Says why it cannot, and fails.
guest_build() {
  local folder tree from=$SECONDS rc=0
  case $(uname -sm) in 'Linux x86_64') ;; *) say "User-Mode Linux needs Linux on x86-64; this is $(uname -sm)"; return 1 ;; esac
  # As its own process: what cannot be installed must not end the caller.
  (need_packages "/usr/src/$KERNEL_PACKAGE.tar.xz=$KERNEL_PACKAGE" gcc=gcc make=make bc=bc flex=flex bison=bison xz=xz-utils /usr/include/gelf.h=libelf-dev /usr/include/stdio.h=libc6-dev) || return 1
  folder=$(guest_folder)
  tree=$(mktemp -d "${TMPDIR:-/tmp}/field-kernel.XXXXXX") || return 1
  if [ "$(df -Pk "$tree" | awk 'NR==2 {print $4}')" -lt 4000000 ]; then
    rm -rf "$tree"
    say "Building the guest's kernel needs 4 GB in ${TMPDIR:-/tmp}"
    return 1
  fi
  say "Building the guest's kernel ($KERNEL_PACKAGE $(kernel_version)), at most $((KERNEL_BUILD_SECONDS / 60)) minutes"
  timeout "$KERNEL_BUILD_SECONDS" nice -n 10 bash -euo pipefail -c '
    tree=$1 config=$2
    tar xf "/usr/src/$3.tar.xz" -C "$tree" --strip-components=1
    cd "$tree"
    make ARCH=um tinyconfig
    scripts/kconfig/merge_config.sh -m .config "$config"
    make ARCH=um olddefconfig
    make ARCH=um -j"$(nproc)" linux modules
    cp -r "$4" "$tree/field-chips"
    make ARCH=um M="$tree/field-chips" modules
    scripts/dtc/dtc -O dtb -o wires.dtb "$4/wires.dts"
    ' build "$tree" "$KERNEL_ROOM/guest.config" "$KERNEL_PACKAGE" "$KERNEL_ROOM/chips" </dev/null >"$tree.log" 2>&1 || rc=$?
  if [ $rc -eq 0 ]; then
    mkdir -p "$folder.new" && cp "$tree/linux" "$tree/drivers/i2c/i2c-stub.ko" "$tree/field-chips/field-chips.ko" "$tree/wires.dtb" "$folder.new/" && strip -g "$folder.new/linux" \
      && { printf '%s %s\n' "$KERNEL_PACKAGE" "$(kernel_version)"; cat "$KERNEL_ROOM/guest.config"; } >"$folder.new/made-from" \
      && rm -rf "$folder" && mv "$folder.new" "$folder" || rc=$?
  else
    tail -n 15 "$tree.log" >&2
    [ $rc -ne 124 ] || say 'It took too long: FIELD_KERNEL_BUILD_SECONDS'
  fi
  rm -rf "$tree" "$tree.log"
  [ $rc -eq 0 ] || return 1
  say "The guest's kernel is at $folder ($((SECONDS - from)) s)"
}
