"""What people give by mistake: one clear line on stderr, the rest still done, and the exit code that says so."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

import pytest
from click.testing import Result

from kgraph.extract.drafts import Draft
from kgraph.extract.scene import Scene
from kgraph.model import Document
from kgraph.store import SCHEMA, Store

Run = Callable[..., Result]

GOOD = b"Iran condemned Israel on Monday for the strike.\n"
GERMAN = (
    "Der Minister sagte am Montag, die Regierung werde den Vertrag nicht unterzeichnen, und brach die Gespräche ab.\n"
)
LIMIT = 3 * 10**9  # bytes


def python(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """``python -m kgraph`` as people run it."""
    return subprocess.run([sys.executable, "-m", "kgraph", *args], cwd=cwd, capture_output=True, text=True, timeout=60)


def lines(run: Result) -> list[str]:
    """What a run that ended by itself said on stderr."""
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    assert "Traceback" not in run.output
    return run.stderr.splitlines()


def test_an_article_on_which_a_rule_breaks_is_named_and_the_rest_is_read(
    kgraph: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kgraph.extract import find_roles

    def breaking(scene: Scene) -> Iterator[Draft]:
        if "Egypt" in scene.document.text:
            raise IndexError("no such word")
        return find_roles(scene)

    monkeypatch.setattr("kgraph.extract.find_roles", breaking)
    texts = ["Egypt condemned Israel on Monday for the strike.", "Iran condemned Israel on Monday for the strike."]
    stdin = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts)).encode()
    run = kgraph("extract", "-", stdin=stdin)
    assert run.exit_code == 3
    assert any("0: internal error (IndexError('no such word'))" in line for line in lines(run))
    assert documents(run) == ["1"]


def documents(run: Result) -> list[str]:
    return sorted({json.loads(line)["document"] for line in run.stdout.splitlines()})


# --- articles -----------------------------------------------------------------------------------------

UNREADABLE = {
    "empty.txt": (b"", "the file is empty; nothing to read"),
    "blank.md": (b"\n \n", "the file is empty; nothing to read"),
    "map.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0", "this is a binary file, not text; convert it to text first"),
    "bytes.txt": (bytes(range(128, 256)) * 3, "its encoding is unknown; save it as UTF-8"),
    "report.pdf": (b"%PDF-1.7\n", "no reader for the ending '.pdf'; kgraph reads .jsonl, .markdown, .md"),
    "README": (GOOD, "no reader for the ending '(none)'; kgraph reads .jsonl, .markdown, .md"),
    "no.jsonl": (b"", "the file is empty; nothing to read"),
    "missing.txt": (None, "no such file or folder; check the path"),
    "folder": (None, "no articles in this folder; kgraph reads .jsonl, .markdown, .md"),
}


@pytest.fixture
def bad(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, str]:
    """The name of an article that cannot be read, put beside good.txt, and what is to be said of it."""
    name: str = request.param
    content, says = UNREADABLE[name]
    (tmp_path / "good.txt").write_bytes(GOOD)
    if name == "folder":
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_bytes(content)
    return name, says


@pytest.mark.parametrize("bad", UNREADABLE, indirect=True)
def test_article_that_cannot_be_read_is_named_and_the_rest_kept(kgraph: Run, bad: tuple[str, str]) -> None:
    name, says = bad
    run = kgraph("extract", name, "good.txt")
    told, total = lines(run)
    assert told.startswith(f"kgraph: {name}: {says}")
    assert total == "kgraph: 1 of 2 articles failed"
    assert (documents(run), run.exit_code) == (["good.txt"], 3)


@pytest.mark.parametrize("bad", UNREADABLE, indirect=True)
def test_run_of_articles_that_all_fail_is_a_failure(kgraph: Run, tmp_path: Path, bad: tuple[str, str]) -> None:
    run = kgraph("build", bad[0])
    assert (len(lines(run)), run.stdout, run.exit_code) == (2, "", 1)
    assert not list(tmp_path.glob("graph.*"))


def test_bad_lines_are_told_by_number_and_the_others_read(kgraph: Run, tmp_path: Path) -> None:
    good = b'{"id": "a", "text": "Iran condemned Israel on Monday."}\n'
    (tmp_path / "news.jsonl").write_bytes(good + b"{oops\n[]\n" + good.replace(b'"a"', b'"b"'))
    run = kgraph("extract", "news.jsonl")
    assert [line.split(":")[1] for line in lines(run)[:2]] == [" news.jsonl line 2", " news.jsonl line 3"]
    assert (lines(run)[2], run.exit_code) == ("kgraph: 2 of 4 articles failed", 3)
    assert documents(run) == ["a", "b"]


@pytest.mark.parametrize(
    "line",
    [b'{"text": "Iran condemned \\ud800 Israel."}', b'{"text": "Iran.", "id": ' + b"1" * 5000 + b"}"],
    ids=["lone surrogate", "huge number"],
)
def test_article_that_no_program_should_write_does_not_end_the_run(kgraph: Run, tmp_path: Path, line: bytes) -> None:
    (tmp_path / "news.jsonl").write_bytes(line + b'\n{"id": "a", "text": "Iran condemned Israel on Monday."}\n')
    run = kgraph("extract", "news.jsonl")
    assert lines(run) is not None
    assert "a" in documents(run)


def test_text_in_another_language_is_skipped_and_no_failure(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(GOOD)
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    run = kgraph("extract", "de.txt", "good.txt")
    assert lines(run) == ["kgraph: skipped 1 article in another language (de); kgraph reads English"]
    assert (documents(run), run.exit_code) == (["good.txt"], 0)


def test_run_of_skipped_articles_is_done(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    run = kgraph("build", "de.txt")
    assert run.exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("graph.*")) == ["graph.graphml", "graph.html"]


def test_article_whose_date_is_none_is_named_and_no_failure(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"date: soonish\n\n" + GOOD)
    run = kgraph("extract", "a.txt")
    assert len(lines(run)) == 1
    assert (documents(run), run.exit_code) == (["a.txt"], 0)


def test_folder_of_everything_goes_through_without_a_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_bytes(GOOD)
    for name, (content, _) in UNREADABLE.items():
        if content is not None:
            (folder / name).write_bytes(content)
    run = python("extract", "news", cwd=tmp_path)
    assert run.returncode == 3
    assert all(line.startswith("kgraph: ") for line in run.stderr.splitlines())
    assert [line.split(":")[1].strip() for line in run.stderr.splitlines()[:-1]] == [
        f"news/{name}" for name in ("blank.md", "bytes.txt", "empty.txt", "map.txt", "no.jsonl")
    ]


# --- usage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["build"], "Missing argument 'ARTICLES...'"),
        (["extract"], "Missing argument 'ARTICLES...'"),
        (["actors"], "give a NAME, or articles with --in"),
        (["nonsense"], "No such command 'nonsense'"),
        (["build", "a.txt", "--nonsense"], "No such option"),
        (["build", "a.txt", "--export", "gexf"], "'gexf' is not FORMAT=FILE with a FORMAT of graphml, html, jsonl"),
        (["build", "a.txt", "--export", "sql=x"], "'sql=x' is not FORMAT=FILE with a FORMAT of graphml, html, jsonl"),
        (["build", "a.txt", "--html", "none/g.html"], "there is no folder none; make it first"),
        (["build", "a.txt", "--export", "jsonl=none/g.jsonl"], "there is no folder none; make it first"),
        (["build", "a.txt", "--graphml", "."], "is a directory"),
        (["build", "a.txt", "--since", "yesterday"], "'yesterday' is no day of the form YYYY-MM-DD"),
        (["build", "a.txt", "--min-count", "0"], "0 is not in the range"),
        (["build", "a.txt", "--family", "mood"], "'mood' is not one of"),
        (["export", "none.db"], "'none.db' does not exist"),
        (["export", "."], "is a directory"),
        (["evaluate", "mood", "gold.jsonl"], "'mood' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_before_any_work(kgraph: Run, tmp_path: Path, args: list[str], says: str) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    run = kgraph(*args)
    assert says in lines(run)[-1]
    assert (run.stdout, run.exit_code) == ("", 2)


@pytest.mark.parametrize("day", ["20250101", "2025-W01-1"])
def test_day_of_another_form_is_wrong_usage(kgraph: Run, tmp_path: Path, day: str) -> None:
    (tmp_path / "st.jsonl").touch()
    assert kgraph("export", "st.jsonl", "--since", day).exit_code == 2


@pytest.mark.parametrize(
    "args", [["extract", "a.txt", "-o"], ["extract", "a.txt", "--mentions"], ["build", "a.txt", "--store"]]
)
def test_missing_folder_is_wrong_usage_for_every_output(kgraph: Run, tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    run = kgraph(*args, "none/file")
    assert "there is no folder none; make it first" in lines(run)[-1]
    assert run.exit_code == 2


@pytest.mark.parametrize("command", [["build", "a.txt", "--graphml"], ["extract", "a.txt", "-o"]])
def test_folder_that_cannot_be_written_to_is_told(
    kgraph: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_bytes(GOOD)
    monkeypatch.setattr("tempfile.mkstemp", refuse)  # root, as tests may run, can write everywhere
    run = kgraph(*command, "out")
    assert lines(run)[-1].startswith("kgraph: out: cannot be written (Permission denied); ")
    assert run.exit_code == 1


def test_parser_that_is_not_there_is_told(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    run = kgraph("extract", "a.txt", "--model", "nonsense")
    (line,) = lines(run)
    assert line.startswith("kgraph: no spaCy model 'nonsense'")
    assert (line.endswith("; give an installed model or a path"), run.exit_code) == (True, 1)


def test_debug_shows_the_traceback(kgraph: Run) -> None:
    run = kgraph("--debug", "actors", "Iran", "--actors", "none.toml")
    assert type(run.exception).__name__ == "TableError"


# --- tables -------------------------------------------------------------------------------------------

ROW = '[[actor]]\nid = "hw"\nname = "Harbour Watch"\ntype = "ngo"\n'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[actor]\n", "own.toml: not a TOML table that can be read"),
        (ROW.replace("ngo", "club"), "own.toml: actor Harbour Watch: type 'club' is none of state, igo, "),
        (ROW.replace("type", "kind"), "own.toml: actor Harbour Watch: unknown ['kind'], missing ['type']"),
        (ROW + 'colour = "red"\n', "own.toml: actor Harbour Watch: unknown ['colour']"),
        (None, "own.toml: there is no such table; check the path"),
    ],
)
def test_broken_table_of_actors_is_told(kgraph: Run, tmp_path: Path, content: str | None, says: str) -> None:
    if content is not None:
        (tmp_path / "own.toml").write_text(content)
    run = kgraph("actors", "Harbour Watch", "--actors", "own.toml")
    (line,) = lines(run)
    assert line.startswith(f"kgraph: {says}")
    assert (run.stdout, run.exit_code) == ("", 1)


@pytest.mark.parametrize(
    "content",
    [
        ROW + 'names = "HW"\n',
        ROW.replace("actor", "actors"),
        "actor = 5\n",
        'actor = ["hw"]\n',
        ROW.replace('"hw"', "5"),
    ],
    ids=["text for a list", "misspelt heading", "number for a table", "text for a table", "number for a text"],
)
def test_table_of_actors_of_another_form_is_told(kgraph: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "own.toml").write_text(content)
    run = kgraph("actors", "Harbour Watch", "--actors", "own.toml")
    assert lines(run)[0].startswith("kgraph: own.toml: ")
    assert run.exit_code == 1


@pytest.mark.parametrize(
    "command", [["extract", "a.txt"], ["build", "a.txt"], ["export", "st.jsonl"], ["actors", "Iran"]]
)
def test_broken_ontology_is_told_by_every_command(kgraph: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "st.jsonl").touch()
    (tmp_path / "own.toml").write_text('[relations.mocks]\nfamily = "stance"\n')
    run = kgraph(*command, "--ontology", "own.toml")
    assert lines(run) == ["kgraph: own.toml: relation mocks: unknown [], missing ['inverse', 'label']"]
    assert run.exit_code == 1


# --- stores -------------------------------------------------------------------------------------------


def store(path: Path, *, version: int = SCHEMA) -> None:
    with Store(path, create=True) as made:
        made.add(Document("one.txt", "Text."), [])
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {version}")


def others(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE birds (name TEXT)")


def cut(path: Path) -> None:
    store(path)
    os.truncate(path, 5000)


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_bytes(GOOD * 50), "cannot be used (file is not a database)"),
    "cut": (cut, "cannot be used (database disk image is malformed)"),
    "others": (others, "a database, but none that kgraph made; name another file"),
    "newer": (lambda path: store(path, version=99), "the store is of a newer kgraph (schema 99); update kgraph"),
}


@pytest.mark.parametrize(
    "command", [["export", "x.db"], ["build", "a.txt", "--store", "x.db"]], ids=["export", "build"]
)
@pytest.mark.parametrize("kind", BROKEN)
def test_store_that_cannot_be_used_is_told(kgraph: Run, tmp_path: Path, command: list[str], kind: str) -> None:
    damage, says = BROKEN[kind]
    damage(tmp_path / "x.db")
    (tmp_path / "a.txt").write_bytes(GOOD)
    run = kgraph(*command)
    (line,) = lines(run)
    assert line.startswith(f"kgraph: x.db: {says}")
    assert (run.stdout, run.exit_code) == ("", 1)
    assert not list(tmp_path.glob("graph.*"))


@pytest.mark.parametrize("kind", ["text", "cut"])
def test_message_on_a_damaged_store_says_what_to_do(kgraph: Run, tmp_path: Path, kind: str) -> None:
    BROKEN[kind][0](tmp_path / "x.db")
    assert "; " in lines(kgraph("export", "x.db"))[0]


def test_bad_line_of_a_file_of_statements_is_named(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "st.jsonl").write_text('\n{"id": "s1"}\n')
    run = kgraph("export", "st.jsonl")
    (line,) = lines(run)
    assert line.startswith("kgraph: st.jsonl line 2: this is no statement that kgraph wrote")
    assert (line.endswith("; make the file again by kgraph extract"), run.exit_code) == (True, 1)


# --- size ---------------------------------------------------------------------------------------------

# 5 MB take six minutes here. Memory shows within 1 MB: it goes with the parts that are parsed at once.
SIZE = 1_000_000
STATES = ["Iran", "Turkey", "France", "Japan", "Brazil", "India", "Egypt", "Poland", "Kenya", "Chile", "Norway"]
SENTENCES = [
    "{0} accused {1} of violating the border agreement that they had signed in the spring of {3}. ",
    "The negotiations lasted until the early morning, and no communiqué was published afterwards. ",
    "Foreign Minister {2} of {0} described the accusations as unfounded and irresponsible. ",
    "Correspondents waited behind the barriers while the delegations departed one after another.\n\n",
]


def long_article() -> str:
    """Own sentences repeated, their names and years varied, in paragraphs of four."""

    def written() -> Iterator[str]:
        for number, (sentence, one) in enumerate(zip(cycle(SENTENCES), cycle(STATES), strict=False)):
            other = STATES[(3 * number + 1) % len(STATES)]
            name = f"Dorran{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}i"
            yield sentence.format(one, other, name, 1950 + number % 70)

    return "".join(islice(written(), SIZE // 92))


MEASURED = """
import resource, sys
from kgraph.cli import cli
try:
    cli(["extract", "long.txt", "-o", "long.jsonl"])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


@pytest.fixture(scope="module", autouse=True)
def long_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A run on one very long article; it goes on beside the tests above, on the second core."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "long.txt").write_text(long_article(), encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", MEASURED], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_memory_is_bounded_on_a_very_long_article(long_run: subprocess.Popen[str]) -> None:
    peak, _ = long_run.communicate(timeout=300)
    assert long_run.returncode == 0
    assert int(peak) < LIMIT
