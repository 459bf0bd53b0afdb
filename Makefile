# One spelling for each thing to do. Needs Python 3.11 with venv, git and make; everything else comes into .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
# a lock names everything: what a package asks for beside it (an extra, say) would come in its newest version, unhashed
LOCKED := --require-hashes --no-deps
RUN_STAMP := .venv/.ready-to-run
DEV_STAMP := .venv/.ready-to-test
# two workers: the machines that check this have two cores, and each worker has a PostgreSQL of its own
PYTEST := $(BIN)/python -m pytest -q
PARALLEL := -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test check e2e bench fault kills deep worlds format lock clean

help: ## say what there is
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(RUN_STAMP) ## set up, start the local stack with the demo, print the address
	@$(BIN)/journeymark up --demo

test: $(DEV_STAMP) ## the test suite (browser, kills and deep runs have commands of their own)
	@$(PYTEST) $(PARALLEL) -m "not e2e and not faults and not deep"

check: $(DEV_STAMP) ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > .import-contracts.log || (cat .import-contracts.log; exit 1)
	@rm -f .import-contracts.log
	@$(BIN)/journeymark lint

e2e: $(DEV_STAMP) ## every role in a real browser (needs chromium on the PATH)
	@$(PYTEST) -m e2e

fault: $(DEV_STAMP) ## kill real processes and look what is left
	@$(PYTEST) -m faults

kills: $(DEV_STAMP) ## the same in full: three seeds of a hundred kills, then one with the broker emptied (some ten minutes)
	@$(BIN)/python -m tests.faults.harness --seeds 3 --kills 100 --signoffs 1500
	@$(BIN)/python -m tests.faults.harness --seeds 1 --first-seed 4 --kills 100 --signoffs 1500 --empty-broker

bench: $(DEV_STAMP) ## time and memory, as ratios within one run
	@$(BIN)/python -m tests.benchmarks

deep: $(DEV_STAMP) ## what is too slow for each change: many random worlds, every endpoint as every role
	@HYPOTHESIS_PROFILE=deep $(PYTEST) -m "deep or not (e2e or faults)" tests/graph tests/apprenticeship tests/deep

worlds: $(DEV_STAMP) ## college credit against a brute force on 5,000 new random worlds
	@$(BIN)/python -m tests.apprenticeship.credit.worlds

format: $(DEV_STAMP) ## format and sort
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(DEV_STAMP) ## pin every dependency with its hashes
	@$(BIN)/uv pip compile pyproject.toml --group build $(LOCKING) -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev $(LOCKING) -o requirements-dev.lock

LOCKING := --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11

clean: ## remove what was installed and built (data in .journeymark stays)
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info

.venv/bin/pip:
	@$(PYTHON) -m venv .venv

$(RUN_STAMP): requirements.lock pyproject.toml | .venv/bin/pip
	@echo "Installing into .venv ..."
	@$(PIP) install $(LOCKED) -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	@echo "Installing what tests need ..."
	@$(PIP) install $(LOCKED) -r requirements-dev.lock
	@touch $@
