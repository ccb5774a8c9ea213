# Two commands matter: `make app` opens the product, `make test` proves it. Both set everything up first.
export PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup app test test-fast check bench lock clean

setup: .venv/.set-up

.venv/.set-up: set_up.sh requirements.lock pyproject.toml
	@sh set_up.sh
	@touch $@

app: setup
	$(BIN)/streamlit run app.py

test: setup
	$(BIN)/python -m pytest -n auto --dist loadfile

# Without browsers, servers and processes: what one runs while working.
test-fast: setup
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not browser and not server"

# What pre-commit and continuous integration run.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: setup
	$(BIN)/jamfor bench

# Writes the lock file anew. It names no registry, so it works wherever the packages are served.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --output-file requirements.lock

clean:
	rm -rf .venv
