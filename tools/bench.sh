# shellcheck shell=bash
# Figures with their limits. `size` reads the release, `calendar` watches a browser; every other bench is an example named bench_NAME of a crate, which
# prints `figure NAME = VALUE UNIT (limit LIMIT)` and exits 1 past a limit.

do_bench() {
  local name status=0
  local names=("$@")
  if (($# == 0)); then mapfile -t names < <(list_benches); fi
  for name in "${names[@]}"; do
    guarded bench "$name"
    ((STATUS == 0)) || status=1
  done
  return "$status"
}

list_benches() {
  printf '%s\n' size calendar
  printf '%s\n' app/*/examples/bench_*.rs | sed -E 's|.*/bench_(.*)\.rs|\1|' | sort
}

bench() {
  local name=$1 example crate
  if [[ $name == size ]]; then
    setup_system node
    build_app
    node "$ROOT/tools/size.mjs" "$APP/site"
    return
  fi
  if [[ $name == calendar ]]; then
    setup_system postgres node chromium
    build_app
    start_house
    CHROMIUM=$(find_chromium)
    export CHROMIUM
    playwright test --config end2end/bench
    return
  fi
  example=$(compgen -G "app/*/examples/bench_$name.rs") || fail "There is no bench '$name'. There are: $(list_benches | xargs)"
  crate=$(sed -n 's/^name = "\(.*\)"$/\1/p' "${example%/examples/*}/Cargo.toml" | head -n 1)
  setup_rust
  # What is measured is what a clinic would feel.
  start_scratch_database durable
  cargo run -q --release -p "$crate" --features "$SERVER_FEATURES" --example "bench_$name"
}
