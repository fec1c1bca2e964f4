# shellcheck shell=bash
# Journeys in a real browser, against a house of their own: its own port, data folder, database and demo clinic.

do_e2e() {
  local began=$SECONDS
  setup_system postgres node chromium
  build_app
  end_to_end_tests "$@"
  tell_counts "$began"
}

# end_to_end_tests [FILTER…]  a filter is part of a journey's file name, else of a test's title.
end_to_end_tests() {
  local arguments=("$@") report=$ROOT/target/e2e.json
  if (($# == 1)) && [[ $1 != -* ]] && ! compgen -G "$ROOT/end2end/journeys/*$1*" >/dev/null; then arguments=(-g "$1"); fi
  rm -f "$report"
  guarded run_journeys "$report" "${arguments[@]}"
  if [[ -s $report ]]; then
    # shellcheck disable=SC2046,SC2016 # two numbers, two words; a template of JavaScript
    tally end-to-end $(node -p 'const { stats } = JSON.parse(fs.readFileSync(process.argv[1])); `${stats.expected} ${stats.unexpected + stats.flaky}`' "$report")
  fi
  if ((STATUS != 0 && ${FAILED[end-to-end]:-0} == 0)); then tally end-to-end 0 1; fi
}

run_journeys() {
  local report=$1
  shift
  step "Start a house for the journeys" start_house
  CHROMIUM=$(find_chromium)
  export CHROMIUM E2E_REPORT=$report
  step "End-to-end tests" playwright test --config end2end "$@"
}

start_house() {
  local folder port waited=0
  folder=$(mktemp -d /tmp/tele-house-XXXXXX)
  chmod 711 "$folder"
  at_exit stop_house "$folder"
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
  export BASE_URL=http://127.0.0.1:$port
  # For the journey in which the server dies: kill -9 this process, and it comes back.
  export E2E_SERVER_PID_FILE=$folder/server.pid
  # For the journeys in which time passes or the database goes away.
  export E2E_DATA_DIR=$folder/data
  mkdir -p "$ROOT/end2end/artefacts"
  SERVER_LOG=$ROOT/end2end/artefacts/server.log
  env -u DATABASE_URL -u DATABASE_OWNER_URL DATA_DIR="$folder/data" LISTEN="127.0.0.1:$port" PUBLIC_ORIGIN="$BASE_URL" \
    SITE_ROOT="$APP/site" bash -c "$(declare -f keep_serving)"'; keep_serving "$@"' serve "$APP/server" "$folder" >"$SERVER_LOG" 2>&1 &
  HOUSE=$!
  until curl -fso /dev/null "$BASE_URL/"; do
    if ! kill -0 "$HOUSE" 2>/dev/null || ((++waited > 240)); then
      tail -n 20 "$SERVER_LOG" >&2
      fail "The server does not answer (its whole log: ${SERVER_LOG#"$ROOT"/})"
    fi
    sleep 0.5
  done
}

# keep_serving SERVER FOLDER  starts it again after kill -9, and only then.
keep_serving() {
  local status=137
  while ((status == 137)); do
    "$1" serve &
    echo $! >"$2/server.pid"
    wait $!
    status=$?
  done
  return "$status"
}

stop_house() {
  local folder=$1
  if [[ -s $folder/server.pid ]]; then kill -TERM "$(cat "$folder/server.pid")" 2>/dev/null || true; fi
  if [[ -n ${HOUSE:-} ]]; then wait "$HOUSE" || true; fi
  stop_private_database "$folder/data"
  rm -rf "$folder"
}
