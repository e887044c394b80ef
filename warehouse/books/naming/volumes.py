"""Volumes and counts in the open: 'v01', 'Vol. 2', 'Tome 3', 'Band 2', '第3巻', 'S2 E10', '1 of 6'."""

from __future__ import annotations

import re

from warehouse.books.naming.marked import MARK, Fact, MarkedText

_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_KANJI = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")}
_NAMED = r"volumes?|volumen|vols?|tomes?|tomo|band|bde?|deel|cilt|(?-i:tom)|том|kötet|svazek"
_RANGE = r"(?:(?:\s*-\s*v\d{1,3}|\s?[&+]\s?\d{1,3}|(?<=\D\d\d)-\d\d|-[1-9]\d?)(?!\d))?"
_END = r"(?=[cC]\d|[eE][pP]?\d|[^\w½]|$)"

_EPISODE = re.compile(
    r"(?<!\w)(?:S|Season |Saison |Staffel |Temporada )\s*0*(?P<season>\d{1,3})\s*[-,.:]?\s*"
    r"(?:E|Ep|Ep\.|Episode|Folge|Ch|Ch\.|Chapter)\s*#?0*(?P<episode>\d{1,4}(?:\.\d)?)(?!\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?<![\w'’])(?:(?:{_NAMED})[\s.:#-]*|v(?:\.\s?)?)(?P<volume>\d{{1,4}})(?:\.\d(?!\d))?{_RANGE}{_END}",
    re.IGNORECASE,
)
_TOME = re.compile(
    rf"(?:(?<=[\s,-])|^(?=T0))[Tt](?:\.\s?)?(?P<volume>\d{{1,2}}|0\d\d)(?:(?:-|\s[à&-]\s)T?\d\d)?(?=\s|$|-|,|{MARK})"
)
_SEASON = re.compile(
    rf"(?<!\w)(?:season|saison|staffel|temporada)\s+0*(?P<volume>\d{{1,3}})(?!\w)"
    rf"|(?<=\s)(?-i:S)(?P<short>\d{{1,2}})(?=\s*(?:$|{MARK}|#|-\s|\d|ch|ep))",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<![\w'’])(?:{_NAMED}|book|livre|buch|libro)\.?\s+(?P<word>{'|'.join(_WORDS)}|(?-i:[IVXL]{{1,6}}))"
    rf"(?=\s*(?:$|[-:,(]|{MARK}|#))",
    re.IGNORECASE,
)
_BOOK = re.compile(
    rf"(?:(?<=- )|(?<=, ))(?:book|livre|buch|libro)\s+0*(?P<volume>\d{{1,3}})(?=\s*(?:$|[-:,]|{MARK}))",
    re.IGNORECASE,
)
_EASTERN = re.compile(
    r"第?\s*(?P<volume>\d{1,4}|[〇一二三四五六七八九十百]{1,5})(?:-\d{1,4})?\s*[巻卷冊册권](?:-\d+[巻卷])?"
)
_VERSION = re.compile(r"(?<=\d)v\d(?!\w)|(?<=c\d\d\d)x\d(?!\w)")  # the second edition of a scan
_COUNT = re.compile(
    r"(?<![\w.])(?P<number>#?\s*-?\d[\d.,]{0,6}[a-z]?|[½¼¾])\s*(?:of|von|sur|de|di)\s*0*(?P<count>\d{1,4})(?![\w.]|\s+[a-z])",
    re.IGNORECASE,
)


def read_volumes(marked: MarkedText) -> None:
    """Mark the first volume; an episode of a season becomes a '#' of that volume."""
    episode = _EPISODE.search(marked.text)
    if episode:
        mark = marked.mark(Fact(volume=int(episode["season"])))
        before, after = marked.text[: episode.start()], marked.text[episode.end() :]
        marked.text = f"{before}{mark} #{episode['episode']} {after}"
        return
    marked.text = _VERSION.sub(" ", marked.text)
    for pattern in (_NUMBERED, _TOME, _SPELLED, _EASTERN, _SEASON, _BOOK):
        if marked.take(pattern, _volume):
            return


def read_counts(marked: MarkedText) -> None:
    """Mark the count of '5 of 6' and leave its '#5'; of 'Part 1 of 2' behind an issue's number, nothing."""
    match = _COUNT.search(marked.text)
    if not match or not int(match["count"]):
        return
    before = marked.text[: match.start()]
    if re.search(r"\bpart\s*$", before, re.IGNORECASE) and re.search(r"#\s*\d|\d{3}\b", before):
        return
    before = re.sub(r"[\s,]*\b(?:part|pt)\.?\s*$", " ", before, flags=re.IGNORECASE)
    number = match["number"].lstrip("# ")
    marked.text = (
        f"{before}#{number}{marked.mark(Fact(of_count=int(match['count'])))}{marked.text[match.end() :]}"
    )


def spelled_number(text: str) -> int | None:
    """'Two', 'IV', '十二' as a number; None for what is none."""
    if text.lower() in _WORDS:
        return _WORDS.index(text.lower()) + 1
    if re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", text) and text:
        values = [_ROMAN[letter] for letter in text]
        return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    if re.fullmatch(r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]", text):
        tens, ten, ones = text.rpartition("十")
        return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)
    return None


def _volume(match: re.Match[str]) -> Fact | None:
    found = match.groupdict()
    text = found.get("volume") or found.get("short") or found.get("word") or ""
    volume = int(text) if text.isdecimal() else spelled_number(text)
    return None if volume is None else Fact(volume=volume)
