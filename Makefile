# Testimonia. Needs Python 3.11 or newer with venv, and a package index; everything else is installed into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: help demo test lint bench serve clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv/installed ## read the sample archive into demo.db and say what was found
	$(BIN)/testimonia demo --base demo.db

test: .venv/installed-dev ## install what the tests need and run every test
	@sh tests/install-browser.sh
	$(BIN)/python -m pytest

lint: .venv/installed-dev ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/installed-dev ## accuracy and speed, as two tables and a file
	$(BIN)/python -m benchmarks

serve: demo ## the sample archive in the browser
	$(BIN)/testimonia serve --base demo.db

clean: ## remove what these targets made
	rm -rf .venv demo.db demo.db-* demo-report.html .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Testimonia needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/installed
