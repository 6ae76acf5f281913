"""Readable ids from names: the same on every machine and in every run."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
    }
)


def slug(name: str) -> str:
    """``name`` in small ASCII letters and digits, words joined by hyphens; a digest where nothing is left.

    >>> slug("Recep Tayyip Erdoğan"), slug("Jomhouri-e Eslami"), slug("U.N.")
    ('recep-tayyip-erdogan', 'jomhouri-e-eslami', 'un')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    plain = re.sub(r"['’`.]", "", plain).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words or "x-" + blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
