# Two commands matter: `make demo` plays the whole cycle on two nodes, `make test` runs every check.
# Both set everything up on a machine that has Python 3.11 or newer, git and make.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell for v in 3.13 3.12 3.11 3; do command -v python$$v >/dev/null 2>&1 && python$$v -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo python$$v && break; done)
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
FILES ?=
PORTS ?=
PACKAGES ?=

help: ## show this list
	@awk 'BEGIN{FS=":.*## "} /^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## virtual environment for developing, from the hash-pinned lock

# In two steps in one folder: what a node needs, which is all that `make demo` installs, then what developing adds.
.venv/.run: requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; install it, or say make PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { echo "Python 3.11 or newer is needed; $(PYTHON) is older or does not run. Say make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up .venv with $(PYTHON) from the pinned list, once: about a minute and 230 MB"
	@"$(PYTHON)" -m venv .venv
	@$(PIP) -r requirements/run.txt
	@echo "$(CURDIR)/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/entraide.pth"
	@printf '#!%s\nfrom entraide.cli.command import main\n\nmain()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/entraide && chmod +x $(BIN)/entraide
	@touch $@

.venv/.ready: .venv/.run requirements/dev.txt
	@echo "Adding to .venv what developing needs, once: a few minutes and 700 MB"
	@$(PIP) -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

catalogs: setup ## take up new texts and compile the translations
	$(BIN)/python -m tools.catalogs update
	$(BIN)/python -m tools.catalogs compile

demo: .venv/.run ## play the story on two nodes, then serve both until Ctrl-C (FILES=folder reads other files; PORTS="8010 8011")
	@$(BIN)/python -m tools.catalogs compile
	@$(BIN)/entraide demo $(if $(FILES),--files "$(FILES)") $(if $(PORTS),--ports $(PORTS))

check: setup ## the fast half: format, lints, types, contracts, unit tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m tools.house_lint
	$(BIN)/python -m tools.complexity
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m tools.catalogs compile
	$(BIN)/python -m tools.catalogs check
	$(BIN)/python -m tools.lock check
	$(BIN)/python -m tools.migrations check
	$(BIN)/python -m tools.openapi check
	$(BIN)/python -m tools.protocol_messages check
	$(BIN)/python -m tools.lifecycle check
	$(BIN)/python -m tools.reader_fit check
	$(BIN)/pytest tests/unit -q -n 2

test: check ## every check, with databases, processes and a browser
	$(BIN)/python -m tools.full_tests

mutants: setup ## change the innermost rules line by line: does a test notice? (PACKAGES="keys journal/domain"; 10 to 20 minutes)
	@$(BIN)/python -m tools.catalogs compile
	@$(BIN)/python -m tools.mutants $(PACKAGES)

bench: setup ## every benchmark, full size
	@missed=0; for file in $$(grep -l __main__ bench/*.py); do echo "== $$file"; $(BIN)/python -m bench.$$(basename $$file .py) || missed=1; done; exit $$missed

lock: setup ## pin the dependencies of pyproject.toml again, for running and for developing
	$(BIN)/python -m tools.lock update

.PHONY: help setup catalogs demo check test mutants bench lock
