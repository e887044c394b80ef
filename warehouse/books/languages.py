"""Language codes of two letters from what taggers write."""

from __future__ import annotations

import re

_TWO_LETTERS = {
    "eng": "en", "english": "en", "jpn": "ja", "japanese": "ja", "fra": "fr", "fre": "fr", "french": "fr",
    "deu": "de", "ger": "de", "german": "de", "spa": "es", "spanish": "es", "ita": "it", "italian": "it",
    "por": "pt", "portuguese": "pt", "kor": "ko", "korean": "ko", "zho": "zh", "chi": "zh", "chinese": "zh",
    "nld": "nl", "dut": "nl", "dutch": "nl", "rus": "ru", "russian": "ru", "pol": "pl", "polish": "pl",
}  # fmt: skip


def language_code(text: str | None) -> str | None:
    """The ISO 639 code of a language tag or an English name: 'ja-JP' 'ja', 'eng' 'en'; else None."""
    word = (text or "").strip().lower()
    if word in _TWO_LETTERS:
        return _TWO_LETTERS[word]
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", word, re.ASCII)
    if match is None or match[1] in ("und", "mul", "zxx"):
        return None
    return _TWO_LETTERS.get(match[1], match[1])
