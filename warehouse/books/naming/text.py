"""From a path to the words of a file name: no extension, one script of digits and brackets, real spaces."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

LONGEST = 300

_EXTENSIONS = re.compile(
    r"(?:\.(?:cb[z7rta]|zip|rar|7z|tar|tgz|txz|tbz2?|tzst|gz|xz|bz2|zst|pdf|epub|kepub|djvu|mobi|azw3?"
    r"|jpe?g|png|webp|gif|tiff?|bmp|avif|jxl|jp2|part|crdownload|download|tmp|bak))+$",
    re.IGNORECASE,
)
_COPY = re.compile(r"(?:^copy (?:\(\d+\) )?of | - copy(?: ?\(\d+\))?$)", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
# Private use characters stand for facts in a `MarkedText`: none may come in from outside.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff]")
_WIDE = re.compile("[\u3000\uff01-\uff9f]+")
_LOOKALIKES = str.maketrans(
    {
        "【": " [", "】": "] ", "〔": " [", "〕": "] ", "〖": " [", "〗": "] ",
        "「": " ", "」": " ", "『": " ", "』": " ", "《": " ", "》": " ", "〈": " ", "〉": " ",
        "−": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "―": "-", "⁄": "/", "∕": "/",
        "№": " No.", "♯": "#", "…": "...",
    }
)  # fmt: skip

_DOTTED_DATE = re.compile(r"(?<!\d)(\d{4})\.(\d\d)\.(\d\d)(?!\d)")
_DOTTED_DATE_BACKWARDS = re.compile(r"(?<!\d)(\d\d)\.(\d\d)\.(\d{4})(?!\d)")
_ACRONYM = r"(?<!\w)(?:[A-Z]\.){2,}(?![a-z])"
_DECIMAL = r"(?<![\dvV])(?<!\d\.)(?<![vV]\.)\d+\.(?:[1-9]|25|50|75)(?![\d.]|[^\W\d_])"
_LETTERED = r"(?<=\d)\.(?!(?:EN|FR|DE|ES|IT|PT|NL|JP|RAW)\b)[A-Z]{1,4}\b"
_KEPT_DOTS = re.compile(rf"{_ACRONYM}|{_DECIMAL}|{_LETTERED}")
_GLUED_DOT = re.compile(r"(?<=[^\W\d_]{3})\.(?=[^\W\d_]{3})|(?<=[^\W_])\.(?=[vV]\d)|\.(?=[#(\[])")


def plain_text(name: str) -> str:
    """The file name's own words, at most LONGEST characters of it, with single spaces.

    Folders and book extensions go; digits of all scripts become ASCII, full-width signs narrow, dashes '-';
    underscores become spaces, and so do '%20', '+' and dots where the name has no spaces of its own.
    """
    base = re.split(r"(?<!#\d)[/\\]", name.rstrip("/\\"))[-1][:LONGEST]
    text = _unified(_without_extensions(base))
    if "%20" in text or ("%" in text and " " not in text):
        text = _unified(unquote(text).replace("/", " "))
    return " ".join(_spaced(_COPY.sub(" ", text)).split())


def _without_extensions(base: str) -> str:
    stem = _EXTENSIONS.sub("", base.rstrip())
    return stem if stem.strip(". ") else base.strip(".")


def _unified(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)
    text = re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), text.translate(_LOOKALIKES))
    text = re.sub(r"(?<=\s)—|—(?=[\s\d])", "-", text)
    return _CONTROL.sub(" ", text)


def _spaced(text: str) -> str:
    text = _DOTTED_DATE.sub(r"\1-\2-\3", _DOTTED_DATE_BACKWARDS.sub(r"\3-\2-\1", text))
    dotted = " " not in text.strip()
    text = text.replace("_", " ")
    if not dotted:
        return _GLUED_DOT.sub(" ", text)
    return _without_dots(text.replace("+", " "))


def _without_dots(text: str) -> str:
    """Dots as spaces, but for decimals, acronyms and lettered numbers ('10.5', 'S.H.I.E.L.D.', '1.MU')."""
    pieces, place = [], 0
    for kept in _KEPT_DOTS.finditer(text):
        pieces += [
            text[place : kept.start()].replace(".", " "),
            kept[0],
            " " if kept[0].endswith(".") else "",
        ]
        place = kept.end()
    return "".join([*pieces, text[place:].replace(".", " ")])
