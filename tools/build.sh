# shellcheck shell=bash
# The optimised, split build: the server, and the browser half as one folder per release.

# How many releases of the browser half stay, so that a tab opened before a deploy still finds its files.
KEPT_RELEASES=3

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
  flock "$BUILD_LOCK"
  step "Build the server and the browser half" cargo leptos build --release --split
  cp "$CARGO_TARGET_DIR/release/server" "$APP/server.new"
  exec {BUILD_LOCK}>&-
  quiet_step "Put the release together" make_release
  mv "$APP/server.new" "$APP/server"
  echo "$sources" >"$APP/sources"
}

# One line that changes when a source or a tool does.
fingerprint() {
  {
    rustc --version
    command -v wasm-opt || true
    find . \( -name .git -o -name target -o -name node_modules -o -name data -o -name end2end -o -name docs -o -name '*.md' \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d ' ' -f 1
}

# Everything of a release lies in one folder named by what is in it: names inside stay plain, and each file may be kept by
# browsers for good. (cargo-leptos can hash names one by one, but a name then outlives a change of what the file refers to.)
make_release() {
  local built=$ROOT/target/site site=$APP/site digest
  rm -f "$built"/pkg/*.d.ts
  digest=$(cd "$built/pkg" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c 1-16)
  mkdir -p "$site/pkg"
  find "$site" -mindepth 1 -maxdepth 1 ! -name pkg -exec rm -rf {} +
  find "$built" -mindepth 1 -maxdepth 1 ! -name pkg -exec cp -R {} "$site/" \;
  rm -rf "$site/pkg/$digest"
  cp -R "$built/pkg" "$site/pkg/$digest"
  compress "$site"
  echo "$digest" >"$site/pkg/release.txt"
  find "$site/pkg" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +$((KEPT_RELEASES + 1)) |
    cut -d ' ' -f 2- | xargs -r rm -rf
}

# Done once, at the highest level, instead of on each request.
compress() {
  if find_node; then
    node "$ROOT/tools/compress.mjs" "$1"
  else
    find "$1" -type f \( -name '*.wasm' -o -name '*.js' -o -name '*.css' -o -name '*.svg' \) -exec gzip -9 -k -f {} +
  fi
}
