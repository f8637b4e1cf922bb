# Ideenlab. `make help` explains.
SHELL := /bin/sh
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run setup test check bench bench-quick drill translations lock format python dev

help: ## Show what can be done
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

python:
	@test -n "$(PYTHON)" || { echo "Ideenlab needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"; exit 1; }

run: python ## Start the city at http://127.0.0.1:8000 (a demo city on the very first start)
	@$(PYTHON) tools/setup.py
	@exec $(BIN)/python tools/serve.py

setup: python ## All of `make run` short of filling and starting
	@$(PYTHON) tools/setup.py
	@$(BIN)/python tools/serve.py --only-prepare

dev: python
	@$(PYTHON) tools/setup.py --dev

test: dev ## Run all tests: rules and pages, both databases, guards, journeys in a real browser
	@$(PYTHON) tools/setup.py --browser
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: dev ## Decide whether the house is in order: format, lint, types, floors, sentences, licences, assets
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python tools/translations.py --check
	$(BIN)/python tools/assets.py --check
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	@$(BIN)/python tools/reading_ease.py --brief

bench-quick: dev ## Compare our pages with the bare framework, in ratios (under two minutes)
	@$(BIN)/python bench/quick.py

bench: dev ## The same with nine rounds of four seconds each (a quarter of an hour)
	@$(BIN)/python bench/quick.py --long

drill: dev ## Faults that need killing and waiting: workers, mail, deadlines, a rush of uploads; the API under fire
	@$(BIN)/python tools/drill/run.py
	@$(BIN)/python tools/drill/rush.py
	@$(BIN)/python tools/drill/api.py

translations: dev ## Collect new sentences into the catalogues and compile them
	@$(BIN)/python tools/translations.py

format: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: dev
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt
