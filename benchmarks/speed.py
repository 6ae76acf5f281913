"""CPU time of whole processes: ``kgraph extract``, with and without the pair model, over bare ``nlp.pipe`` on one file.

    python benchmarks/speed.py [ARTICLES.jsonl] [--runs N]

Runs them in turn as processes of their own and prints the seconds of CPU (user and system) of each run, their
medians, and the ratios of the medians. Without a file the sample articles are taken, forty times over.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from kgraph.readers import read_articles

ROOT = Path(__file__).resolve().parent.parent
BARE = """
import json, sys
from kgraph.language import load_pipeline
nlp = load_pipeline()
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, help="JSON Lines with a text each")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = args.articles or _samples(Path(folder) / "samples.jsonl")
        out = str(Path(folder) / "statements.jsonl")
        commands = {
            "with pair model": [sys.executable, "-m", "kgraph", "extract", str(file), "-o", out],
            "tables only": [sys.executable, "-m", "kgraph", "extract", str(file), "-o", out, "--no-model"],
            "bare nlp.pipe": [sys.executable, "-c", BARE, str(file)],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(args.runs):
            for name, command in commands.items():
                seconds[name].append(cpu_seconds(command))
    for name, values in seconds.items():
        runs = ", ".join(f"{value:.2f}" for value in values)
        print(f"{name:16} {statistics.median(values):6.2f} s of CPU (runs: {runs})")
    bare = statistics.median(seconds.pop("bare nlp.pipe"))
    for name, values in seconds.items():
        print(f"{name:16} {statistics.median(values) / bare:6.2f} times the bare parser")


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one process, in seconds."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _samples(file: Path) -> Path:
    documents = list(read_articles([str(ROOT / "data" / "articles")], report=print))
    with file.open("w", encoding="utf-8") as out:
        for i in range(40):
            for document in documents:
                out.write(json.dumps({"id": f"{i} {document.id}", "text": document.text, "date": document.date}) + "\n")
    return file


if __name__ == "__main__":
    main()
