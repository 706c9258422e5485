# Two commands do everything on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench bench-reading bench-rounding bench-publishing lint clean corpus-report leave-one-out labels ocr-report example-diff real-ledger seeded-errors adjudication

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo '需要 Python 3.11 或更高版本；可以用 make PYTHON=/path/to/python3.11 指定。' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(VENV)/installed
	@$(BIN)/python examples/demo.py

# -rs: a test that was skipped says why.
test: $(VENV)/installed lint
	$(BIN)/python -m pytest -n 2 -rs

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/mypy

# How well scans are read; without the corpus it says so.
ocr-report: $(VENV)/installed
	$(BIN)/python benchmarks/ocr_accuracy.py --write docs/ocr-report.md
	$(BIN)/python benchmarks/ocr_accuracy.py --held-out --write docs/ocr-held-out.md

bench: $(VENV)/installed
	$(BIN)/python benchmarks/bench.py

# How fast PDFs are read, stage by stage, beside pdfplumber, and the memory of a volume of 260 pages; needs the corpus.
bench-reading: $(VENV)/installed
	$(BIN)/python benchmarks/reading_speed.py

# Controlled rounding of 1,000 generated departments and of one of 60 units, every relation checked, beside two other ways.
bench-rounding: $(VENV)/installed
	$(BIN)/python benchmarks/controlled_rounding.py

# A disclosure in four formats, beside LibreOffice converting its Word document.
bench-publishing: $(VENV)/installed
	$(BIN)/python benchmarks/publishing_speed.py

# How every document of the corpus is read; without the corpus these two say so.
corpus-report: $(VENV)/installed
	$(BIN)/python tools/corpus_report.py --write docs/corpus-report.md

# The same without the form files of each region: reading must not need them.
leave-one-out: $(VENV)/installed
	$(BIN)/python tools/corpus_report.py --leave-one-out

# Which of the defects verified by hand are found, where and with which value.
labels: $(VENV)/installed
	$(BIN)/python tools/labels.py

# Plants realistic errors into composed and published documents, and counts which are found and where (some ten minutes).
seeded-errors: $(VENV)/installed
	$(BIN)/python benchmarks/seeded_errors.py --write docs/seeded-errors.md

# How many of the errors and warnings of the corpus two readers found true.
adjudication: $(VENV)/installed
	$(BIN)/python tools/adjudication.py

# What the example's ledger composes to, against what was published.
example-diff: $(VENV)/installed
	$(BIN)/python tools/example_diff.py

# Published ledgers composed to the tables that were published beside them; without the corpus it says so.
real-ledger: $(VENV)/installed
	$(BIN)/python tools/real_ledger.py

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
