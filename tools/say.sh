# shellcheck shell=bash
# Telling what is being done, how long it took, and what went wrong.

# step TEXT COMMAND…  runs the command under a heading and tells its time. A failure ends the script with the heading named.
step() {
  local text=$1 began=$SECONDS
  shift
  printf '==> %s\n' "$text"
  CURRENT_STEP=$text
  "$@"
  CURRENT_STEP=
  printf '    %s: done in %s\n' "$text" "$(spent "$began")"
}

# quiet_step TEXT COMMAND…  the same, with the output kept in a file and shown only on failure.
quiet_step() {
  local log
  mkdir -p "$ROOT/target"
  log=$(mktemp "$ROOT/target/step.XXXXXX")
  LOG_OF_STEP=$log
  step "$1" to_file "$log" "${@:2}"
  LOG_OF_STEP=
  rm -f "$log"
}

to_file() {
  "${@:2}" >"$1" 2>&1
}

spent() {
  local seconds=$((SECONDS - $1))
  if ((seconds < 60)); then printf '%d s' "$seconds"; else printf '%d min %d s' $((seconds / 60)) $((seconds % 60)); fi
}

note() { printf '    %s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  FAILED_AT=
  exit 1
}

# guarded COMMAND…  leaves its status in STATUS and does not end the script. Behind `if` or `||` bash would carry on after a
# failure inside the command; a shell of its own stops at the first one, and undoes what it started.
guarded() {
  set +e
  (
    set -e
    UNDO=()
    trap finish EXIT
    "$@"
  )
  STATUS=$?
  set -e
}

# Things to undo when the script ends, last first, whatever ended it.
UNDO=()
at_exit() { UNDO+=("$*"); }

finish() {
  local status=$? i
  trap - EXIT
  if ((status != 0)) && [[ -n ${LOG_OF_STEP:-} && -s $LOG_OF_STEP ]]; then cat "$LOG_OF_STEP" >&2; fi
  if ((status != 0)) && [[ -n ${CURRENT_STEP:-}${FAILED_AT:-} ]]; then
    printf 'failed: %s %s\n' "${CURRENT_STEP:-}" "${FAILED_AT:-}" >&2
  fi
  [[ -z ${LOG_OF_STEP:-} ]] || rm -f "$LOG_OF_STEP"
  for ((i = ${#UNDO[@]} - 1; i >= 0; i--)); do eval "${UNDO[i]}" || true; done
  exit "$status"
}
trap finish EXIT
set -E
trap 'FAILED_AT="(${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND)"' ERR
trap 'exit 130' INT
trap 'exit 143' TERM
