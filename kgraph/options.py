"""The options that commands share, in the order in which --help lists them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
FILE = click.Path(path_type=Path, dir_okay=False)


class _Target(click.Path):
    """A file to write: its folder is looked for before any work is done."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path: Path = super().convert(value, param, ctx)  # type: ignore[assignment]  # as path_type says
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent}; make it first", param, ctx)
        return path


TARGET = _Target(path_type=Path, dir_okay=False)


def _choice(name: str, *values: str, help: str) -> Command:
    """An option that takes one of ``values``, by default the first."""
    return click.option(name, type=click.Choice(values), default=values[0], show_default=True, help=help)


OUTPUT = (
    click.option("--html", type=TARGET, help="Write the graph as an interactive page."),
    click.option("--graphml", type=TARGET, help="Write the graph as GraphML."),
    click.option("--export", "exports", multiple=True, metavar="FORMAT=FILE", help="Any format; may be repeated."),
    click.option("--title", help="Title of the page and of the graph."),
)
VIEW = (
    click.option("--actor", "around", multiple=True, metavar="NAME", help="Only around this actor; may be repeated."),
    click.option("--distance", type=click.IntRange(1), default=1, show_default=True, help="Steps around each --actor."),
    click.option("--since", metavar="DATE", help="Only statements dated from this day on (YYYY-MM-DD)."),
    click.option("--until", metavar="DATE", help="Only statements dated up to this day (YYYY-MM-DD)."),
    click.option(
        "--family",
        "families",
        multiple=True,
        type=click.Choice(["agreement", "stance", "event", "role"]),
        help="Only edges of this family; may be repeated.",
    ),
    click.option("--min-count", type=click.IntRange(1), default=1, metavar="N", help="Only edges of N events or more."),
    click.option(
        "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="X", help="Only statements of X or more."
    ),
    _choice("--level", "actor", "state", help="Draw actors as they are, or folded into their states."),
    _choice("--unnamed", "hide", "show", help="Actors without a name, such as police or protesters."),
    _choice("--members", "keep", "expand", help="Organisations as they are, or their member states of the day."),
    _choice("--agreements", "edges", "nodes", help="Draw agreements of two parties as edges or as nodes."),
)
TABLES = (
    click.option("--corrections", type=FILE, help="Your verdicts on statements (JSON Lines)."),
    click.option("--actors", type=FILE, help="Your own table of actors (TOML), added to the built-in ones."),
    click.option("--ontology", type=FILE, help="Your own relations (TOML), added to the built-in ones."),
)
MODEL = (
    click.option("--model", metavar="NAME", help="A spaCy model by name or path, in place of the built-in parser."),
    click.option("--all", "everything", is_flag=True, help="Statements of any confidence, not only the surer ones."),
    click.option("--no-model", "tables_only", is_flag=True, help="Read by cue tables alone, without the pair model."),
)


def takes(*groups: tuple[Command, ...]) -> Callable[[Command], Command]:
    """A decorator that gives a command the options of ``groups``."""

    def decorate(command: Command) -> Command:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate
