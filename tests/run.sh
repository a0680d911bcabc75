#!/bin/sh
# Run the tests: run.sh BIN WORKERS "MARKS TO LEAVE OUT" [paths]. Called by `make test`.
set -eu
bin=$1 workers=$2 without=$3
shift 3

if [ -z "${CHROMIUM:-}" ] || [ ! -x "$CHROMIUM" ]; then
  unset CHROMIUM
  echo "No Chromium here: the tests marked \"browser\" are left out."
  echo "To run them too: sudo apt install chromium   (or set CHROMIUM to its path)"
  without=${without:+$without or }browser
fi
if [ ! -d tests/foreign/node_modules ]; then
  echo "No foreign verifiers here: their tests skip. To run them too: make foreign"
fi

if [ -n "$without" ]; then
  exec "$bin/python" -m pytest -q -n "$workers" -m "not ($without)" "$@"
fi
exec "$bin/python" -m pytest -q -n "$workers" "$@"
