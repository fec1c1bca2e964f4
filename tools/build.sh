# shellcheck shell=bash
# The optimised, split build: the server, and the browser half as one folder per release.

# How many releases of the browser half stay, so that a tab opened before a deploy still finds its files.
KEPT_RELEASES=3
# What the browser's files are called, as in Cargo.toml's [[workspace.metadata.leptos]].
NAME=teletherapy

build_app() {
  setup_build
  local sources
  sources=$(fingerprint)
  if [[ -x $APP/server && -e $APP/site/pkg/release.txt && $(cat "$APP/sources" 2>/dev/null) == "$sources" ]]; then
    note "Nothing has changed since the last build"
    return
  fi
  mkdir -p "$APP" "$CARGO_TARGET_DIR"
  # Checkouts share the compiler's output: until ours is copied, another must not overwrite it.
  exec {BUILD_LOCK}>"$CARGO_TARGET_DIR/dev.lock"
  if ! flock -n "$BUILD_LOCK"; then
    note "Another checkout builds at this moment; waiting for it"
    flock "$BUILD_LOCK"
  fi
  find_std_source || note "Without the source of Rust's standard library a browser will load some 30 kB more"
  step "Build the server, and the browser half beside it" build_halves
  cp "$CARGO_TARGET_DIR/release/server" "$APP/server.new"
  exec {BUILD_LOCK}>&-
  quiet_step "Put the release together" make_release "$APP/pkg.new"
  mv "$APP/server.new" "$APP/server"
  echo "$sources" >"$APP/sources"
}

# Each half ends with minutes of one core's work: side by side they keep two busy.
build_halves() {
  local log=$APP/browser-half.log browser
  build_browser_half >"$log" 2>&1 &
  browser=$!
  if ! cargo build --release -p server; then
    kill "$browser" 2>/dev/null
    return 1
  fi
  if ! wait "$browser"; then
    cat "$log" >&2
    return 1
  fi
}

# Unstable options, for the browser half alone (decision 0008): no text of panics and debug output, which nobody reads there.
SMALL=(-Zunstable-options -Zlocation-detail=none -Zfmt-debug=none -Cpanic=immediate-abort)

# With the source of the standard library, and a compiler that knows these options.
can_build_small() {
  has_std_source && RUSTC_BOOTSTRAP=1 rustc "${SMALL[@]}" --target wasm32-unknown-unknown --print cfg >/dev/null
}

build_browser_half() {
  # The splitting tool follows the linker's relocations.
  local build=(cargo rustc -p frontend --lib --crate-type cdylib --target wasm32-unknown-unknown --profile wasm-release)
  local options=(-- -C link-args=--emit-relocs)
  if can_build_small; then
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="--cfg erase_components ${SMALL[*]}" "${build[@]}" \
      -Z build-std=std,panic_abort -Z build-std-features=optimize_for_size "${options[@]}"
  else
    "${build[@]}" "${options[@]}"
  fi
  rm -rf "$APP/pkg.new"
  pack "$CARGO_TARGET_DIR/wasm32-unknown-unknown/wasm-release/frontend.wasm" "$APP/pkg.new" "$NAME"
  shrink "$APP/pkg.new"
}

# shrink FOLDER  in place; and adds the style sheet. (-Oz gives smaller files than -Os, and larger ones once compressed.)
shrink() {
  local folder=$1
  find "$folder" -name '*.wasm' -print0 |
    xargs -0 -I FILE -P "$(nproc)" wasm-opt -Os --enable-bulk-memory --enable-nontrapping-float-to-int \
      --strip-producers --strip-target-features FILE -o FILE
  # wasm-bindgen names the loader of the pieces once a piece, which esbuild would warn of.
  find "$folder" -name '*.js' -print0 |
    xargs -0 -I FILE esbuild FILE --minify --format=esm --target=es2022 --log-level=warning \
      --log-override:duplicate-object-key=silent --allow-overwrite --outfile=FILE
  lightningcss --bundle --minify --targets defaults style/main.css -o "$folder/$NAME.css"
}

# One line that changes when a source or a tool does.
fingerprint() {
  {
    rustc --version
    sha256sum end2end/package-lock.json
    find . \( -name .git -o -name target -o -name node_modules -o -name data -o -name end2end -o -name docs -o -name '*.md' \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d ' ' -f 1
}

# make_release PKG  Everything of a release lies in one folder named by what is in it: names inside stay plain, and each file
# may be kept by browsers for good. (A digest in each name would outlive a change of what the file refers to.)
make_release() {
  local built=$1 site=$APP/site digest
  digest=$(cd "$built" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c 1-16)
  mkdir -p "$site/pkg"
  find "$site" -mindepth 1 -maxdepth 1 ! -name pkg -exec rm -rf {} +
  cp -R public/. "$site/"
  rm -rf "$site/pkg/$digest"
  mv "$built" "$site/pkg/$digest"
  # Done once, at the highest level, instead of on each request.
  node tools/compress.mjs "$site"
  echo "$digest" >"$site/pkg/release.txt"
  find "$site/pkg" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +$((KEPT_RELEASES + 1)) |
    cut -d ' ' -f 2- | xargs -r rm -rf
}
