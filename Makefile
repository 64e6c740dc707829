# Two commands start from nothing but Python 3.11+: `make run` and `make test`.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile --require-hashes
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --generate-hashes \
	--python-version 3.11 --python $(BIN)/python --no-annotate --no-emit-index-url --no-emit-find-links $(LOCK)
JOBS ?= 3

# Compiled modules are kept, whatever the shell says: each of the many processes of a site or a test would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench faults lock
.DELETE_ON_ERROR:

run: .venv/.installed-run
	@exec $(BIN)/python -m p2.run

test: .venv/.installed-dev
	@$(BIN)/python -m tests.chromium
	@exec $(BIN)/python -m pytest -n $(JOBS) $(ARGS)

check: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://p2.example.org SECRET_KEY=$$(head -c 48 /dev/urandom | base64) \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/.installed-bench
	@exec $(BIN)/python -m benchmarks $(ARGS)

faults: .venv/.installed-dev
	@exec $(BIN)/python -m faults $(ARGS)

lock: .venv/.installed-dev
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --group local -c requirements.txt -o requirements-local.txt
	$(COMPILE) --group dev -c requirements.txt -c requirements-local.txt -o requirements-dev.txt
	$(COMPILE) --group bench -c requirements.txt -c requirements-dev.txt -o requirements-bench.txt

.venv/.made:
	@[ -n "$(PYTHON)" ] || { echo "P2 needs Python 3.11 or newer, and none is on the PATH."; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv --clear .venv || { \
		echo "Python cannot make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/.installed-run: .venv/.made requirements.txt requirements-local.txt
	@echo "Installing what P2 runs on (a minute or so the first time) …"
	@$(INSTALL) -r requirements.txt -r requirements-local.txt
	@touch $@

.venv/.installed-dev: .venv/.installed-run requirements-dev.txt
	@echo "Installing what P2 is tested with …"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

.venv/.installed-bench: .venv/.installed-run requirements-bench.txt
	@echo "Installing what P2 is compared with …"
	@$(INSTALL) -r requirements-bench.txt
	@touch $@
