# shellcheck shell=bash
# A throw-away PostgreSQL for tests, benches and checking queries: a socket in a folder, gone at the end.

# Nothing need outlive a test: it does not wait for the disk.
FORGETFUL=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)

# start_scratch_database [durable]  starts it, migrates a template, and exports TEST_DATABASE_URL. `durable`: as a clinic runs it,
# where a commit is on the disk before it is answered.
start_scratch_database() {
  if [[ -n ${SCRATCH:-} ]]; then return; fi
  setup_system postgres
  # Not below the home of root, which the database's account could not enter; and short, for the socket's path.
  SCRATCH=$(mktemp -d /tmp/tele-XXXXXX)
  SCRATCH_BIN=$(find_postgres)
  local forgetful=("${FORGETFUL[@]}")
  if [[ ${1:-} == durable ]]; then forgetful=(); fi
  at_exit stop_scratch_database
  if am_root; then chown "$(database_account)" "$SCRATCH"; fi
  as_database initdb --username=tele_owner --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync --pgdata="$SCRATCH/data" >"$SCRATCH.log" 2>&1 ||
    fail "initdb failed: $(cat "$SCRATCH.log")"
  as_database pg_ctl start -w -s -D "$SCRATCH/data" -l "$SCRATCH/log" -o "-k $SCRATCH -c listen_addresses= \
    -c max_connections=200 ${forgetful[*]}" >>"$SCRATCH.log" 2>&1 ||
    fail "PostgreSQL does not start: $(tail -n 5 "$SCRATCH/log")"
  migrate_template
  export TEST_DATABASE_URL="postgres:///tele_template?host=$SCRATCH&user=tele_owner"
}

migrate_template() {
  local psql=("$SCRATCH_BIN/psql" -h "$SCRATCH" -U tele_owner -qX -v ON_ERROR_STOP=1)
  "${psql[@]}" -d postgres -c 'CREATE DATABASE tele_template'
  local migration
  for migration in "$ROOT"/migrations/[0-9]*.sql; do
    "${psql[@]}" -1 -d tele_template -f "$migration" >/dev/null || fail "${migration##*/} does not run"
  done
}

stop_scratch_database() {
  as_database pg_ctl stop -s -m immediate -D "$SCRATCH/data" || true
  rm -rf "$SCRATCH" "$SCRATCH.log"
}

database_account() { if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }

# as_database PROGRAM…  PostgreSQL refuses to run as root.
as_database() {
  local program=$SCRATCH_BIN/$1
  shift
  if am_root; then
    (cd / && setpriv --reuid="$(database_account)" --regid="$(id -g "$(database_account)")" --clear-groups "$program" "$@")
  else
    "$program" "$@"
  fi
}

# stop_private_database DATA  in case its server was killed and could not.
stop_private_database() {
  local SCRATCH_BIN cluster=$1/postgres/cluster
  [[ -e $cluster/postmaster.pid ]] || return 0
  SCRATCH_BIN=$(find_postgres)
  as_database pg_ctl stop -s -m fast -D "$(readlink -f "$cluster")" || true
}

do_db() {
  if [[ -n ${DATABASE_URL:-} ]]; then exec psql "$DATABASE_URL" "$@"; fi
  [[ -r $DATA/postgres.url ]] || fail "No server runs with ${DATA#"$ROOT"/}. Start one with ./dev run, then try again."
  exec psql "$(cat "$DATA/postgres.url")" "$@"
}

# The query macros write what they learn from a live database into .sqlx when SQLX_OFFLINE_DIR names a folder.
# Each of our crates is touched, so that every macro runs again.
do_sqlx() {
  setup_rust
  step "Start a database and migrate it" start_scratch_database
  local fresh=$ROOT/target/sqlx
  rm -rf "$fresh"
  mkdir -p "$fresh"
  find app server -name lib.rs -path '*/src/*' -exec touch {} +
  step "Check every query" env SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$fresh" DATABASE_URL="$TEST_DATABASE_URL" \
    cargo check --workspace --exclude frontend --all-targets --features "$SERVER_FEATURES"
  rm -rf .sqlx
  mv "$fresh" .sqlx
  note "$(find .sqlx -type f | wc -l) queries in .sqlx; commit them with the change"
}
