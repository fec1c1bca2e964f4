# shellcheck shell=bash
# Running the house, and what works on its data.

do_run() {
  setup_system postgres node
  build_app
  note "Ready to serve after $(spent 0)"
  SITE_ROOT=$APP/site exec "$APP/server" serve "$@"
}

do_watch() {
  setup_system postgres node
  setup_build
  setup_watch
  exec cargo leptos watch "$@"
}

do_seed() { app_command seed "$@"; }
do_migrate() { app_command migrate "$@"; }

app_command() {
  setup_system postgres
  build_app
  step "server $*" "$APP/server" "$@"
}

do_clean() {
  local what
  rm -rf "$ROOT/target" "$ROOT/end2end/test-results" "$ROOT/end2end/artefacts"
  for what in "$@"; do
    case $what in
      --cache) rm -rf "$CARGO_TARGET_DIR" ;;
      --data) clean_data ;;
      *) fail "./dev clean knows --data and --cache, not $what" ;;
    esac
  done
}

clean_data() {
  [[ -d $DATA ]] || return 0
  stop_private_database "$DATA"
  # The cluster lies elsewhere where its account cannot enter the data folder.
  if [[ -L $DATA/postgres ]]; then rm -rf "$(readlink -f "$DATA/postgres")"; fi
  rm -rf "$DATA"
}
