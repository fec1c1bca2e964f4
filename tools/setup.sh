# shellcheck shell=bash
# Installing what is missing: each part looks first and is done in no time when nothing is.

CARGO_LEPTOS=0.3.10 # 0.3.11 does not build with Rust 1.95
WASM_BINDGEN=0.2.130 # the crate's version in Cargo.toml, to the digit
OLDEST_RUST=1.95
OLDEST_POSTGRES=15
OLDEST_NODE=18.17 # Debian 12's; the last Playwright that runs on it is 1.61

setup_everything() {
  setup_system postgres node chromium
  setup_build
}

# What building takes: Rust with the browser's target, our splitting tool, and those that make files small.
setup_build() {
  setup_system node
  setup_rust
  setup_pack
  setup_npm
}

have() { command -v "$1" >/dev/null; }
am_root() { [[ $(id -u) == 0 ]]; }
# at_least OLDEST VERSION
at_least() { [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# setup_system NAME…  programs that the system's packages bring.
setup_system() {
  local name missing=()
  for name in "$@"; do
    "find_$name" >/dev/null || missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then return; fi
  local packages=()
  for name in "${missing[@]}"; do
    case $name in
      postgres) packages+=(postgresql postgresql-contrib) ;;
      node) packages+=(nodejs npm) ;;
      chromium) packages+=(chromium fonts-dejavu-core) ;;
    esac
  done
  if ! am_root || ! have apt-get; then
    fail "Missing: ${missing[*]}. Install them, then run this again. On Debian or Ubuntu:
  sudo apt-get install --no-install-recommends ${packages[*]}
Needed: PostgreSQL $OLDEST_POSTGRES or newer, Node $OLDEST_NODE or newer with npm, Chromium or Chrome."
  fi
  quiet_step "Install ${packages[*]}" install_packages "${packages[@]}"
  for name in "${missing[@]}"; do
    "find_$name" >/dev/null || fail "The package is installed, but $name is still missing or too old."
  done
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -y -q --no-install-recommends "$@"
}

# The folder of initdb and postgres.
find_postgres() {
  local folder version
  for folder in $(dirname "$(readlink -f "$(command -v postgres || echo /none/none)")") $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    [[ -x $folder/initdb && -x $folder/postgres ]] || continue
    version=$("$folder/postgres" --version | sed -E 's/.*\) ([0-9]+).*/\1/')
    if at_least "$OLDEST_POSTGRES" "$version"; then
      echo "$folder"
      return
    fi
  done
  return 1
}

find_node() {
  have node && have npm && at_least "$OLDEST_NODE" "$(node --version | tr -d v)"
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [[ -n $name ]] && command -v "$name" && return
  done
  return 1
}

setup_rust() {
  have cargo || fail "Rust is missing. Install it with rustup (version $OLDEST_RUST or newer), then run this again."
  local version
  version=$(rustc --version | cut -d ' ' -f 2)
  at_least "$OLDEST_RUST" "$version" || fail "Rust $OLDEST_RUST or newer is needed; this is $version. Run: rustup update stable"
  if ! has_wasm_target; then
    if ! have rustup || ! rustup target add wasm32-unknown-unknown; then build_wasm_target; fi
  fi
}

std_source() { echo "$(rustc --print sysroot)/lib/rustlib/src/rust"; }
has_std_source() { [[ -e $(std_source)/library/Cargo.lock ]]; }

wasm_target_folder() { echo "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"; }
has_wasm_target() { compgen -G "$(wasm_target_folder)/libstd-*.rlib" >/dev/null; }

# The standard library's source: rustup's, else Debian's source package of the very same version.
find_std_source() {
  local version source package
  if has_std_source; then return; fi
  if have rustup && rustup component add rust-src; then return; fi
  version=$(rustc --version | cut -d ' ' -f 2)
  source=/usr/src/rustc-$version
  if [[ ! -d $source ]] && am_root && have apt-cache; then
    for package in rust-src rust-web-src; do
      if apt-cache madison "$package" | grep -qF " $version+"; then
        quiet_step "Install $package" install_packages "$package=$(apt-cache madison "$package" | grep -F " $version+" | head -n 1 | cut -d '|' -f 2 | tr -d ' ')"
      fi
    done
  fi
  [[ -d $source ]] || return 1
  mkdir -p "$(dirname "$(std_source)")"
  [[ -e $(std_source) ]] || ln -s "$source" "$(std_source)"
}

# Where the Rust distribution server has no such target, or cannot be reached: builds the standard library (30 s), and puts
# it where rustup would have.
build_wasm_target() {
  local version
  version=$(rustc --version | cut -d ' ' -f 2)
  find_std_source || fail "The browser's target of Rust is missing and cannot be fetched.
With a network: rustup target add wasm32-unknown-unknown
Without: put the source of Rust $version into /usr/src/rustc-$version and run this again."
  quiet_step "Build the standard library for the browser" build_std
}

build_std() {
  local work
  mkdir -p "$(wasm_target_folder)"
  work=$(mktemp -d)
  at_exit "rm -rf '$work'"
  cargo init -q --lib --name std_for_wasm "$work"
  (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target cargo build --release \
    -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown)
  cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$(wasm_target_folder)/"
}

# The tool that splits the browser half and binds it to JavaScript (tools/pack), kept per version of its source.
setup_pack() {
  local folder
  folder=$TOOLS/pack-$(cat tools/pack/Cargo.lock tools/pack/Cargo.toml tools/pack/src/*.rs | sha256sum | cut -c 1-16)
  if [[ ! -x $folder/bin/pack ]]; then
    quiet_step "Build the tool that splits the browser half (once per user)" install_crate "$folder" --locked --path "$ROOT/tools/pack"
  fi
  PATH=$folder/bin:$PATH
}

# What `./dev watch` needs besides: two tools whose build takes minutes. Fitting ones on PATH will do.
setup_watch() {
  PATH=$TOOLS/bin:$PATH
  if ! have cargo-leptos || [[ $(cargo-leptos leptos --version) != *" $CARGO_LEPTOS" ]]; then
    if ! have make || ! have perl; then fail "Building cargo-leptos needs make and perl. On Debian or Ubuntu: sudo apt-get install make perl"; fi
    quiet_step "Build cargo-leptos $CARGO_LEPTOS (once per user)" install_crate "$TOOLS" --locked --version "$CARGO_LEPTOS" --features no_downloads cargo-leptos
  fi
  if ! have wasm-bindgen || [[ $(wasm-bindgen --version) != *" $WASM_BINDGEN" ]]; then
    quiet_step "Build wasm-bindgen $WASM_BINDGEN (once per user)" install_crate "$TOOLS" --version "$WASM_BINDGEN" --no-default-features wasm-bindgen-cli
  fi
}

# install_crate FOLDER ARGUMENT…  away from the checkout, whose .cargo/config.toml is not meant for tools.
install_crate() {
  local folder=$1
  shift
  mkdir -p "$folder" "$CACHE/tools-build"
  (cd "$folder" && CARGO_PROFILE_DEV_DEBUG=false cargo install --debug --root "$folder" --target-dir "$CACHE/tools-build" "$@")
  rm -rf "$CACHE/tools-build"
}

# Packages of end2end/package-lock.json (Playwright, axe, wasm-opt), kept per lockfile.
setup_npm() {
  local folder
  folder=$CACHE/npm/$(sha256sum <"$ROOT/end2end/package-lock.json" | cut -c 1-16)
  if [[ ! -e $folder/complete ]]; then
    quiet_step "Install the packages of end2end" install_npm "$folder"
  fi
  if [[ $(readlink "$ROOT/end2end/node_modules" || true) != "$folder/node_modules" ]]; then
    rm -rf "$ROOT/end2end/node_modules"
    ln -s "$folder/node_modules" "$ROOT/end2end/node_modules"
  fi
  PATH=$folder/node_modules/.bin:$PATH
}

install_npm() {
  local folder=$1
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$ROOT/end2end/package.json" "$ROOT/end2end/package-lock.json" "$folder/"
  (cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund)
  touch "$folder/complete"
}
