# The two commands of the README are `make run` and `make test`; the rest is for who works on the board.
.PHONY: help setup run test check format bench pictures papers

PYTHON := .venv/bin/python
ROOMS := $(wildcard app.py settings.py pages components queries rules casedb records papers)

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

.venv/.complete: pyproject.toml uv.lock .ci/setup
	@.ci/setup
	@touch $@

setup: .venv/.complete  ## put everything the board needs into .venv (nothing outside this folder)

run: setup  ## the demonstration at http://127.0.0.1:8050, until Ctrl-C
	@$(PYTHON) app.py --demo

test: setup  ## all tests; finds or installs Chromium for those that drive a browser
	@CHROMIUM="$$(.ci/chromium)" $(PYTHON) -m pytest -q -n auto --dist loadfile

check: setup  ## lint, format and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy $(ROOMS)

format: setup  ## let ruff put the code in order
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: setup  ## a million cases on SQLite: each question cold, cached, and its bare SQL
	@$(PYTHON) -m tests.bench

pictures: setup  ## the README's screenshots, from the running demonstration
	@CHROMIUM="$$(.ci/chromium)" $(PYTHON) -m tests.browser.pictures

papers: setup  ## the papers of a meeting into build/papers: make papers DATE=2026-11-26 (empty: the next one)
	@$(PYTHON) -m papers $(DATE) --folder build/papers
