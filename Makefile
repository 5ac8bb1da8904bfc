# Everything a newcomer needs: `make run`, `make test`, `make bench`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
UV_COMPILE := $(BIN)/uv pip compile --quiet --no-header --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-annotate

# Where this is set, each of the processes that tests start would compile our modules anew, for half a second.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test bench attack soak leaks faults validate lint format types contract unit docs lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: .venv/ready explorer ## Set everything up, and serve the demo market on 127.0.0.1:8000
	@exec $(BIN)/creatorgraph serve --demo

test: lint types contract unit ## Lint, types, the import contract, and all tests against a real Neo4j

bench: .venv/ready-dev ## Run the benchmarks and write their figures to bench/README.md
	$(BIN)/python -m bench

attack: .venv/ready-dev ## Attack a service on loopback with hostile clients, and see what an honest one notices
	$(BIN)/python -m bench.attack

soak: .venv/ready-dev ## Half an hour of readers, imports, scoring runs, streams and a webhook at once (SOAK_MINUTES)
	$(BIN)/python -m bench.soak

leaks: .venv/ready-dev ## Ask paired worlds ten thousand things with the keys of brands and partners, and attack them
	$(BIN)/python -m bench.leaks

faults: .venv/ready-dev ## Break what the service stands on in some fifty ways, and see what it promises kept (docs/reliability.md)
	SIMULATION_SEEDS=$(or $(SIMULATION_SEEDS),500) $(BIN)/python -m pytest -n 2 -m fault

validate: .venv/ready-dev ## Hold scores and flags against what was planted in simulated markets, and write docs/validation.md and docs/authenticity.md
	$(BIN)/python -m validation
	$(BIN)/python -m validation.authenticity
	$(BIN)/python -m validation.flag_bound
	$(BIN)/python -m validation.sensitivity

lint: .venv/ready-dev ## Check format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: .venv/ready-dev ## Format, and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: .venv/ready-dev ## Check types, strictly in graph/, scoring/ and simulation/
	$(BIN)/basedpyright

contract: .venv/ready-dev ## Check what may import what
	$(BIN)/lint-imports

unit: .venv/ready-dev explorer chromium classes ## Run the tests
	$(BIN)/python -m pytest -n 2

docs: .venv/ready-dev ## Write the generated documents and the schema
	$(BIN)/python -m api.documents

lock: .venv/ready-dev ## Lock the newest packages that pyproject.toml allows
	$(UV_COMPILE) --upgrade --group build pyproject.toml --output-file requirements.lock
	$(UV_COMPILE) --constraint requirements.lock --group dev pyproject.toml --output-file requirements-dev.lock
	$(UV_COMPILE) --upgrade docs/clients/ariadne/requirements.in --output-file docs/clients/ariadne/requirements.lock

clean: ## Remove what set-up and tests left here
	rm -rf .venv .pytest_cache .hypothesis .ruff_cache .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "creatorgraph needs Python 3.11 or later, and $(PYTHON) is older: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: apt-get install python3-venv)" >&2; exit 1; }

.venv/ready: requirements.lock pyproject.toml clients/python/pyproject.toml | .venv/bin/python
	@echo "Installing the locked packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . --editable ./clients/python
	@$(BIN)/python -m api.pages.ide.install
	@touch $@

.venv/ready-dev: requirements-dev.lock .venv/ready
	@echo "Installing the locked packages for development …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Built once for each state of web/ and of the schema; to look whether it is there takes less than a second.
.PHONY: explorer
explorer: .venv/ready
	@$(BIN)/python -m api.pages.explorer.install >/dev/null

# Tests start the private database some hundred times, which takes half as long with an archive of its classes; made once for a machine.
.PHONY: classes
classes: .venv/ready
	@$(BIN)/python -m api.process.archiving >/dev/null

# The pages are tested in a real browser. CI installs it; elsewhere its absence is told, and those tests skip.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		echo "Installing Debian's chromium …" && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
		echo "No chromium here: the tests of the pages will be skipped (install it with your package manager)."
