#!/bin/sh
# Run the tests: run.sh BIN WORKERS "MARKS TO LEAVE OUT" [paths]. Called by `make test`.
set -eu
bin=$1 workers=$2 without=$3
shift 3

if [ -z "${CHROMIUM:-}" ] || [ ! -x "$CHROMIUM" ]; then
  unset CHROMIUM
  echo "No Chromium here. Left out: the tests marked \"browser\" (tests/browser, and those of"
  echo "scripts in tests/foundation). To run them too: sudo apt install chromium fonts-noto-core"
  echo "(or set CHROMIUM to its path)"
  without=${without:+$without or }browser
fi
if [ ! -d tests/foreign/node_modules ]; then
  echo "No foreign verifiers here. Left out: tests/foreign. To run them too: make foreign"
fi

# The reasons of those that were skipped come just before the last line.
if [ -n "$without" ]; then
  exec "$bin/python" -m pytest -q -rs -n "$workers" -m "not ($without)" "$@"
fi
exec "$bin/python" -m pytest -q -rs -n "$workers" "$@"
