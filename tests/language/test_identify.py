"""Is it English?"""

from __future__ import annotations

import pytest

from kgraph.language.identify import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The envoys of the two countries met in the capital on Monday and agreed to meet again.", "en"),
        ("Die Außenminister der beiden Länder trafen sich am Montag in der Hauptstadt.", "de"),
        ("Le ministre a déclaré lundi que les deux pays étaient parvenus à un accord sur l'eau.", "fr"),
        ("Los ministros de los dos países se reunieron el lunes en la capital para hablar del agua.", "es"),
        ("Министр заявил в понедельник, что страны достигли соглашения о воде.", "ru"),
    ],
)
def test_a_language_is_told_by_a_sentence(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 345 — 6",
        "Talks.",
        "IRAN ISRAEL MINISTER TALKS GENEVA FRIDAY NUCLEAR DEAL SANCTIONS RELIEF",
        "Iran, Israel, France, Germany, Russia, China, Turkey, Egypt, Sudan, Chad",
    ],
    ids=["nothing", "numbers", "one word", "capitals", "names"],
)
def test_what_is_too_little_to_tell_counts_as_english(text: str) -> None:
    assert language_of(text) == "en"


def test_english_that_quotes_a_foreign_sentence_is_english() -> None:
    text = "The minister said that the talks had failed. “Wir haben es versucht”, she told the paper on Monday. "
    assert language_of(text * 3) == "en"
