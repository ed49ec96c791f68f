# make run     install what is needed and serve the demonstration on http://127.0.0.1:8000
# make test    the whole suite on SQLite, then on PostgreSQL where one answers
# make lint    style, layers, types, packs, migrations, lock files
# make help    every target

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
ADDRESS ?= 127.0.0.1:8000
GONGYUE_TEST_POSTGRES ?= postgres://postgres@127.0.0.1:5432/gongyue
COLLECTED := $(CURDIR)/build/collected

VENV := .venv
INSTALL := $(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(VENV)/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

# Each stamp lies in what it speaks of, and goes with it.
RUN := $(VENV)/.run $(VENV)/.command
PAGES := build/.vendor build/.messages

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# --- what is installed --------------------------------------------------------------------------------------

$(VENV)/bin/python:
	@echo "· virtual environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(VENV)/bin/python
	@echo "· Python packages (run)"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/.command: pyproject.toml $(VENV)/.run
	@echo "· the gongyue command"
	@PYTHONWARNINGS=ignore $(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "· Python packages (dev)"
	@$(INSTALL) -r requirements/run.txt -r requirements/dev.txt
	@touch $@

$(VENV)/.documents: requirements/documents.txt $(VENV)/.run
	@echo "· Python packages (documents)"
	@$(INSTALL) -r requirements/run.txt -r requirements/documents.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json requirements/node.txt | $(VENV)/.run
	@if ! { command -v node && command -v npm; } >/dev/null; then echo "· Node"; $(INSTALL) -r requirements/node.txt; fi
	@echo "· files from npm"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

build/.vendor: node_modules/.stamp tools/static.py gongyue/desk/icons.py gongyue/tendering/browser/sealing.js
	@echo "· styles, icons and scripts"
	@$(VENV)/bin/python tools/static.py
	@touch $@

build/.messages: $(VENV)/.run tools/messages.py $(wildcard gongyue/locale/*/LC_MESSAGES/*.po)
	@echo "· translations"
	@$(VENV)/bin/python tools/messages.py compile
	@mkdir -p build && touch $@

.PHONY: documents
documents: $(VENV)/.documents ## install the set for spreadsheets, Word and PDF

.PHONY: pages
pages: $(RUN) $(PAGES) ## build styles, icons, scripts and translations

# --- run ----------------------------------------------------------------------------------------------------

.PHONY: run
run: export GONGYUE_DEMONSTRATION := 1
run: export GONGYUE_STATIC := $(COLLECTED)
run: $(RUN) $(VENV)/.documents $(PAGES) ## serve the demonstration
	@echo "· static files"
	@gongyue collectstatic --noinput --verbosity 0
	@echo "· database"
	@mkdir -p var
	@gongyue migrate --verbosity 0
	@echo "· regimes"
	@gongyue packs load
	@echo "· demonstration"
	@gongyue demonstrate --if-empty
	@echo "· http://$(ADDRESS)/"
	@exec gunicorn gongyue.wsgi --bind $(ADDRESS) --workers 2 --threads 4 --log-level warning --no-control-socket

# --- checks -------------------------------------------------------------------------------------------------

.PHONY: test
test: $(RUN) $(VENV)/.documents $(VENV)/.dev $(PAGES) ## run every test on SQLite, then on PostgreSQL
	@echo "· tests on SQLite"
	@env -u DATABASE_URL pytest -q -n auto --maxschedchunk 1
	@if python tools/answers.py "$(GONGYUE_TEST_POSTGRES)"; then \
		echo "· tests on PostgreSQL"; \
		DATABASE_URL="$(GONGYUE_TEST_POSTGRES)" pytest -q -n auto --maxschedchunk 1 -m "not browser"; \
	else \
		echo "· no PostgreSQL answers at GONGYUE_TEST_POSTGRES: its pass is left out"; \
		test -z "$${GONGYUE_NO_SKIP:-}"; \
	fi

.PHONY: lint
lint: $(RUN) $(VENV)/.documents $(VENV)/.dev ## style, layers, types, packs, migrations, lock files
	@ruff check .
	@ruff format --check .
	@lint-imports
	@mypy
	@gongyue packs check
	@gongyue makemigrations --check --dry-run
	@! grep -nE '"resolved"|^--|https?://.*(simple|pypi|npmjs)|^registry' requirements/*.txt package-lock.json .npmrc

.PHONY: format
format: $(VENV)/.dev ## let ruff put the code in order
	@ruff check --fix-only --quiet .
	@ruff format --quiet .

.PHONY: messages
messages: $(RUN) ## gather the Chinese texts into the locale files
	@python tools/messages.py update

.PHONY: bench
bench: $(RUN) $(VENV)/.documents $(VENV)/.dev ## measure
	@for bench in $(sort $(wildcard bench/*.py)); do echo "· $$bench"; python "$$bench"; done

.PHONY: pictures
pictures: $(RUN) $(VENV)/.documents $(VENV)/.dev $(PAGES) ## make the pictures of the user guide anew
	@python tools/pictures.py

.PHONY: lock
lock: $(VENV)/.dev ## pin the newest versions of every set
	@for set in run documents dev node; do $(COMPILE) --upgrade requirements/$$set.in --output-file requirements/$$set.txt; done
	@npm install --package-lock-only --ignore-scripts --loglevel=error

.PHONY: system
system: ## Chromium and Chinese fonts, for browser tests (Debian)
	@missing=""; for package in chromium fonts-noto-cjk; do \
		dpkg-query --show --showformat='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "· system packages:$$missing"; \
		as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$as_root apt-get update -qq >/dev/null; \
		DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

.PHONY: clean
clean: ## remove what was built; the database stays
	@rm -rf build node_modules
