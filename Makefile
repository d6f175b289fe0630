# On a fresh machine: `make run` reads the samples, `make test` runs the tests. Both set up .venv by themselves.
# With no network: make run WHEELS=DIR, where DIR holds the wheels (jieba has none to download: `pip wheel jieba`).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := $(if $(WHEELS),--no-index --find-links $(WHEELS))
OUT := out
SAMPLES := $(filter-out %.json,$(wildcard samples/reports/*))

.PHONY: run test check bench clean

run: $(VENV)/.ok
	$(BIN)/extractor extract $(SAMPLES) --out $(OUT) --format csv,xlsx,html
	$(BIN)/extractor compare $(OUT) --out $(OUT)/comparison
	@echo "Open in a browser: $(OUT)/rectification-lanxi-water-2022.txt.html (a report to review), $(OUT)/comparison/comparison.html (the years side by side);"
	@echo "in a spreadsheet: $(OUT)/rectification-lanxi-water-2021.txt.xlsx (the ledger), $(OUT)/quantities.csv. All of it in one place:"
	@echo "  $(BIN)/extractor serve $(OUT)"

test: $(VENV)/.ok
	$(BIN)/python -m pytest

check: $(VENV)/.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py

# Its own environment: the peers bring many packages, some of them old.
bench: .venv-bench/.ok
	.venv-bench/bin/python benchmarks/bench.py

clean:
	rm -rf $(VENV) .venv-bench $(OUT) dist

$(VENV)/.ok: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.12, for example."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet $(PIP_FLAGS) --editable '.[dev]'
	@touch $@

.venv-bench/.ok: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet $(PIP_FLAGS) --editable '.[bench]'
	@touch $@
