#!/bin/sh
# Run the tests: run.sh BIN WORKERS "MARKS TO LEAVE OUT" [paths]. Called by `make test`.
set -eu
bin=$1 workers=$2 without=$3
shift 3

# Every worker, and every command that a test starts, would else compile all modules anew.
unset PYTHONDONTWRITEBYTECODE

lacking=""
if [ -z "${CHROMIUM:-}" ] || [ ! -x "$CHROMIUM" ]; then
  lacking="No Chromium here"
elif ! "$bin/python" -m playwright --version >/dev/null 2>&1; then
  lacking="Chromium is here, but its driver does not start"
fi
if [ -n "$lacking" ]; then
  unset CHROMIUM
  echo "$lacking. Left out: the tests marked \"browser\" (tests/browser, and those of scripts"
  echo "in tests/foundation). To run them too: sudo apt install chromium fonts-noto-core libatomic1"
  echo "(or set CHROMIUM to the path of another)"
  without=${without:+$without or }browser
fi
if [ ! -d tests/foreign/node_modules ]; then
  echo "No foreign verifiers here. Left out: tests/foreign. To run them too: make foreign"
fi

# On a build server a journey through a browser may be tried once more, two of them in a round.
if [ -n "${JOURNEYS_AGAIN:-}" ]; then
  set -- --max-suite-reruns=2 --rerun-show-tracebacks "$@"
fi

# Failures, and why others were skipped, come just before the last line.
if [ -n "$without" ]; then
  exec "$bin/python" -m pytest -q -rfEs -n "$workers" --dist worksteal -m "not ($without)" "$@"
fi
exec "$bin/python" -m pytest -q -rfEs -n "$workers" --dist worksteal "$@"
