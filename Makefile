# Two commands matter: `make up` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin
# Options for pytest, for example: make test PYTEST="-k hazard -x"
PYTEST ?=
WORKERS ?= 2

.PHONY: install up test check lint types contracts bench doctor demo lock clean

install: ## The environment, from the lock; ends at once when it is up to date.
	@$(PYTHON) infra/bootstrap.py

up: install ## Install, start everything, print the address and the sign-ins; Ctrl-C stops it.
	@exec $(BIN)/python -m anhuan_infra.stack up

test: install check ## Every check and every test, on real servers that it starts itself.
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(PYTEST)

check: install lint types contracts ## What can be said without running the program.

lint: install
	@echo "check      ruff" && $(BIN)/ruff check && $(BIN)/ruff format --check --quiet

types: install
	@echo "check      mypy" && $(BIN)/mypy
	@echo "check      basedpyright" && $(BIN)/basedpyright

contracts: install
	@echo "check      import contracts" && $(BIN)/lint-imports

bench: install ## Every measurement; prints figures, judges those with a floor.
	@failed=; for file in tests/bench/bench_*.py; do echo "== $$file"; \
		$(BIN)/python -m tests.bench.$$(basename $$file .py) || failed="$$failed $$file"; done; \
		[ -z "$$failed" ] || { echo "below the floor:$$failed"; exit 1; }

doctor: install ## What runs, which versions, how large, and what is wrong.
	@$(BIN)/python -m anhuan_infra.stack doctor

demo: install ## Play a day of the demo group against the running installation.
	@$(BIN)/anhuan demo drive

lock: install ## Choose versions anew and write requirements.lock.
	@uv=$$(command -v uv || echo .tools/uv) && $$uv pip compile pyproject.toml --group dev --universal \
		--python-version 3.11 --generate-hashes --no-header --quiet --upgrade -o requirements.lock

clean: ## Remove what is made again by the next command; data in .anhuan stays.
	@rm -rf .venv .tools .artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
