"""Who may import whom (docs/design.md), and what an import brings along: read from the source."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import kgraph

PACKAGE = Path(kgraph.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

# The rooms that each room may take from, itself not named; the rooms that are not here may take from any.
ALLOWED = {
    "errors": set(),
    "model": set(),
    "ontology": {"errors", "model"},
    "readers": {"errors", "model"},
    "language": {"errors", "model", "ontology"},
    "actors": {"errors", "model", "ontology", "language"},
    "extract": {"errors", "model", "ontology", "language", "actors"},
    "records": {"errors", "model"},
    "store": {"errors", "model", "ontology", "records"},
    "graph": {"errors", "model", "ontology"},
    "analysis": {"errors", "model", "ontology", "graph"},
    "layout": {"errors"},
    "export": {"errors", "model", "ontology", "records"},
    "corrections": {"errors", "model", "ontology", "records"},
    "evaluate": {"errors", "extract", "language", "model", "ontology", "records"},
    "runner": {"errors", "model"},
    "lookup": {"errors", "model", "language", "actors", "extract"},
}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file names in its import statements, wherever they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import; name the module in full"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    """ "graph" of kgraph.graph, "export" of kgraph.export.html."""
    return module.split(".")[1] if "." in module else ""


def taken(module: str) -> set[str]:
    """The rooms that a module takes from."""
    rooms = {path.stem for path in PACKAGE.iterdir()}
    found = {room(name) for name in imported(MODULES[module]) if name.startswith("kgraph.")}
    return (found & rooms) - {room(module), "_version"}


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) in ALLOWED])
def test_module_takes_only_from_rooms_before_it(module: str) -> None:
    assert taken(module) <= ALLOWED[room(module)]


@pytest.mark.parametrize("name", ["store", "graph", "export", "analysis", "layout"])
def test_what_draws_never_takes_from_what_reads(name: str) -> None:
    modules = [module for module in MODULES if room(module) == name]
    assert not any(taken(module) & {"extract", "language", "actors", "readers"} for module in modules)


def test_nothing_takes_from_the_commands() -> None:
    assert [name for name in MODULES if "cli" in taken(name)] == ["kgraph.__main__"]


def test_only_the_commands_and_the_package_call_the_composition() -> None:
    assert {room(name) for name in MODULES if "build" in taken(name)} <= {"", "cli"}


def test_model_and_errors_take_from_the_standard_library_alone() -> None:
    for name in ("model", "errors"):
        assert {module.split(".")[0] for module in imported(PACKAGE / f"{name}.py")} <= {"__future__", "dataclasses"}


def test_core_never_prints_exits_or_reads_the_environment() -> None:
    calls = {
        name: {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        for name, path in MODULES.items()
        if room(name) not in ("cli", "__main__")
    }
    forbidden = {"print", "input", "sys.exit", "exit", "quit", "os.getenv", "os.environ.get", "os.chdir", "random.seed"}
    assert {name: found & forbidden for name, found in calls.items() if found & forbidden} == {}


def test_public_names_are_there() -> None:
    assert sorted(kgraph.__all__) == kgraph.__all__
    assert all(getattr(kgraph, name) is not None for name in kgraph.__all__)


def test_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        kgraph.nonsense  # noqa: B018


@pytest.mark.parametrize("module", ["kgraph", "kgraph.cli", "kgraph.model", "kgraph.store", "kgraph.readers"])
def test_import_does_not_bring_the_parser_along(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "pyvis", "IPython", "torch"} & set(run.stdout.split())


@pytest.mark.parametrize("module", [name for name in MODULES if name != "kgraph.__main__"])
def test_examples_in_docstrings_hold(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0
