# Everything a newcomer runs.  Only Python 3.11+ and make are needed; the rest is installed into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BOOKS  ?= samples
SHARED ?= ../shared/data

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format bench bench-reading accuracy samples clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed  ## create .venv and install, pinned by constraints.txt

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install  ## ingest the sample library (or BOOKS=~/Comics) and ask it some questions
	$(BIN)/warehouse demo $(BOOKS)

test: install  ## every test; no server to start by hand
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: install  ## formatter, linter, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: install  ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install  ## ingest speed against the bare model calls, and memory
	$(BIN)/python tests/benchmarks/ingest.py

bench-reading: install  ## unpacking, decoding and hashing against bare decoding
	$(BIN)/python -m tests.benchmarks.reading

accuracy: install  ## panels, order, text and page types against human truth in $(SHARED)
	$(BIN)/python -m tests.real.accuracy --truth $(SHARED)/truth --books $(SHARED)/books

samples: install  ## draw the sample library anew
	$(BIN)/python -m samples.drawing

clean:  ## remove the environment and caches, not your data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache *.egg-info
