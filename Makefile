# Portico. `make` alone prints what there is.

PYTHON ?= python3
BIN := .venv/bin
# Tests mostly wait for servers, so three processes suit two cores.
WORKERS ?= 3
.DEFAULT_GOAL := help

.PHONY: help setup run test check bench proto lock migrate vendor clean

help: ## Print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Build .venv from the lock, with `portico` in it, and the protobuf stubs
	@$(PYTHON) deploy/setup

run: setup ## Run everything on this machine with a demo agency on http://localhost:8080
	@exec $(BIN)/portico up $(UP)

test: setup ## Run every test (make test TEST="tests/runtime -k routing" for some)
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile $(TEST)

check: setup ## Format, lint, types, import rules, proto lint: clean before a commit
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy chassis services cli
	@$(BIN)/lint-imports
	@deploy/setup/proto-lint

bench: setup ## Run the benchmarks beside their hand-written limits
	@$(BIN)/python -m bench

proto: setup ## Build the protobuf stubs again
	@$(PYTHON) deploy/setup stubs

migrate: setup ## Bring the databases of PORTICO_DATABASE_URL up to date
	@$(BIN)/portico migrate

lock: setup ## Resolve pyproject.toml again into requirements*.lock
	@deploy/setup/lock

vendor: ## Fetch the pinned browser libraries again into services/portal/web/vendor
	@services/portal/web/vendor.sh

clean: ## Remove what was built (not ./var, where the data is)
	rm -rf .venv generated node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
