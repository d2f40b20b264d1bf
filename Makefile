# Two commands matter: `make up` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin
# Options for pytest, for example: make test PYTEST="-k hazard -x"
PYTEST ?=
WORKERS ?= 2

# make up WEB=0 goes without the web app, for example where no npm registry can be reached.
WEB ?= 1

.PHONY: install env web browser up test check lint types contracts web-check web-test bench doctor demo lock clean

install: env web ## Everything that a start needs; ends at once when it is up to date.

env: ## The Python environment, from the lock.
	@$(PYTHON) infra/bootstrap.py

web: env ## The web app, built anew when its sources or the schema changed.
	@[ "$(WEB)" = 0 ] || $(BIN)/python infra/web.py build

browser: env ## A Chromium with Chinese letters for the browser tests.
	@$(BIN)/python -m tests.support.browser.chromium

up: install ## Install, start everything, print the address and the sign-ins; Ctrl-C stops it.
	@exec $(BIN)/python -m anhuan_infra.stack up

test: install browser check web-test ## Every check and every test, on real servers that it starts itself.
	@# Pages need a worker and a scheduler that run, which would take the deadlines and jobs of other tests: one after the other.
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --ignore=tests/browser $(PYTEST) || { [ $$? = 5 ] && [ -n "$(PYTEST)" ]; }
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests/browser $(PYTEST) || { [ $$? = 5 ] && [ -n "$(PYTEST)" ]; }

check: lint types contracts web-check ## What can be said without running the program.

lint: env
	@echo "check      ruff" && $(BIN)/ruff check && $(BIN)/ruff format --check --quiet

types: env
	@echo "check      mypy" && $(BIN)/mypy
	@echo "check      basedpyright" && $(BIN)/basedpyright

contracts: env
	@echo "check      import contracts" && $(BIN)/lint-imports

web-check: env
	@$(BIN)/python infra/web.py check

web-test: env
	@$(BIN)/python infra/web.py test

bench: install browser ## Every measurement; prints figures, judges those with a floor.
	@failed=; for file in tests/bench/bench_*.py; do echo "== $$file"; \
		$(BIN)/python -m tests.bench.$$(basename $$file .py) || failed="$$failed $$file"; done; \
		[ -z "$$failed" ] || { echo "below the floor:$$failed"; exit 1; }

doctor: env ## What runs, which versions, how large, and what is wrong.
	@$(BIN)/python -m anhuan_infra.stack doctor

demo: env ## Play a day of the demo group against the running installation.
	@$(BIN)/anhuan demo drive

lock: install ## Choose versions anew and write requirements.lock.
	@uv=$$(command -v uv || echo .tools/uv) && $$uv pip compile pyproject.toml --group dev --universal \
		--python-version 3.11 --generate-hashes --no-header --quiet --upgrade -o requirements.lock

clean: ## Remove what is made again by the next command; data in .anhuan stays.
	@rm -rf portal/anhuan_portal/web portal/web/node_modules
	@rm -rf .venv .tools .artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
