# Everything a newcomer runs.  Only Python 3.11+ and make are needed; the rest is installed into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BOOKS  ?= samples
SHARED ?= ../shared/data
ROWS   ?= 200000

.DEFAULT_GOAL := help
.PHONY: help install system-deps odd demo test lint format many bench bench-text bench-panels bench-reading bench-dupes bench-sql bench-snapshot bench-workers chaos cookbook fuzz accuracy samples clean

help:  ## list the commands
	@grep -hE '^[a-z.-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed  ## create .venv and install, pinned by constraints.txt

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

system-deps:  ## what reads RAR and 7z: libarchive and unar (Debian, Ubuntu; asks for root; macOS: by brew)
	@if command -v apt-get >/dev/null; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -q && \
		library=$$(apt-cache show libarchive13t64 >/dev/null 2>&1 && echo libarchive13t64 || echo libarchive13) && \
		$$sudo apt-get install -qy $$library unar; \
	elif command -v brew >/dev/null; then brew install libarchive unar; \
	else echo "install libarchive and unar with the package manager of this system"; exit 1; fi

demo: install  ## ingest the sample library (or BOOKS=~/Comics) and ask it some questions
	$(BIN)/warehouse demo $(BOOKS)

test: install  ## every test; no server to start by hand
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: install  ## formatter, linter, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: install  ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

many: install  ## ingest 1,000 small drawn books, interrupted on the way (PROFILE=offline: with the real models)
	$(BIN)/python tests/benchmarks/many_books.py --profile $(or $(PROFILE),planted)

bench: install  ## ingest speed against the bare model calls, and memory
	$(BIN)/python tests/benchmarks/ingest.py

bench-text: install  ## reading text beside RapidOCR's defaults, lines one by one beside batches (BOOK=)
	$(BIN)/python -m tests.benchmarks.text_reading $(BOOK)
	$(BIN)/python -m tests.benchmarks.text_batches $(BOOK)

bench-panels: install  ## finding panels on one core, pages of 1000 x 1500, beside decoding them (BOOK=)
	$(BIN)/python -m tests.benchmarks.panel_detection $(BOOK)

bench-reading: install  ## unpacking, decoding and hashing against bare decoding
	$(BIN)/python -m tests.benchmarks.reading

bench-dupes: install  ## grouping duplicate pages: the curve to 340,000 pages, beside other ways
	$(BIN)/python -m tests.benchmarks.duplicates

cookbook: install  ## ask every question of docs/sql.md anew and write the answers there
	$(BIN)/python -m tests.cookbook

bench-sql: install  ## search, concepts and loading in SQL beside NumPy, FAISS, Zarr and plain SQL (ROWS=200000)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m tests.benchmarks.sql --rows $(ROWS)

bench-snapshot: install  ## exporting and reading snapshots beside COPY, rows one by one and plain reading (PANELS=300000)
	$(BIN)/python -m tests.benchmarks.snapshot --panels $(or $(PANELS),300000)

fuzz: install  ## 2,000 damaged books through the sandbox: no crash, no hang, nothing written, always a code
	$(BIN)/python tests/benchmarks/mutations.py --shared $(SHARED)/odd

bench-workers: install  ## claiming and committing without work, two processes against one, status at 1,000,000 rows (BOOKS=)
	$(BIN)/python -m tests.benchmarks.workers --books $(BOOKS)
	$(BIN)/python -m tests.benchmarks.workers.status_speed

chaos: install  ## 300 faults at random moments while workers process a library: nothing lost, nothing twice (FAULTS=, SEED=)
	$(BIN)/python -m tests.workers.chaos --faults $(or $(FAULTS),300) --seed $(or $(SEED),1)

accuracy: install  ## panels, order, text and page types against human truth in $(SHARED)
	for what in panels order text page-types; do \
		$(BIN)/warehouse evaluate $$what --truth $(SHARED)/truth --books $(SHARED)/books || exit 1; \
	done

odd: install  ## ingest every odd input in $(SHARED)/odd: what became of it, and is that as it should be
	$(BIN)/python -m tests.real.odd --data $(SHARED)/odd

samples: install  ## draw the sample library anew
	$(BIN)/python -m samples.drawing

.env:  ## what docker compose needs: passwords made at random, and BOOKS=~/Comics; an .env that is there stays
	@umask 077 && $(PYTHON) -c 'import pathlib, re, secrets, sys; \
	text = pathlib.Path("$@.example").read_text("utf-8"); \
	text = re.sub(r"(?m)_PASSWORD=$$", lambda empty: empty[0] + secrets.token_hex(24), text); \
	books = pathlib.Path(sys.argv[1]).expanduser().resolve(strict=True); \
	text = re.sub(r"(?m)^BOOKS=$$", lambda empty: f"BOOKS=\x27{books}\x27", text); \
	pathlib.Path("$@").write_text(text, "utf-8")' "$(BOOKS)"

clean:  ## remove the environment and caches, not your data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache *.egg-info
