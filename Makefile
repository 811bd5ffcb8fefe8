.DEFAULT_GOAL := help
SHELL := /bin/sh
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# uv from PATH, or else one of our own in .uv; without either, plain pip does the same, slower.
define install
	@set -e; \
	if command -v uv >/dev/null 2>&1; then uv=uv; \
	elif [ -x .uv/bin/uv ] || { python3 -m venv .uv && .uv/bin/pip install --quiet uv; }; then uv=.uv/bin/uv; \
	else uv=; fi; \
	if [ -n "$$uv" ]; then \
		[ -x .venv/bin/python ] || $$uv venv --quiet .venv; \
		$$uv pip install --quiet --python .venv/bin/python --constraint constraints.txt --editable . $(1); \
	else \
		[ -x .venv/bin/python ] || python3 -m venv .venv; \
		.venv/bin/pip install --quiet --upgrade 'pip>=25.1'; \
		.venv/bin/pip install --quiet --constraint constraints.txt --editable . $(1); \
	fi
	@touch $@
endef

.venv/installed: pyproject.toml constraints.txt
	@echo "Setting up .venv (once) ..."
	$(call install)

.venv/installed-dev: pyproject.toml constraints.txt
	@echo "Setting up .venv for tests (once) ..."
	$(call install,--group dev)

.PHONY: help setup demo check test test-full benchmark benchmark-throttle format docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/installed ## make .venv with seg2amp in it

demo: .venv/installed ## sample Segment data, mapped by dbt, delivered to a local sandbox, reported
	@.venv/bin/seg2amp demo

check: .venv/installed-dev ## format, lint and types
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/sqlfmt --quiet --check dbt_project/models dbt_project/macros dbt_project/tests
	@.venv/bin/mypy

test: check ## what CI runs: check, then every test but the heavy proofs
	@.venv/bin/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder -m 'not full'

test-full: check ## every test, the heavy proofs included
	@.venv/bin/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

benchmark: .venv/installed ## a million messages, then one per cent more: what each build costs
	@.venv/bin/python benchmarks/incremental.py $(ARGS)

benchmark-throttle: .venv/installed ## a load while some users are throttled: what it costs the others
	@.venv/bin/python benchmarks/throttle.py

format: .venv/installed-dev ## put Python and SQL into their formats
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .
	@.venv/bin/sqlfmt --quiet dbt_project/models dbt_project/macros dbt_project/tests

docs: .venv/installed ## write docs/mapping.md from the settings and rules
	@.venv/bin/python -m seg2amp.transform.mapping_page dbt_project docs/mapping.md

clean: ## remove what the targets above have made
	@rm -rf .venv .uv .seg2amp/* dbt_project/target dbt_project/logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
