# Everything one does with Karvan from its source. `make demo` and `make test` need a
# Debian 12 with python3, python3-venv, make and git, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
CHROMIUM ?= $(firstword $(wildcard /usr/bin/chromium-headless-shell /usr/bin/chromium /usr/bin/chromium-browser) $(shell command -v chromium chromium-browser google-chrome 2>/dev/null))
WORKERS ?= $(shell expr $$(nproc) + 1)
# Marks to leave out of `make test`, such as WITHOUT="browser or foreign".
WITHOUT ?=
TESTS ?=

# A stamp carries the lock's checksum: when the lock changes, it is installed again.
RUN_STAMP := $(VENV)/run-$(shell cksum < requirements.lock | cut -d' ' -f1)
TEST_STAMP := $(VENV)/test-$(shell cat requirements.lock requirements-dev.lock | cksum | cut -d' ' -f1)

ifneq ($(UV),)
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
endif

MANAGE := KARVAN_SECRET_KEY=not-needed-for-this $(CURDIR)/$(BIN)/python -m django

.PHONY: help demo test check fix lock words foreign installed

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: $(RUN_STAMP) ## serve an invented world at http://127.0.0.1:8000
	@$(BIN)/karvan demo $(if $(PORT),--port $(PORT)) $(DEMO_FLAGS)

test: $(TEST_STAMP) ## all tests; the browser's too where Chromium is found
	@CHROMIUM="$(CHROMIUM)" sh tests/run.sh "$(BIN)" "$(WORKERS)" "$(WITHOUT)" $(TESTS)

installed: $(TEST_STAMP) ## what the tests need, without running any
	@:

check: $(TEST_STAMP) ## style, types, who imports whom, locks, then all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy karvan
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:xdist tests/config/test_locks.py
	@$(MAKE) --no-print-directory test

fix: $(TEST_STAMP) ## put style right by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## compile the lock files anew from pyproject.toml (needs uv)
	@test -n "$(UV)" || { echo "make lock needs uv on the PATH."; exit 1; }
	$(UV) pip compile pyproject.toml -q --generate-hashes --no-header --no-emit-index-url \
	  --python-version 3.11 -o requirements.lock
	$(UV) pip compile pyproject.toml -q --generate-hashes --no-header --no-emit-index-url \
	  --python-version 3.11 --extra dev --extra postgres --extra s3 \
	  -c requirements.lock -o requirements-dev.lock

words: $(TEST_STAMP) ## collect and compile what is to be translated (needs gettext)
	@command -v xgettext >/dev/null || { echo "make words needs gettext: sudo apt install gettext"; exit 1; }
	cd karvan && $(MANAGE) makemessages -l fr -l ar -l az --no-location --no-wrap --no-obsolete \
	  --pythonpath .. --settings tests.settings
	for one in fr ar az; do msgfmt --check-format -o karvan/locale/$$one/LC_MESSAGES/django.mo \
	  karvan/locale/$$one/LC_MESSAGES/django.po; done

foreign: ## install the verifiers written by others (needs Node.js 20 and npm)
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || \
	  { echo "make foreign needs Node.js 20 or later, with npm."; exit 1; }
	cd tests/foreign && npm ci --ignore-scripts --no-audit --no-fund

# The test lock holds everything of the run lock in the same versions, so one folder serves both.
$(RUN_STAMP): $(BIN)/python
	@if [ ! -e "$(TEST_STAMP)" ]; then \
	  echo "Installing what Karvan needs (about 20 seconds) …"; \
	  $(INSTALL) --require-hashes -r requirements.lock; fi
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_STAMP): $(BIN)/python
	@echo "Installing what the tests need (about a minute) …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Karvan needs Python 3.11 or later; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing. Install it with: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
