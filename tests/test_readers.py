"""Articles of every format read into Documents: text, offsets, ids, metadata, and what cannot be read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kgraph.errors import ReadError
from kgraph.language.segments import mask
from kgraph.model import Document
from kgraph.readers import READERS, read_articles

Read = Callable[..., tuple[list[Document], list[str]]]

LINES = ".jsonl", ".ndjson"  # the formats that hold many articles
TEXT = "Talks resume in Geneva\n\nEnvoys of Iran met in Geneva on Monday.\n\nFrance hosted them.\n"
ACCENTS = "Türkiye condemned the attack on a café in Málaga – “no excuse”, José Núñez said.\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes files, reads them (all, or those named) and gives the documents and what was reported."""

    def call(files: Mapping[str, str | bytes], *names: str) -> tuple[list[Document], list[str]]:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        errors: list[ReadError] = []
        sources = [str(tmp_path / name) for name in names] or [str(tmp_path)]
        found = list(read_articles(sources, report=errors.append))
        return found, [str(err).removeprefix(f"{tmp_path}/") for err in errors]

    return call


def article(ending: str, text: str, **fields: str) -> str:
    """The content of a file that holds one article."""
    if ending in LINES:
        return json.dumps({"text": text, **fields}, ensure_ascii=False) + "\n"
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + text


def only(result: tuple[list[Document], list[str]]) -> Document:
    documents, errors = result
    assert errors == []
    assert len(documents) == 1
    return documents[0]


def prose(doc: Document) -> str:
    """The text without what is masked, spaces made single."""
    return " ".join(mask(doc.text, doc.masked).split())


# --- what every reader does ---------------------------------------------------------------------------


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_is_the_decoded_file_with_lf_line_ends(read: Read, ending: str, line_end: str) -> None:
    text = TEXT.replace("\n", line_end)
    # The text of a JSON Lines article is its "text" unchanged.
    assert only(read({f"a{ending}": article(ending, text)})).text == (text if ending in LINES else TEXT)


@pytest.mark.parametrize("ending", READERS)
def test_masked_ranges_lie_inside_the_text(read: Read, ending: str) -> None:
    text = "# Talks\n\nSee [the text](https://e.org).\n\n```\ncode\n```\n\n| a |\n|---|\n| b |\n"
    doc = only(read({f"a{ending}": article(ending, text, date="2025-06-14", source="Meridian Wire")}))
    assert list(doc.masked) == sorted(doc.masked)
    assert all(0 <= start < end <= len(doc.text) for start, end in doc.masked)


@pytest.mark.parametrize("ending", READERS)
def test_id_is_the_url_where_none_is_given(read: Read, ending: str) -> None:
    doc = only(read({f"a{ending}": article(ending, TEXT, url="https://news.example/1")}))
    assert (doc.id, doc.url) == ("https://news.example/1", "https://news.example/1")


@pytest.mark.parametrize("ending", READERS)
def test_id_is_else_the_path_relative_to_what_was_named(read: Read, tmp_path: Path, ending: str) -> None:
    doc = only(read({f"in/june/a{ending}": article(ending, TEXT)}, "in"))
    assert doc.id == f"in/june/a{ending}".removeprefix("in/") + ("#1" if ending in LINES else "")
    assert doc.collection == str(tmp_path / "in")


@pytest.mark.parametrize("ending", READERS)
def test_file_named_itself_has_its_name_for_id(read: Read, ending: str) -> None:
    assert only(read({f"in/a{ending}": article(ending, TEXT)}, f"in/a{ending}")).id.startswith(f"a{ending}")


@pytest.mark.parametrize("ending", READERS)
def test_article_tells_its_date_and_url(read: Read, ending: str) -> None:
    doc = only(read({f"a{ending}": article(ending, TEXT, date="14 June 2025", url="https://news.example/1")}))
    assert (doc.date, doc.url) == ("2025-06-14", "https://news.example/1")


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_accents_survive_the_encodings_that_people_save_in(read: Read, ending: str, encoding: str) -> None:
    text = ACCENTS if encoding != "latin-1" else "Türkiye condemned the attack in Málaga, José Núñez said.\n"
    content = article(ending, text, url="u1") + (article(ending, text, url="u2") if ending in LINES else "")
    documents, errors = read({f"a{ending}": content.encode(encoding)})
    assert errors == []
    assert all(text in doc.text for doc in documents)


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("content", [b"", b" \n\n"], ids=["no bytes", "blank"])
def test_empty_file_is_reported(read: Read, ending: str, content: bytes) -> None:
    assert read({f"a{ending}": content}) == ([], [f"a{ending}: the file is empty; nothing to read"])


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\r\n"])
def test_file_of_a_byte_order_mark_is_empty(read: Read, content: bytes) -> None:
    assert read({"a.txt": content}) == ([], ["a.txt: the file is empty; nothing to read"])


@pytest.mark.parametrize("ending", READERS)
def test_binary_file_is_reported(read: Read, ending: str) -> None:
    documents, errors = read({f"a{ending}": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10"})
    assert documents == []
    assert any("this is a binary file, not text; convert it to text first" in line for line in errors)


# --- plain text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["Talks resume in Geneva", "Will Iran sign?", "Iran: no deal!", "“No deal”, says Iran"]
)
def test_short_first_line_is_the_title(read: Read, title: str) -> None:
    doc = only(read({"a.txt": f"{title}\n\nEnvoys met.\n"}))
    assert doc.title == title
    assert prose(doc) == f"{title} Envoys met."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Envoys met on Monday.\n\nThey left on Friday.\n", id="sentence"),
        pytest.param("GENEVA, June 14,\nEnvoys met.\n", id="line that goes on"),
        pytest.param("Envoys met " * 20 + "\n\nThey left.\n", id="long line"),
        pytest.param("Envoys met on Monday\n", id="only line"),
        pytest.param("date: 2025-06-14\n\nEnvoys met\n", id="header"),
        pytest.param(
            "Envoys of Iran and of the three European states met in Geneva on\n"
            "Monday, and left the city on the evening of the same day without a\n"
            "word to the press.\n",
            id="wrapped paragraph",
        ),
    ],
)
def test_other_first_lines_are_no_title(read: Read, text: str) -> None:
    assert only(read({"a.txt": text})).title is None


def test_headers_give_metadata_and_are_no_prose(read: Read) -> None:
    doc = only(read({"a.txt": "Talks resume\nDATE : June 14, 2025\nSource: Meridian Wire\n\nEnvoys met.\n"}))
    assert (doc.title, doc.date, doc.publisher) == ("Talks resume", "2025-06-14", "Meridian Wire")
    assert prose(doc) == "Talks resume Envoys met."


def test_title_header_is_prose_but_for_its_key(read: Read) -> None:
    doc = only(read({"a.txt": "date: 2025-06-14\ntitle: Iran condemns Israel\n\nEnvoys met.\n"}))
    assert doc.title == "Iran condemns Israel"
    assert prose(doc) == "Iran condemns Israel Envoys met."


def test_header_below_prose_is_prose(read: Read) -> None:
    doc = only(read({"a.txt": "Envoys met on Monday.\nsource: unknown\n"}))
    assert (doc.publisher, doc.masked) == (None, ())


@pytest.mark.parametrize("day", ["2025-06-14", "2025-06-14T09:30:00Z", "14 June 2025", "June 14, 2025", "14 Jun 2025"])
def test_days_are_read_in_the_ways_they_are_written(read: Read, day: str) -> None:
    assert only(read({"a.txt": f"Talks\ndate: {day}\n\nEnvoys met.\n"})).date == "2025-06-14"


def test_date_that_is_none_is_reported_and_the_article_kept(read: Read) -> None:
    documents, errors = read({"a.txt": "Talks\ndate: soonish\n\nEnvoys met.\n"})
    assert [doc.date for doc in documents] == [None]
    assert [line.partition(":")[0] for line in errors] == ["a.txt"]


# --- Markdown -----------------------------------------------------------------------------------------


def test_front_matter_gives_metadata_and_is_no_prose(read: Read) -> None:
    text = '---\ntitle: "Iran: no deal"\ndate: 2025-06-14\nsource: Meridian Wire\n---\nEnvoys met.\n'
    doc = only(read({"a.md": text}))
    assert (doc.title, doc.date, doc.publisher) == ("Iran: no deal", "2025-06-14", "Meridian Wire")
    assert prose(doc) == "Envoys met."


def test_other_keys_of_front_matter_are_passed_over(read: Read) -> None:
    doc = only(read({"a.md": "---\nlayout: post\ntitle: Talks\nauthor: J\ndate: 2025-06-14\n---\nEnvoys met.\n"}))
    assert (doc.title, doc.date) == ("Talks", "2025-06-14")


@pytest.mark.parametrize(
    "line",
    [
        "# Iran *condemns* [Israel](https://e.org)",
        "## Iran condemns Israel",
        pytest.param(
            "# Iran condemns Israel #",
        ),
    ],
)
def test_heading_is_the_title_without_its_markup(read: Read, line: str) -> None:
    assert only(read({"a.md": f"{line}\n\nEnvoys met.\n"})).title == "Iran condemns Israel"


@pytest.mark.parametrize("line", ["![map](map.png)", "*By Jane Roe*"])
def test_heading_is_the_title_below_other_lines_too(read: Read, line: str) -> None:
    assert only(read({"a.md": f"{line}\n\n# Talks resume\n\nEnvoys met.\n"})).title == "Talks resume"


@pytest.mark.parametrize(
    "block",
    [
        "```\nIran attacks Israel.\n```",
        "~~~ text\nIran attacks Israel.\n~~~",
        "    Iran attacks Israel.",
        "| who | whom |\n|---|---|\n| Iran | Israel |",
        "<div>\nIran attacks Israel.\n</div>",
        "---",
    ],
    ids=["fence", "tildes", "indented", "table", "html", "rule"],
)
def test_blocks_without_prose_are_masked(read: Read, block: str) -> None:
    assert prose(only(read({"a.md": f"Envoys met.\n\n{block}\n\nThey left.\n"}))) == "Envoys met. They left."


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("# Envoys met", "Envoys met"),
        ("- Envoys met", "Envoys met"),
        ("> Envoys met", "Envoys met"),
        ("**Envoys** _met_", "Envoys met"),
        ("`Envoys` met", "Envoys met"),
        ("[Envoys](https://e.org) met", "Envoys met"),
        ('[Envoys](https://e.org "Who they are") met', "Envoys met"),
        ("![Envoys in Geneva](e.png) Envoys met", "Envoys met"),
        ("Envoys met[^1]", "Envoys met"),
        ("Envoys met <https://e.org>", "Envoys met"),
        ("The F_16_C met", "The F_16_C met"),
        pytest.param(
            "[Envoys][1] met\n\n[1]: https://e.org",
            "Envoys met",
        ),
        pytest.param(
            "[Envoys](https://e.org/Envoy_(rank)) met",
            "Envoys met",
        ),
    ],
)
def test_markup_is_masked_and_its_words_stay(read: Read, markup: str, left: str) -> None:
    assert prose(only(read({"a.md": f"{markup}\n"}))) == left


def test_markup_leaves_offsets_the_files_own(read: Read) -> None:
    text = "# Talks\n\nThe **envoys** of [Iran](https://e.org) met.\n\n```\ncode\n```\n\nFrance *hosted* them.\n"
    doc = only(read({"a.md": text}))
    parsed = mask(doc.text, doc.masked)
    assert all(parsed.index(word) == text.index(word) for word in ("Talks", "envoys", "Iran", "France", "hosted"))


# --- JSON Lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"), [('"a-1"', "a-1"), ("7", "7"), ("0", "0"), ('"https://e.org"', "https://e.org")]
)
def test_id_that_is_given_is_kept(read: Read, given: str, kept: str) -> None:
    line = f'{{"id": {given}, "text": "Envoys met.", "url": "https://news.example/1"}}\n'
    assert only(read({"a.jsonl": line})).id == kept


@pytest.mark.parametrize("given", ["null", '""'])
def test_empty_id_counts_as_none(read: Read, given: str) -> None:
    assert only(read({"a.jsonl": f'{{"id": {given}, "text": "Envoys met."}}\n'})).id == "a.jsonl#1"


def test_title_never_joins_the_text(read: Read) -> None:
    doc = only(read({"a.jsonl": '{"title": "Talks", "text": " Envoys met.\\r\\n", "publisher": "Meridian Wire"}\n'}))
    assert (doc.title, doc.text, doc.publisher) == ("Talks", " Envoys met.\r\n", "Meridian Wire")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{oops", id="no JSON"),
        pytest.param(b'["text"]', id="no object"),
        pytest.param(b'{"title": "Talks"}', id="no text"),
        pytest.param(b'{"text": ["Envoys met."]}', id="text of another type"),
        pytest.param(b'{"text": " "}', id="blank text"),
        pytest.param(b"\0\1\2\3", id="binary"),
        pytest.param(b"[" * 100_000, id="deep nesting"),
        pytest.param(
            b'{"text": "Envoys met.", "id": ' + b"1" * 5000 + b"}",
            id="huge number",
        ),
    ],
)
def test_bad_line_is_reported_by_number_and_the_rest_kept(read: Read, line: bytes) -> None:
    documents, errors = read({"a.jsonl": b'{"text": "One."}\n\n' + line + b'\n{"text": "Four."}\n'})
    assert [(doc.id, doc.text) for doc in documents] == [("a.jsonl#1", "One."), ("a.jsonl#4", "Four.")]
    assert len(errors) == 1
    assert errors[0].startswith("a.jsonl line 3: ")


def test_other_fields_are_not_looked_at(read: Read) -> None:
    doc = only(read({"a.jsonl": '{"text": "Envoys met.", "relations": [{"type": "meets"}], "masked": [[0, 6]]}\n'}))
    assert (doc.text, doc.masked) == ("Envoys met.", ())


# --- folders, standard input, ids ---------------------------------------------------------------------


def test_folder_is_read_below_and_in_order(read: Read) -> None:
    files = {
        "in/b.txt": "b",
        "in/a/z.TXT": "z",
        "in/c.md": "c",
        "in/a.jsonl": '{"text": "j"}',
        "in/map.png": b"\x89PNG",
    }
    documents, errors = read(files, "in")
    assert [doc.id for doc in documents] == ["a/z.TXT", "a.jsonl#1", "b.txt", "c.md"]
    assert errors == []


def test_sources_are_read_in_the_order_given(read: Read) -> None:
    documents, _ = read({"b.txt": "b", "a.txt": "a", "in/c.txt": "c"}, "in", "b.txt", "a.txt")
    assert [doc.text for doc in documents] == ["c", "b", "a"]


def test_what_cannot_be_read_is_reported_and_the_rest_kept(read: Read, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    documents, errors = read({"a.txt": "a", "b.pdf": b"%PDF-1.7"}, "missing.txt", "b.pdf", "none", "a.txt")
    assert [doc.id for doc in documents] == ["a.txt"]
    assert [line.split(":")[0] for line in errors] == ["missing.txt", "b.pdf", "none"]
    assert "no such file or folder" in errors[0]
    assert all(f"kgraph reads {', '.join(sorted(READERS))}" in line for line in errors[1:])


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        (b"Talks resume\n\nEnvoys met.\n", ["stdin"]),
        (b' \n{"text": "Envoys met.", "id": "a"}\n{"text": "They left."}\n', ["a", "stdin#3"]),
    ],
    ids=["plain", "JSON Lines"],
)
def test_standard_input_is_plain_text_or_json_lines(given: bytes, ids: list[str]) -> None:
    assert [doc.id for doc in read_articles(["-"], report=_raise, stdin=io.BytesIO(given))] == ids


def test_standard_input_stands_among_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Envoys met.\n")
    found = read_articles(["-", str(tmp_path / "a.txt")], report=_raise, stdin=io.BytesIO(b"They left.\n"))
    assert [doc.id for doc in found] == ["stdin", "a.txt"]


def test_empty_standard_input_is_reported() -> None:
    errors: list[ReadError] = []
    assert list(read_articles(["-"], report=errors.append, stdin=io.BytesIO())) == []
    assert [str(err) for err in errors] == ["standard input: the file is empty; nothing to read"]


def test_article_that_comes_again_is_passed_over(read: Read) -> None:
    documents, errors = read({"a.jsonl": '{"id": "1", "text": "One."}\n' * 2})
    assert ([doc.id for doc in documents], errors) == (["1"], [])


def test_id_that_stands_for_another_text_is_reported(read: Read) -> None:
    documents, errors = read({"a.jsonl": '{"id": "1", "text": "One."}\n{"id": "1", "text": "Two."}\n'})
    assert [doc.text for doc in documents] == ["One."]
    assert len(errors) == 1
    assert "give each its own id" in errors[0]


def test_files_of_one_name_in_two_folders_are_two_articles(read: Read) -> None:
    documents, errors = read({"may/1.txt": "One.", "june/1.txt": "Two."}, "may", "june")
    assert ([(doc.id, doc.text) for doc in documents], errors) == ([("1.txt", "One."), ("1.txt", "Two.")], [])


def _raise(err: ReadError) -> None:
    raise err
