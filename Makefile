# make graph   set everything up and build a graph page and GraphML from the sample articles
# make test    set up and run ruff, mypy and all tests; GOLD=DIR adds the figures on public annotated data
# make check   ruff and mypy alone
# make bench   time the extractor beside the bare parser

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: graph test check bench clean

graph: $(STAMP)
	$(BIN)/kgraph build data/articles --html graph.html --graphml graph.graphml --title "Sample articles"

test: check
	$(BIN)/pytest -q $(if $(GOLD),--gold=$(abspath $(GOLD))) tests kgraph

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python benchmarks/speed.py

$(STAMP): setup.cfg pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("kgraph needs Python 3.11 or later; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $(STAMP)

clean:
	rm -rf $(VENV) graph.html graph.graphml
