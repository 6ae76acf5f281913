"""The commands: parse arguments, call, print. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 all failed, 2 wrong usage, 3 some articles failed.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import click
from tqdm import tqdm

from kgraph._version import __version__
from kgraph.errors import InternalError, KgraphError, ReadError
from kgraph.options import FILE, MODEL, OUTPUT, TABLES, TARGET, VIEW, takes

T = TypeVar("T")


class _Commands(click.Group):
    """Turns errors of kgraph's own into one line on stderr; with --debug into a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgraphError as err:
            if ctx.params.get("debug"):
                raise
            click.echo(f"kgraph: {err}", err=True)
            ctx.exit(1)


TASKS = ("statements", "mentions", "categories", "stance", "documents", "actors", "facts", "pairs", "factuality")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kgraph")
@click.option("--debug", is_flag=True, help="Show tracebacks of errors.")
def cli(debug: bool) -> None:
    """Build a geopolitical knowledge graph from news articles.

    ARTICLES are files (.txt, .md, .jsonl), folders of these, or - for standard input. Nothing leaves this machine.
    """


@cli.command()
@click.argument("articles", nargs=-1, required=True)
@click.option("--store", type=TARGET, help="Keep all statements in this file; articles in it are not read again.")
@takes(OUTPUT, VIEW, TABLES, MODEL)
def build(
    articles: tuple[str, ...],
    html: Path | None,
    graphml: Path | None,
    exports: tuple[str, ...],
    store: Path | None,
    **options: Any,
) -> None:
    """Read ARTICLES and write the graph: by default graph.html and graph.graphml."""
    from kgraph import build as way

    outputs = _outputs(html, graphml, exports, default=store is None)
    tables = way.Tables.load(ontology=options["ontology"], actors=options["actors"])
    view = _view(tables, options)
    tally = way.Tally()
    if store is None:
        found = _progress(way.extract_articles(articles, tables, report=_report, tally=tally, **_means(options)))
        statements: Iterable[Any] = (st for extraction in found for st in extraction.statements)
    else:
        statements = _through_store(store, articles, tables, tally, _means(options))
    corrected = _corrected(statements, options["corrections"], tables)
    if tally.read or tally.unchanged or not tally.failed:
        _write(corrected, outputs, tables, view, options["title"])
    _finish(tally)


@cli.command("extract")
@click.argument("articles", nargs=-1, required=True)
@click.option("-o", "--output", type=TARGET, help="Write statements here and not to stdout.")
@click.option("--mentions", type=TARGET, help="Write every actor mention here, one a line.")
@takes(TABLES, MODEL)
def extract_command(articles: tuple[str, ...], output: Path | None, mentions: Path | None, **options: Any) -> None:
    """Read ARTICLES and write their statements as JSON Lines."""
    from kgraph import build as way
    from kgraph.corrections import Corrections
    from kgraph.records import mention_to_record, statement_to_record, write_records

    tables = way.Tables.load(ontology=options["ontology"], actors=options["actors"])
    corrections = Corrections.load(options["corrections"], tables.ontology)
    tally = way.Tally()
    found = way.extract_articles(articles, tables, report=_report, tally=tally, **_means(options))
    with ExitStack() as files:
        out = files.enter_context(way.whole_file(output)) if output else sys.stdout.buffer
        named = files.enter_context(way.whole_file(mentions)) if mentions else None
        for extraction in _progress(found):
            write_records(map(statement_to_record, corrections.apply(extraction.statements)), out)
            if named is not None:
                write_records(map(mention_to_record, extraction.mentions), named)
    _finish(tally)


@cli.command()
@click.argument(
    "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="STORE|STATEMENTS.jsonl"
)
@takes(OUTPUT, VIEW, TABLES)
def export(source: Path, html: Path | None, graphml: Path | None, exports: tuple[str, ...], **options: Any) -> None:
    """Write the graph of a store or of a file of statements, without reading the articles again."""
    from kgraph import build as way

    outputs = _outputs(html, graphml, exports, default=True)
    tables = way.Tables.load(ontology=options["ontology"], actors=options["actors"])
    corrected = _corrected(way.load_statements(source).values(), options["corrections"], tables)
    _write(corrected, outputs, tables, _view(tables, options), options["title"])


@cli.command()
@click.argument("names", nargs=-1)
@click.option("--in", "articles", multiple=True, metavar="ARTICLES", help="List the actors found in these articles.")
@click.option("--on", "day", metavar="DATE", help="Who held an office, or had a name, on this day (YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@takes(TABLES[1:], MODEL)
def actors(names: tuple[str, ...], articles: tuple[str, ...], day: str | None, as_json: bool, **options: Any) -> None:
    """Show what NAMES resolve to, and why; with --in, who is named in articles.

    A NAME may be an office: "Russian president", "US secretary of state". With --in, actors that no table knows are
    marked, and near-duplicates worth merging are printed as rows for your own table (--actors).
    """
    from kgraph import build as way
    from kgraph.language import load_language
    from kgraph.lookup import actors_in, resolve, suggestions

    if not names and not articles:
        raise click.UsageError("give a NAME, or articles with --in")
    _check_day(day, "--on")
    tables = way.Tables.load(ontology=options["ontology"], actors=options["actors"])
    tally = way.Tally()
    language = load_language(tables.ontology)
    rows = [row for name in names for row in resolve(name, tables.gazetteer, language, day)]
    listed = []
    if articles:
        found = way.extract_articles(articles, tables, report=_report, tally=tally, **_means(options))
        listed = actors_in(_progress(found), names)
    if as_json:
        shown = json.dumps(rows + listed, ensure_ascii=False)
    else:
        tabled = [_table(part) for part in (rows, listed) if part] or [_table([])]
        shown = "\n\n".join(part for part in (*tabled, suggestions(listed)) if part)
    # Names may hold half characters, which no terminal takes.
    click.echo(shown.encode("utf-8", "backslashreplace").decode())
    if articles:
        _finish(tally)


@cli.command()
@click.argument("task", type=click.Choice(TASKS))
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("articles", nargs=-1)
@click.option("--floors", type=FILE, help="Least figures (TOML); leave with exit code 1 where one does not hold.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@takes(TABLES[1:], MODEL)
def evaluate(
    task: str, gold: Path, articles: tuple[str, ...], floors: Path | None, as_json: bool, **options: Any
) -> None:
    """Read ARTICLES (by default the texts of GOLD itself) and print figures against GOLD.

    TASK "pairs" asks the pair model alone, with the pairs that GOLD marks.
    """
    from kgraph import build as way
    from kgraph import evaluate as figures
    from kgraph.extract.pair_model import PairModel
    from kgraph.language import load_language, load_pipeline

    tables = way.Tables.load(ontology=options["ontology"], actors=options["actors"])
    wanted = figures.floors(floors).get(task, {}) if floors else {}
    if task == "pairs":
        result = figures.evaluate_pairs(gold, PairModel())
    elif task == "factuality":
        result = figures.evaluate_factuality(gold, load_pipeline(options["model"]), load_language(tables.ontology))
    else:
        found = way.extract_articles(
            articles or [str(gold)], tables, report=_report, tally=way.Tally(), **_means(options)
        )
        named = task in figures.MENTION_TASKS
        result = figures.evaluate(
            task, gold, (one for e in _progress(found) for one in (e.mentions if named else e.statements))
        )
    click.echo(json.dumps(result) if as_json else _table(_lines(result)))
    failed = figures.below(result, wanted)
    for line in failed:
        click.echo(f"kgraph: {line}", err=True)
    if failed:
        raise SystemExit(1)


def main() -> None:
    """Entry point of the ``kgraph`` script."""
    warnings.showwarning = lambda message, *_, **__: click.echo(f"kgraph: {message}", err=True)
    cli(prog_name="kgraph")


def _outputs(
    html: Path | None, graphml: Path | None, exports: Iterable[str], *, default: bool
) -> list[tuple[str, Path]]:
    """Formats and files to write, checked before any work is done."""
    from kgraph.export import EXPORTERS

    outputs = [(form, path) for form, path in (("html", html), ("graphml", graphml)) if path is not None]
    for item in exports:
        form, _, name = item.partition("=")
        if form not in EXPORTERS or not name:
            raise click.BadParameter(
                f"{item!r} is not FORMAT=FILE with a FORMAT of {', '.join(sorted(EXPORTERS))}", param_hint="--export"
            )
        outputs.append((form, Path(name)))
    for _, path in outputs:
        if not path.parent.is_dir():
            raise click.BadParameter(f"there is no folder {path.parent}; make it first", param_hint=str(path))
    return outputs or ([("html", Path("graph.html")), ("graphml", Path("graph.graphml"))] if default else [])


def _view(tables: Any, options: dict[str, Any]) -> Any:
    from kgraph.graph import View
    from kgraph.lookup import ids_of

    for name in ("since", "until"):
        _check_day(options[name], f"--{name}")
    keys = ("since", "until", "min_confidence", "min_count", "distance", "level", "unnamed", "agreements", "members")
    around = frozenset(key for name in options["around"] for key in ids_of(name, tables.gazetteer))
    return View(families=frozenset(options["families"]), actors=around, **{key: options[key] for key in keys})


def _check_day(text: str | None, option: str) -> None:
    from datetime import date

    try:
        if text is not None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(text)  # fromisoformat takes other forms, which do not compare as text
        date.fromisoformat(text or "2000-01-01")
    except ValueError as err:
        raise click.BadParameter(f"{text!r} is no day of the form YYYY-MM-DD", param_hint=option) from err


def _corrected(statements: Iterable[Any], path: Path | None, tables: Any) -> dict[str, Any]:
    """A look-up of statements under the user's verdicts; ids that no statement has are named."""
    from kgraph.build import by_id
    from kgraph.corrections import Corrections

    corrections = Corrections.load(path, tables.ontology)
    found = by_id(corrections.apply(statements))
    for key in sorted(corrections.unused):
        click.echo(f"kgraph: {path}: no statement has the id {key}; its verdict is kept unused", err=True)
    return found


def _means(options: dict[str, Any]) -> dict[str, Any]:
    """How articles are read: the parser, whether the pair model judges, and how sure statements must be."""
    shown = {"least": 0.0} if options["everything"] else {}
    return {"model": options["model"], "pairs": not options["tables_only"], **shown}


def _through_store(path: Path, articles: Iterable[str], tables: Any, tally: Any, means: dict[str, Any]) -> list[Any]:
    """Statements of all that is in the store once the new articles have been added."""
    from kgraph import build as way
    from kgraph.store import Store

    with Store(path, create=True) as store:
        found = way.extract_articles(articles, tables, report=_report, tally=tally, known=store.has, **means)
        for extraction in _progress(found):
            store.add(extraction.document, extraction.statements)
        statements = list(store.statements())
        click.echo(f"kgraph: {path} holds {len(statements)} statements of {store.count_documents()} articles", err=True)
        return statements


def _write(
    statements: dict[str, Any], outputs: Iterable[tuple[str, Path]], tables: Any, view: Any, title: str | None
) -> None:
    from kgraph import build as way

    graph = way.make_graph(statements, tables, view=view)
    missing = view.actors - {end.id for st in statements.values() for end in (st.source, st.target) if end}
    if view.actors and missing == view.actors:
        names = ", ".join(sorted(missing))
        raise click.BadParameter(f"nobody in these statements is {names}; see kgraph actors --in", param_hint="--actor")
    if not graph:
        click.echo("kgraph: no statement is left under these options; the graph is empty", err=True)
    for form, path in outputs:
        way.write_graph(graph, statements, path, form=form, ontology=tables.ontology, title=title)
        counts = (
            f"{graph.number_of_nodes()} actors, {graph.number_of_edges()} edges, {graph.graph['statements']} statements"
        )
        click.echo(f"kgraph: wrote {path} ({counts})", err=True)


def _progress(found: Iterable[T]) -> Iterator[T]:
    """A bar on stderr, on a terminal only."""
    return iter(tqdm(found, unit=" articles", disable=not sys.stderr.isatty()))


def _report(err: ReadError) -> None:
    if isinstance(err, InternalError) and click.get_current_context().find_root().params.get("debug"):
        raise err
    click.echo(f"kgraph: {err}", err=True)


def _finish(tally: Any) -> None:
    """Say what was passed over, and leave with the exit code of the run."""
    for code, count in sorted(tally.languages.items()):
        click.echo(
            f"kgraph: skipped {count} article{'s' * (count > 1)} in another language ({code}); kgraph reads English",
            err=True,
        )
    if tally.unchanged:
        click.echo(f"kgraph: {tally.unchanged} article{'s' * (tally.unchanged > 1)} in the store already", err=True)
    done = tally.read + tally.unchanged + sum(tally.languages.values())
    if tally.failed:
        click.echo(f"kgraph: {tally.failed} of {tally.failed + done} articles failed", err=True)
        raise SystemExit(3 if done else 1)


def _lines(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Figures as rows; nested ones on a line of their own."""
    rows = []
    for name, value in figures.items():
        shown = ", ".join(f"{key} {part}" for key, part in value.items()) if isinstance(value, dict) else str(value)
        rows.append({"figure": name, "value": shown})
    return rows


def _table(rows: list[dict[str, Any]]) -> str:
    """Rows of equal keys as aligned columns."""
    if not rows:
        return "no actors found"
    keys = list(rows[0])
    cells = [keys, *([_cell(row.get(key)) for key in keys] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(keys))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
    )


def _cell(value: object) -> str:
    return {True: "yes", False: "no", None: "-"}[value] if value is None or isinstance(value, bool) else str(value)
