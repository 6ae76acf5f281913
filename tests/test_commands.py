"""The commands: what they write, where it goes, and that nothing is read twice."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click
import networkx as nx
import pytest
from click.testing import Result

from kgraph import build
from kgraph.cli import cli
from kgraph.errors import ExportError
from kgraph.export import EXPORTERS
from kgraph.language import ParsedPart, parse
from kgraph.ontology import default_ontology

Run = Callable[..., Result]

STRIKE = (
    "Israel strikes Iran again\ndate: 2025-06-14\nsource: Meridian Wire\n\n"
    "Israel bombed Iran on Friday. Iran condemned Israel for the strike.\n"
)
PACT = (
    "date: 2025-06-20\nsource: Continental Dispatch\n\n"
    "Russia and Iran signed a trade agreement on Monday. Police in Moscow detained protesters. "
    "Sergei Lavrov, the Russian foreign minister, praised China.\n"
)
GOLD = Path(__file__).parent.parent / "data" / "gold" / "statements.jsonl"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(STRIKE, encoding="utf-8")
    (folder / "b.txt").write_text(PACT, encoding="utf-8")
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of documents as they are parsed."""
    seen: list[str] = []

    def spied(documents: Any, nlp: Any) -> Iterator[ParsedPart]:
        for part in parse(documents, nlp):
            seen.append(part.document.id)
            yield part

    monkeypatch.setattr(build, "parse", spied)
    return seen


def done(run: Result) -> Result:
    assert run.exit_code == 0, run.output
    return run


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


# --- build --------------------------------------------------------------------------------------------


def test_build_writes_a_page_and_graphml_by_default(kgraph: Run, news: Path, tmp_path: Path) -> None:
    run = done(kgraph("build", "news"))
    assert written(tmp_path) == ["graph.graphml", "graph.html"]
    assert (tmp_path / "graph.html").read_bytes().lower().startswith(b"<!doctype html>")
    assert b"<graphml" in (tmp_path / "graph.graphml").read_bytes()
    assert run.stdout == ""
    assert [line.split(" (")[0] for line in run.stderr.splitlines()] == [
        "kgraph: wrote graph.html",
        "kgraph: wrote graph.graphml",
    ]


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (["--html", "g.html"], ["g.html"]),
        (["--graphml", "g.xml"], ["g.xml"]),
        (["--export", "jsonl=st.jsonl"], ["st.jsonl"]),
        (["--export", "graphml=a.xml", "--export", "html=a.html", "--graphml", "b.xml"], ["a.html", "a.xml", "b.xml"]),
        (["--store", "news.db"], ["news.db"]),
        (["--store", "news.db", "--html", "g.html"], ["g.html", "news.db"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_build_writes_what_is_asked_for_alone(
    kgraph: Run, news: Path, tmp_path: Path, options: list[str], files: list[str]
) -> None:
    done(kgraph("build", "news", *options))
    assert written(tmp_path) == files


def test_title_stands_in_the_page_and_the_graph(kgraph: Run, tmp_path: Path) -> None:
    done(kgraph("export", GOLD, "--title", "The <news>", "--html", "g.html", "--graphml", "g.xml"))
    assert "<title>The &lt;news&gt;</title>" in (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "The &lt;news&gt;" in (tmp_path / "g.xml").read_text(encoding="utf-8")


def test_second_build_on_a_store_reads_nothing_again(
    kgraph: Run, news: Path, tmp_path: Path, parsed: list[str]
) -> None:
    done(kgraph("build", "news", "--store", "news.db", "--graphml", "one.xml"))
    assert parsed == ["a.txt", "b.txt"]
    run = done(kgraph("build", "news", "--store", "news.db", "--graphml", "two.xml"))
    assert parsed == ["a.txt", "b.txt"]
    assert "kgraph: 2 articles in the store already" in run.stderr.splitlines()
    assert (tmp_path / "one.xml").read_bytes() == (tmp_path / "two.xml").read_bytes()


def test_build_on_a_store_reads_what_is_new_or_changed(kgraph: Run, news: Path, parsed: list[str]) -> None:
    done(kgraph("build", "news", "--store", "news.db"))
    (news / "b.txt").write_text(PACT.replace("trade", "military"), encoding="utf-8")
    (news / "c.txt").write_text("France praised Egypt on Monday.\n", encoding="utf-8")
    parsed.clear()
    done(kgraph("build", "news", "--store", "news.db"))
    assert parsed == ["b.txt", "c.txt"]


def test_build_on_a_store_draws_all_that_is_in_it(kgraph: Run, news: Path, tmp_path: Path) -> None:
    done(kgraph("build", "news/a.txt", "--store", "news.db"))
    done(kgraph("build", "news/b.txt", "--store", "news.db", "--export", "jsonl=st.jsonl"))
    assert {row["document"] for row in rows((tmp_path / "st.jsonl").read_text())} == {"a.txt", "b.txt"}


def test_articles_come_from_standard_input(kgraph: Run, tmp_path: Path) -> None:
    done(kgraph("build", "-", "--graphml", "g.xml", stdin=STRIKE.encode()))
    assert written(tmp_path) == ["g.xml"]


# --- extract ------------------------------------------------------------------------------------------


def test_extract_writes_statements_to_stdout(kgraph: Run, news: Path, tmp_path: Path) -> None:
    run = done(kgraph("extract", "news"))
    assert run.stderr == ""
    assert ("israel", "bombs", "iran") in {
        (row["source"]["id"], row["relation"], row["target"]["id"])
        for row in rows(run.stdout)
        if row["source"] and row["target"]
    }
    assert written(tmp_path) == []


def test_extract_writes_the_same_to_a_file(kgraph: Run, news: Path, tmp_path: Path) -> None:
    run = done(kgraph("extract", "news", "-o", "st.jsonl"))
    assert (run.stdout, run.stderr) == ("", "")
    assert (tmp_path / "st.jsonl").read_bytes() == done(kgraph("extract", "news")).stdout_bytes


def test_extract_writes_every_mention_also_those_in_no_statement(kgraph: Run, news: Path, tmp_path: Path) -> None:
    (news / "c.txt").write_text("Kenya and Chile exist.\n", encoding="utf-8")
    run = done(kgraph("extract", "news", "--mentions", "mentions.jsonl"))
    mentions = rows((tmp_path / "mentions.jsonl").read_text(encoding="utf-8"))
    assert {"kenya", "chile"} <= {row["actor"]["id"] for row in mentions}
    assert not any(row["document"] == "c.txt" for row in rows(run.stdout))
    assert all(list(row)[:5] == ["document", "start", "end", "text", "actor"] for row in mentions)


def test_offsets_give_back_the_text_beside_them(kgraph: Run, news: Path, tmp_path: Path) -> None:
    def spans(value: object) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict) and {"start", "end", "text"} == set(value) and isinstance(value["start"], int):
            yield value
        elif isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from spans(inner)

    (news / "c.md").write_text(
        "# Talks\r\n\r\n**France** [condemned](https://e.org) 🇮🇷 Iran – “again”.\r\n", encoding="utf-8"
    )
    texts = {path.name: path.read_text(encoding="utf-8") for path in news.iterdir()}
    run = done(kgraph("extract", "news", "--mentions", "mentions.jsonl"))
    found = [(row["document"], span) for row in rows(run.stdout) for span in spans(row)]
    found += [(row["document"], row) for row in rows((tmp_path / "mentions.jsonl").read_text(encoding="utf-8"))]
    assert {document for document, _ in found} == set(texts)
    assert all(texts[document][span["start"] : span["end"]] == span["text"] for document, span in found)


def test_extracting_again_gives_the_same_ids(kgraph: Run, news: Path) -> None:
    ids = [[row["id"] for row in rows(done(kgraph("extract", "news")).stdout)] for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


def test_own_actors_are_found(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[[actor]]\nid = "hw"\nname = "Harbour Watch"\ntype = "ngo"\nnames = ["HW"]\n')
    run = done(kgraph("extract", "-", "--actors", "own.toml", stdin=b"HW condemned Iran on Monday.\n"))
    assert [row["source"]["id"] for row in rows(run.stdout) if row["relation"] == "condemns"] == ["hw"]


# --- export -------------------------------------------------------------------------------------------


def test_store_and_statements_give_the_same_outputs(kgraph: Run, news: Path, tmp_path: Path) -> None:
    done(kgraph("build", "news", "--store", "news.db", "--graphml", "built.xml", "--html", "built.html"))
    done(kgraph("extract", "news", "-o", "st.jsonl"))
    for source, name in (("news.db", "stored"), ("st.jsonl", "stated")):
        done(kgraph("export", source, "--graphml", f"{name}.xml", "--html", f"{name}.html"))
    for ending in ("xml", "html"):
        assert len({(tmp_path / f"{name}.{ending}").read_bytes() for name in ("built", "stored", "stated")}) == 1


def test_export_writes_a_page_and_graphml_by_default(kgraph: Run, tmp_path: Path) -> None:
    done(kgraph("export", GOLD))
    assert written(tmp_path) == ["graph.graphml", "graph.html"]


def test_graphml_opens_in_networkx(kgraph: Run) -> None:
    done(kgraph("export", GOLD, "--graphml", "g.xml"))
    graph = nx.read_graphml("g.xml", force_multigraph=True)
    assert graph.nodes["iran"]["label"] == "Iran"


@pytest.mark.parametrize("form", EXPORTERS)
def test_exporter_writes_the_same_bytes_each_time(kgraph: Run, tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        done(kgraph("export", GOLD, "--export", f"{form}={name}"))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != b""


@pytest.mark.parametrize("form", EXPORTERS)
def test_exporter_writes_an_empty_graph(kgraph: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "none.jsonl").touch()
    done(kgraph("export", "none.jsonl", "--export", f"{form}=out"))
    assert (tmp_path / "out").exists()


def test_output_does_not_hang_on_the_order_of_hashes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "kgraph", "export", str(GOLD), "--graphml", "g.xml", "--html", "g.html"]
        subprocess.run(
            command, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        )
        digests.add(hashlib.sha256((tmp_path / "g.xml").read_bytes() + (tmp_path / "g.html").read_bytes()).digest())
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--family", "agreement", "--family", "role"], lambda row: row["family"] in ("agreement", "role")),
        (["--until", "2024-01-01"], lambda row: row["article"]["date"] < "2024-01-02"),
        (["--min-confidence", "1"], lambda row: row["confidence"] == 1),
        (["--actor", "Tehran", "--family", "stance"], lambda row: row["family"] == "stance"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_view_decides_what_is_exported(
    kgraph: Run, tmp_path: Path, options: list[str], holds: Callable[[dict[str, Any]], bool]
) -> None:
    done(kgraph("export", GOLD, *options, "--export", "jsonl=st.jsonl"))
    shown = rows((tmp_path / "st.jsonl").read_text(encoding="utf-8"))
    assert 0 < len(shown) <= len(rows(GOLD.read_text(encoding="utf-8")))
    assert all(map(holds, shown))


def test_verdicts_hold_in_every_rebuild(kgraph: Run, news: Path, tmp_path: Path) -> None:
    made = rows(done(kgraph("extract", "news")).stdout)
    rejected, amended = made[0]["id"], made[1]["id"]
    verdicts = [
        {"id": rejected, "verdict": "reject"},
        {"id": amended, "verdict": "amend", "changes": {"polarity": "negated"}},
    ]
    (tmp_path / "own.jsonl").write_text("".join(json.dumps(verdict) + "\n" for verdict in verdicts))
    for _ in range(2):
        done(kgraph("build", "news", "--store", "news.db", "--corrections", "own.jsonl", "--export", "jsonl=st.jsonl"))
        found = {row["id"]: row for row in rows((tmp_path / "st.jsonl").read_text(encoding="utf-8"))}
        assert rejected not in found
        assert (found[amended]["polarity"], found[amended]["confidence"]) == ("negated", 1.0)


def test_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(graph: object, statements: object, file: BinaryIO, **options: object) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    (tmp_path / "g.xml").write_bytes(b"old")
    monkeypatch.setitem(EXPORTERS, "graphml", broken)
    with pytest.raises(ExportError, match="No space left on device"):
        build.write_graph(nx.MultiDiGraph(), {}, tmp_path / "g.xml", form="graphml", ontology=default_ontology())
    assert (written(tmp_path), (tmp_path / "g.xml").read_bytes()) == (["g.xml"], b"old")


# --- actors -------------------------------------------------------------------------------------------


def test_actors_tells_what_names_resolve_to_and_why(kgraph: Run) -> None:
    head, first, second = done(kgraph("actors", "Tehran", "irgc")).stdout.splitlines()
    assert head.split() == ["name", "chosen", "id", "actor", "type", "country", "why"]
    assert first.split()[:6] == ["Tehran", "yes", "iran", "Iran", "state", "IRN"]
    assert "a seat of its government" in first
    assert second.split()[:3] == ["irgc", "yes", "islamic-revolutionary-guard-corps"]


def test_actors_tells_who_held_an_office_on_a_day(kgraph: Run) -> None:
    (row,) = json.loads(done(kgraph("actors", "Russian president", "--on", "2010-03-04", "--json")).stdout)
    assert (row["id"], row["chosen"]) == ("dmitry-medvedev", True)
    assert "2008-05-07 to 2012-05-07" in row["why"]


def test_actors_lists_all_holders_where_no_day_is_given(kgraph: Run) -> None:
    found = json.loads(done(kgraph("actors", "the president of Russia", "--json")).stdout)
    assert {row["id"] for row in found} == {"vladimir-putin", "dmitry-medvedev"}
    assert not any(row["chosen"] for row in found)


def test_actors_shows_all_owners_of_an_ambiguous_name(kgraph: Run) -> None:
    found = json.loads(done(kgraph("actors", "Congo", "--json")).stdout)
    assert [(row["id"], row["chosen"]) for row in found] == [
        ("democratic-republic-of-the-congo", True),
        ("republic-of-the-congo", False),
    ]


def test_actors_refuses_what_is_no_day(kgraph: Run) -> None:
    run = kgraph("actors", "Iran", "--on", "yesterday")
    assert run.exit_code == 2
    assert "'yesterday' is no day" in run.stderr


def test_actors_suggests_merges_that_the_users_table_takes(kgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The Harbor Relief Council condemned Iran.\n\nThe Harbour Relief Council thanked Iraq.\n"
    )
    out = done(kgraph("actors", "--in", "a.txt")).stdout
    table = out[out.index("# ") :]
    assert 'ids = ["harbor-relief-council"]' in table
    (tmp_path / "own.toml").write_text(table)
    found = json.loads(done(kgraph("actors", "--in", "a.txt", "--actors", "own.toml", "--json")).stdout)
    councils = [row for row in found if "relief" in row["id"]]
    assert [(row["id"], row["mentions"]) for row in councils] == [("harbour-relief-council", 2)]


def test_actors_says_which_id_an_unknown_name_would_have(kgraph: Run) -> None:
    (row,) = json.loads(done(kgraph("actors", "Jón Dorrani", "--json")).stdout)
    assert (row["id"], row["type"]) == ("jon-dorrani", None)
    assert "in no table" in row["why"]


def test_actors_prints_one_line_of_json(kgraph: Run) -> None:
    out = done(kgraph("actors", "Tehran", "Beijing", "--json")).stdout
    assert out.count("\n") == 1
    assert [row["id"] for row in json.loads(out)] == ["iran", "china"]


def test_actors_lists_who_is_named_in_articles_the_most_named_first(kgraph: Run, news: Path) -> None:
    found = json.loads(done(kgraph("actors", "--in", "news", "--json")).stdout)
    assert {"iran", "israel", "russia", "china"} <= {row["id"] for row in found}
    assert found[0]["id"] == "iran"
    assert all(row["why"] for row in found)


def test_actors_tells_what_a_name_means_in_articles(kgraph: Run, news: Path) -> None:
    found = json.loads(done(kgraph("actors", "Iran", "--in", "news/a.txt", "--json")).stdout)
    assert {row["id"] for row in found} == {"iran"}
    assert len(found) == 2  # in the tables, and in the article


# --- all commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["extract"], ["actors", "--json", "--in"]], ids=["extract", "actors"])
def test_stdout_holds_results_alone(kgraph: Run, news: Path, command: list[str]) -> None:
    (news / "empty.txt").touch()
    run = kgraph(*command, "news")
    assert run.exit_code == 3
    assert all(isinstance(json.loads(line), dict | list) for line in run.stdout.splitlines())
    assert all(line.startswith("kgraph: ") for line in run.stderr.splitlines())


@pytest.mark.parametrize(
    "name",
    [
        *("build", "extract", "export", "evaluate", "actors"),
        *(
            pytest.param(name, marks=pytest.mark.xfail(strict=True, reason="not there yet"))
            for name in ("query", "report")
        ),
    ],
)
def test_help_lists_the_commands(kgraph: Run, name: str) -> None:
    listed = done(kgraph("--help")).stdout.split("Commands:\n")[1]
    assert name in [line.split()[0] for line in listed.splitlines()]


@pytest.mark.parametrize("name", cli.commands)
def test_help_of_a_command_explains_its_options(kgraph: Run, name: str) -> None:
    text = done(kgraph(name, "--help")).stdout
    options = [param for param in cli.commands[name].params if isinstance(param, click.Option)]
    assert text.startswith(f"Usage: kgraph {name} ")
    assert cli.commands[name].help
    assert all(option.help and option.opts[-1] in text for option in options)


def test_commands_tell_their_version(kgraph: Run) -> None:
    assert done(kgraph("--version")).stdout.startswith("kgraph, version ")


def test_evaluate_prints_figures_and_holds_them_against_floors(kgraph: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(done(kgraph("extract", "news")).stdout_bytes)
    (tmp_path / "floors.toml").write_text('[statements]\n"pairs.f1" = 1.0\npolarity_max = 0.9\n')
    run = kgraph("evaluate", "statements", "gold.jsonl", "news", "--json", "--floors", "floors.toml")
    assert json.loads(run.stdout)["pairs"]["f1"] == 1.0
    assert run.stderr == "kgraph: polarity is 1.0, more than 0.9\n"
    assert run.exit_code == 1
