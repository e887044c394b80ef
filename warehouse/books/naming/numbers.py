"""The issue number of a file name: behind a '#' or a word that says so, else the likeliest plain number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warehouse.books.naming.dates import looks_like_year
from warehouse.books.naming.marked import MARK, Fact, MarkedText, without_marks
from warehouse.books.naming.volumes import spelled_number

_WHOLE = r"\d{1,3}(?:,\d{3})+(?!\d)|\d*[½¼¾⅓⅔⅛]|\d/\d(?!\d)|\d+(?:\.\d+)*(?:,\d{1,2}(?!\d))?"
_SUFFIX = r"(?:\.[A-Z]{1,6}!?|(?:AU|MU|NOW|INH|HU|LR)|[A-Za-z])?"
_NUMBER = rf"(?:{_WHOLE})(?:{_SUFFIX}(?![^\W_]))"
_MORE = r"(?:\s?[&+]\s?#?\d+|-#?\d+(?!\d*[-\w]))?(?!\w)"

_HASH = re.compile(
    rf"(?:\b(?:issue|no|nr|heft|prog|chapter|episode|ep|ch)\b[.\s]*)?#\s*(-?(?:{_NUMBER}){_MORE}|[A-Z]\d{{1,3}}(?!\w)|(?:Alpha|Omega)(?!\w))",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"(?<![\w'’])(?:issues?|(?:no|nr|num|n)\.|(?:nr|núm|num|número|numero|number|heft|ausgabe|prog|fascicolo|folge"
    rf"|n[°º]|n\.[°º]|№|выпуск|č\.|edição|sayı)\.?)(?:\s*(?:nr|no)\b\.?)?(?:\s+|-|)((?:(?<=\s)-)?(?:{_NUMBER}){_MORE})",
    re.IGNORECASE,
)
_BARE_NO = re.compile(rf"(?<![\w'’])[Nn]o[\s-](\d+[a-z]?)(?=\s*(?:$|-|,|{MARK}|\d{{4}}(?!\w)))")
_CHAPTER = re.compile(
    rf"(?<![\w'’])(?:(?:chapters?|chapitre|capítulo|capitulo|kapitel|chap|ch|cap|episodes?|épisode|ep|глава)"
    rf"[\s.-]*#?|[cC](?=\d\d)|c(?!2c)|(?<=\d)c(?=\d))((?:{_NUMBER})(?:-c?\d+)?)(?!\w)",
    re.IGNORECASE,
)
_EASTERN = re.compile(
    r"第?\s*(\d{1,4}(?:\.\d)?(?:-\d{1,4})?|[一二三四五六七八九十]{1,3})\s*[話话回章集期号號화]"
)
_PART = re.compile(r"(?:^|[\s,-]\s*)(?:part|pt|teil|partie|parte)\.?\s+(\d{1,3})(?!\w)", re.IGNORECASE)
_SPELLED = re.compile(r"(?<!\w)(?:issue|number|chapter|episode)\s+([a-z]+)(?!\w)", re.IGNORECASE)
_POINT_ONE = re.compile(r"#?\s*(\d+)\s+point one\b", re.IGNORECASE)
_MARKERS = (_HASH, _CHAPTER, _WORDED, _EASTERN, _BARE_NO)

_PLAIN = re.compile(
    rf"(?<![\w.,'’/])((?:{_WHOLE})(?:\.[A-Z]{{1,6}}!?|AU|MU|NOW|INH|HU|LR|(?<=0\d\d)[A-Z]{{2,3}}|[a-hA-C])?(?:-\d+)*)"
    rf"(?![\w½'’%°/])(?!\.\d)"
)
_GLUED = re.compile(r"(?<=[^\W\d_]{2})(0\d{1,3})(?=$|\s|-)")
_IN_PHRASE = re.compile(
    r"(?:^|\s)(?:the|of|and|with|for|in|to|a|at|from|by|&|les|le|la|des|du|et|der|die|das|und|los|las|el|y|i|part|pt"
    r"|teil|page|pages|agent|top|area|route|catch|apollo|year|years|day|days)\.?$",
    re.IGNORECASE,
)
_ALWAYS_PHRASE = re.compile(
    r"(?:^|\s)(?:cycle|phase|act|acte|arc|saison|season|stage|level|wave|part|pt)\.?$", re.IGNORECASE
)
_RANGE = re.compile(rf"(?<![\w.-])(\d{{1,3}}) - (\d{{1,3}})(?=\s*(?:$|{MARK}))")
_COUNTED = re.compile(r"\s*(?:pages?|pgs?|pp|dpi|px|years?|jahre|ans|th|st|nd|rd)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """A name parted by its number; number None: all of it is in left.  marked: a word or sign said so."""

    left: str
    number: str | None = None
    right: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A plain number.  before, after: the text on its sides, marks and all.  behind: what follows at once."""

    start: int
    end: int
    text: str
    before: str
    after: str
    behind: Fact

    @property
    def leads(self) -> bool:
        return not re.search(r"\w", without_marks(self.before))

    @property
    def ends(self) -> bool:
        """Nothing follows but a mark, a dash, a colon or a year."""
        return re.match(rf"\s*(?:$|{MARK}|-(?=\s)|[:,;]|\d{{4}}(?!\w)|-(?=[^\W\d_]))", self.after) is not None

    @property
    def zero_padded(self) -> bool:
        return re.match(r"0\d", self.text) is not None

    @property
    def digits(self) -> int:
        return len(re.split(r"\D", self.text)[0])

    @property
    def in_phrase(self) -> bool:
        """'Series - 2 Girls', 'The 39 Steps', '100 Page': words that the number belongs to."""
        if _COUNTED.match(self.after):
            return True
        before = without_marks(self.before)
        if re.match(r"-[^\W\d_]", self.after) and not self.zero_padded:
            return True
        if _ALWAYS_PHRASE.search(before):
            return True
        joined = before.endswith("-") or _IN_PHRASE.search(before) is not None
        return joined and not self.ends

    @property
    def joined(self) -> bool:
        """'Catch-22': part of a word."""
        return re.search(r"[^\W\d_]-$", self.before) is not None and " " in (self.before + self.after).strip()

    @property
    def may_be_issue(self) -> bool:
        return (
            not self.leads
            and not looks_like_year(self.text)
            and not self.in_phrase
            and (self.zero_padded or not self.joined)
            and (self.zero_padded or self.behind.volume is None)  # 'Ranma ½ v05'
        )


def split_number(marked: MarkedText) -> Split:
    """Part the text at its issue number."""
    text = _POINT_ONE.sub(r"#\1.1", marked.text)
    for pattern in _MARKERS:
        match = pattern.search(text)
        if match:
            return _split(text, match.start(), match.end(), match[1], marked=True)
    text = _without_list_position(_RANGE.sub(_closed_range, text), marked)
    candidates = _candidates(text, marked)
    chosen = _choose(candidates)
    if chosen is None:
        return _weak_split(text, candidates)
    start = chosen.start - 1 if _is_negative(chosen) else chosen.start
    return _split(text, start, chosen.end, text[start : chosen.end])


def _split(text: str, start: int, end: int, number: str, *, marked: bool = False) -> Split:
    return Split(text[:start], written_number(number), text[end:], marked)


def written_number(text: str) -> str:
    """Without leading zeros, thousands separators and spaces, with a decimal point: '012.5' as '12.5'."""
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+", text):
        return text.replace(",", "")
    if spelled_number(text) is not None and not text.isdecimal():
        return str(spelled_number(text))
    joined = re.sub(r"\s?[&+]\s?#?", "-", text).replace("#", "").rstrip("!")
    joined = re.sub(r"(?<=\d)-[cC](?=\d)", "-", re.sub(r"(?<=\d)(?:-\d+)+(?=-\d)", "", joined))
    return re.sub(r"(?<![\w.,])0+(?=\d)", "", joined).replace(",", ".")


def _closed_range(match: re.Match[str]) -> str:
    """'001 - 006' as '001-006'."""
    return f"{match[1]}-{match[2]}" if int(match[1]) < int(match[2]) else match[0]


def _candidates(text: str, marked: MarkedText) -> list[_Candidate]:
    found = [*_PLAIN.finditer(text)] or [*_GLUED.finditer(text)]
    return [
        _Candidate(
            m.start(), m.end(), m[1], text[: m.start()], text[m.end() :], _behind(marked, text, m.end())
        )
        for m in found
    ]


def _behind(marked: MarkedText, text: str, end: int) -> Fact:
    facts = marked.facts_in(text[end:].lstrip()[:1])
    return facts[0] if facts else Fact()


def _choose(candidates: list[_Candidate]) -> _Candidate | None:
    """The likeliest: before a count, padded with zeros, at the end, amid words; the last of each."""
    inner = [candidate for candidate in candidates if candidate.may_be_issue]
    counted = [candidate for candidate in inner if candidate.behind.of_count is not None]
    padded = [candidate for candidate in inner if candidate.zero_padded]
    ending = [candidate for candidate in inner if candidate.ends]
    widest = max((candidate.digits for candidate in padded), default=0)
    widest_padded = [candidate for candidate in padded if candidate.digits == widest]
    return next((likely[-1] for likely in (counted, widest_padded, ending, inner) if likely), None)


def _weak_split(text: str, candidates: list[_Candidate]) -> Split:
    """'Part 2', 'Issue Two', a number in front of the title, or none at all."""
    part = _PART.search(text)
    if part:
        return _split(text, part.start(), part.end(), part[1])
    spelled = _SPELLED.search(text)
    if spelled and spelled_number(spelled[1]) is not None:
        return _split(text, spelled.start(), spelled.end(), str(spelled_number(spelled[1])), marked=True)
    first = candidates[0] if candidates and candidates[0].leads else None
    if first and not looks_like_year(first.text):
        alone = not re.search(r"\w", without_marks(first.after))
        named_by_it = alone and first.after.strip() and not first.zero_padded
        titled = re.match(r"\s*(?:-\s|\.\s|:)", first.after) or first.zero_padded
        if (alone and not named_by_it) or (titled and not alone):
            return _split(text, first.start, first.end, first.text)
    return Split(text)


def _without_list_position(text: str, marked: MarkedText) -> str:
    """'003 - Series 012': the place in somebody's reading list, not the issue."""
    match = re.match(r"\s*(?:0\d{1,3}\s*[-.]?\s+|\d{1,3}\s+-\s+|\d{1,3}\.\s+)(?=[^\W\d_])", text)
    if match is None:
        return text
    rest = text[match.end() :]
    return rest if any(c.ends and c.may_be_issue for c in _candidates(rest, marked)) else text


def _is_negative(candidate: _Candidate) -> bool:
    """' -1' is minus one; ' - 1' and 'series-001' are not, nor is ' -05'."""
    if not re.search(r"\s-$", candidate.before):
        return False
    return not candidate.zero_padded or int(re.sub(r"\D.*", "", candidate.text)) == 1
