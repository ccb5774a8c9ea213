# The two main commands: `make app` opens the product, `make test` tests it. Both install everything first.
export PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup app test test-fast check bench contract lock clean

setup: .venv/.set-up

.venv/.set-up: set_up.sh requirements.lock pyproject.toml
	@sh set_up.sh
	@touch $@

app: setup
	$(BIN)/streamlit run app.py

test: setup
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Without browsers, servers and processes: run this while you work.
test-fast: setup
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not browser and not server"

# Run by pre-commit and continuous integration.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: setup
	$(BIN)/jamfor bench

# Records what the command line answers, after a change that is meant (tests/cli/contract.py).
contract: setup
	$(BIN)/python -m tests.cli.contract

# Rewrites the lock file. It names no registry, so it works with any package index.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --output-file requirements.lock

clean:
	rm -rf .venv
