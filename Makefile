# The commands of the house; `make help` lists them. They need a Python of 3.11 or later and nothing else.

.DEFAULT_GOAL := help
.PHONY: help demo test test-core test-spark chromium check docs docs-check bench soak lock clean
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$each -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
CHROMIUM ?= $(firstword $(foreach each,chromium-headless-shell chromium,$(shell command -v $(each))) chromium)
export CHROMIUM
WORKERS ?= logical
RUN := .venv/bin/python -m
INSTALL := $(RUN) pip install -qq --disable-pip-version-check --no-warn-script-location
BENCHMARKS := $(wildcard benchmarks/bench_*.py)
export SERVE

help: ## list these commands
	@sed -n 's/^\([a-z%-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name does; do printf '  make %-10s %s\n' "$$name" "$$does"; done

demo: .venv/demo.stamp ## a running site with sample declarations; SERVE=0 ends after the printed run
	@$(RUN) customhouse_server.demo

test: .venv/test.stamp chromium ## every test, browser tests included
	@$(RUN) pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

test-core: .venv/test.stamp ## the tests of the library, in seconds
	@$(RUN) pytest tests/core -q

test-spark: .venv/test.stamp .venv/spark.stamp ## the batch in the partitions of Apache Spark, which this installs (400 MB; it needs Java 17)
	@$(RUN) pytest tests/spark -q

chromium:
	@command -v $(CHROMIUM) >/dev/null || { echo "The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell), or name yours with CHROMIUM=..., or run .ci/run, which installs it." >&2; exit 1; }

check: .venv/test.stamp ## all that is asked of a change: style, types, import contracts, migrations, docs, tests
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	.venv/bin/lint-imports
	DJANGO_SETTINGS_MODULE=customhouse_server.settings $(RUN) customhouse_server.manage makemigrations --check --dry-run
	@$(MAKE) docs-check
	@$(MAKE) test

docs: .venv/test.stamp ## write the generated pages under docs/reference anew
	.venv/bin/python docs/reference/generate.py

docs-check: .venv/test.stamp ## refuse generated pages that are not what the code says
	.venv/bin/python docs/reference/generate.py --check

bench: .venv/test.stamp ## every benchmark, each beside a peer or a bound measured in the same run
	@failed=0; for each in $(BENCHMARKS); do .venv/bin/python $$each || { failed=1; echo "not met: $$each"; }; done; exit $$failed

bench-%: .venv/test.stamp ## one benchmark, as in bench-lodge
	@.venv/bin/python benchmarks/bench_$(subst -,_,$*).py

soak: .venv/test.stamp ## kill the server and its database under load, again and again; nothing may be lost or doubled
	@.venv/bin/python benchmarks/soak.py

lock: ## resolve the dependencies of pyproject.toml anew into the two lock files; UPGRADE=--upgrade takes the newest
	test -x .venv-lock/bin/pip-compile || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet pip-tools==7.6.2; }
	.venv-lock/bin/pip-compile $(LOCKING) --extra batch --extra server --build-deps-for editable --output-file requirements.lock
	.venv-lock/bin/pip-compile $(LOCKING) --extra batch --extra server --extra dev --build-deps-for editable --constraint requirements.lock --output-file requirements-dev.lock
	.venv-lock/bin/pip-compile $(LOCKING) --extra spark --constraint requirements-dev.lock --allow-unsafe --build-deps-for editable --output-file requirements-spark.lock
	sed -i '1i # Written by `make lock` from pyproject.toml: every version, with the hash of every file published for it.' requirements.lock requirements-dev.lock requirements-spark.lock
LOCKING = pyproject.toml --quiet --generate-hashes --strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(UPGRADE)

clean: ## remove the environment and every cache; the demo's data stay in .customhouse
	rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build site screenshots
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

# Spark comes as source alone. It is built only here, by its hash and without isolation, so that of what is not locked only setuptools takes part.
.venv/spark.stamp: requirements-spark.lock .venv/test.stamp
	@echo "Installing Apache Spark (a few minutes, once)"
	@$(INSTALL) 'setuptools>=77,<81' --only-binary :all:
	@$(INSTALL) --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation --requirement $<
	@touch $@

# The stamps say what is installed, so that a second run installs nothing.
.venv/demo.stamp: requirements.lock pyproject.toml
.venv/test.stamp: requirements-dev.lock pyproject.toml
.venv/demo.stamp .venv/test.stamp:
	@test -x .venv/bin/pip || test -n "$(PYTHON)" || { echo "Customhouse needs Python 3.11 or later with its venv module, and found none (Debian: apt-get install python3 python3-venv); name yours with PYTHON=..." >&2; exit 1; }
	@test -x .venv/bin/pip || { echo "Making .venv with $$($(PYTHON) --version)" && $(PYTHON) -m venv .venv; }
	@echo "Installing the locked dependencies of $< (a minute or two, once)"
	@$(INSTALL) --require-hashes --only-binary :all: --requirement $<
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
