# make graph   set everything up and build a graph page and GraphML from the sample articles
# make test    set up and run ruff, mypy and all tests; GOLD=DIR adds the figures on public annotated data
# make check   ruff and mypy alone
# make weights GOLD=DIR   train the pair model again (an hour on one core); DIR holds stance.train.jsonl
# make bench   time the extractor beside the bare parser

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TRAINER := .venv-training

.PHONY: graph test check bench weights clean

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

weights: $(TRAINER)/.installed
	OMP_NUM_THREADS=1 $(TRAINER)/bin/python -m training $(abspath $(GOLD)) $(TRAINER)/base

$(TRAINER)/.installed: setup.cfg training/requirements.txt
	$(PYTHON) -m venv $(TRAINER)
	$(TRAINER)/bin/python -m pip install --quiet --disable-pip-version-check --editable . -r training/requirements.txt
	$(TRAINER)/bin/python -c 'from all_minilm_l6_v2 import get_model_zip_path as path; from zipfile import ZipFile; ZipFile(path()).extractall("$(TRAINER)/base")'
	touch $(TRAINER)/.installed

$(STAMP): setup.cfg pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("kgraph needs Python 3.11 or later; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $(STAMP)

clean:
	rm -rf $(VENV) $(TRAINER) graph.html graph.graphml
