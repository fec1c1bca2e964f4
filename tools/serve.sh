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

do_seed() {
  if [[ ${1:-} == bench ]]; then
    seed_bench "${2:-small}"
  else
    app_command seed "$@"
  fi
}

# A clinic as large as the budgets speak of, beside the demo clinic of a running server.
seed_bench() {
  local therapists visits
  case $1 in
    small) therapists=50 visits=10000 ;;
    large) therapists=500 visits=1000000 ;;
    *) fail "./dev seed bench knows small (50 therapists, 10,000 visits) and large (500 and 1,000,000), not $1" ;;
  esac
  local strangers
  strangers=$(do_db -qAtX -c "SELECT count(*) FROM identity.account WHERE email NOT LIKE '%@demo.example'")
  ((strangers == 0)) || fail "This database holds $strangers accounts that are not of the demo clinic; what is planted for benches cannot be taken out again."
  step "Plant $therapists therapists and $visits visits" plant_bench "$therapists" "$visits"
}

plant_bench() {
  (do_db -qX -1 -v ON_ERROR_STOP=1 -c "SET bench.therapists = '$1'" -c "SET bench.patients = '10000'" -c "SET bench.visits = '$2'" \
    -f "$ROOT/tools/seeds/bench.sql")
  (do_db -qX -c 'VACUUM ANALYZE')
}
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
