# shellcheck shell=bash
# Proving the house: each check is one part, all parts run, and the end counts them by kind.

# Our crates are built with `ssr` or with `hydrate`, never with both.
SERVER_FEATURES=ssr,kernel/testing
SERVER_CRATES=(--workspace --exclude frontend --features "$SERVER_FEATURES")

# What a whole run needs beside the kept compiler output, in GB: its own output, the tests' databases, recordings of journeys.
NEEDED_DISK=25

do_test() {
  local began=$SECONDS
  # Each commit is built once here; what the compiler would keep for the next change is as large as all the rest.
  export CARGO_INCREMENTAL=${CARGO_INCREMENTAL:-0}
  make_way
  setup_system postgres node chromium
  setup_build
  check_sources
  step "Start a database for tests" start_scratch_database
  rust_tests "Unit and integration tests" "${SERVER_CRATES[@]}"
  part "Release build" build_app
  end_to_end_tests
  tell_counts "$began"
}

# A full disk stops the database in the middle of its tests: kept compiler output gives way first, as far as it is ours alone.
make_way() {
  local free
  [[ $CARGO_TARGET_DIR == "$CACHE/target" ]] || return 0
  mkdir -p "$CARGO_TARGET_DIR"
  free=$(df --output=avail --block-size=1G "$CARGO_TARGET_DIR" | tail -n 1)
  if ((free >= NEEDED_DISK)); then return; fi
  step "Only $free GB are free: remove kept compiler output" rm -rf "$CARGO_TARGET_DIR"
}

do_check() {
  local began=$SECONDS
  setup_rust
  check_sources
  rust_tests "Unit tests" "${SERVER_CRATES[@]}" --lib --bins
  rust_tests "Rules of the house" -p server --test it house_rules
  tell_counts "$began"
}

check_sources() {
  part "Format" cargo fmt --all --check
  part "Lints of the server half" cargo clippy "${SERVER_CRATES[@]}" --all-targets -- -D warnings
  part "Lints of the browser half" cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings
  if have shellcheck; then part "Scripts" shellcheck -x -a dev .ci/run; fi
  if have tsc; then part "Types of the journeys" tsc --noEmit -p end2end; fi
}

# KIND -> tests that passed, failed.
declare -A PASSED=() FAILED=()
KINDS=()

# tally KIND PASSED FAILED
tally() {
  if [[ -z ${PASSED[$1]+seen} ]]; then KINDS+=("$1"); fi
  PASSED[$1]=$((${PASSED[$1]:-0} + $2))
  FAILED[$1]=$((${FAILED[$1]:-0} + $3))
}

# part TEXT COMMAND…  one check. The others run also when it fails.
part() {
  guarded step "$@"
  if ((STATUS == 0)); then
    tally check 1 0
  else
    tally check 0 1
  fi
}

# rust_tests TEXT ARGUMENT…  runs tests and counts them by kind.
rust_tests() {
  local text=$1 log=$ROOT/target/rust-tests.log
  shift
  mkdir -p "$ROOT/target"
  guarded step "$text" run_rust_tests "$log" "$@"
  local kind passed failed total=0
  while read -r kind passed failed; do
    tally "$kind" "$passed" "$failed"
    total=$((total + failed))
  done < <(count_rust_tests <"$log")
  # It did not compile, or a test process died without a verdict.
  if ((STATUS != 0 && total == 0)); then tally unit 0 1; fi
}

run_rust_tests() {
  local log=$1
  shift
  if have cargo-nextest; then
    cargo nextest run --no-fail-fast --status-level pass --final-status-level fail --color never "$@" 2>&1 | tee "$log"
  else
    # Words after `--test NAME` choose tests by name in both.
    cargo test --no-fail-fast --color never "$@" 2>&1 | tee "$log"
  fi
}

# Reads the output of nextest or cargo test; tells "KIND PASSED FAILED" a line. A crate's tests/it is its integration test.
count_rust_tests() {
  awk '
    function kind_of(binary) { return binary ~ /::/ && binary !~ /::bin\// ? "integration" : "unit" }
    # "PASS [ 0.010s] ( 1/17) crate::it module::test": a failed one is told again at the end.
    $1 ~ /^(PASS|FAIL|TIMEOUT|ABORT|SIG[A-Z]+)$/ && match($0, /s\] +(\([ 0-9]+\/[0-9]+\) )?/) {
      rest = substr($0, RSTART + RLENGTH)
      if (seen[rest]++) next
      split(rest, words, " ")
      if ($1 == "PASS") passed[kind_of(words[1])]++; else failed[kind_of(words[1])]++
    }
    /^ +Running / { kind = /unittests/ ? "unit" : "integration" }
    /^ +Doc-tests / { kind = "unit" }
    /^test result: / { passed[kind] += $4; failed[kind] += $6 }
    END { split("unit integration", kinds, " "); for (i = 1; i <= 2; i++) { k = kinds[i]; if (passed[k] + failed[k]) print k, passed[k] + 0, failed[k] + 0 } }
  '
}

# The last line is the plain one that any reader of test output knows.
tell_counts() {
  local kind passed=0 failed=0
  printf '\n'
  for kind in "${KINDS[@]}"; do
    printf '%-12s %5d passed %5d failed\n' "$kind" "${PASSED[$kind]}" "${FAILED[$kind]}"
    passed=$((passed + ${PASSED[$kind]}))
    failed=$((failed + ${FAILED[$kind]}))
  done
  printf 'in %s\n\n%d passed, %d failed\n' "$(spent "$1")" "$passed" "$failed"
  ((failed == 0))
}
