"""Language codes of two letters from what taggers write."""

from __future__ import annotations

import re

_NAMED = """
ar ara arabic العربية|bg bul bulgarian български|bn ben bengali বাংলা|bs bos bosnian bosanski
ca cat catalan català|cs ces cze czech čeština|cy cym wel welsh cymraeg|da dan danish dansk
de deu ger german deutsch|el ell gre greek ελληνικά|en eng english|eo epo esperanto
es spa spanish español castellano|et est estonian eesti|eu eus baq basque euskara
fa fas per persian فارسی farsi
fi fin finnish suomi|fr fra fre french français|ga gle irish gaeilge|gl glg galician galego
he heb hebrew עברית|hi hin hindi हिन्दी|hr hrv croatian hrvatski|hu hun hungarian magyar
hy hye arm armenian|id ind indonesian indonesia|is isl ice icelandic íslenska|it ita italian italiano
ja jpn japanese 日本語 jp|ka kat geo georgian|kk kaz kazakh|ko kor korean 한국어 kr|la lat latin
lt lit lithuanian lietuvių|lv lav latvian latviešu|mk mkd mac macedonian|mn mon mongolian
ms msa may malay melayu
nb nob bokmål|nl nld dut dutch nederlands flemish|nn nno nynorsk|no nor norwegian norsk
pl pol polish polski|pt por portuguese português|ro ron rum romanian română|ru rus russian русский
sk slk slo slovak slovenčina|sl slv slovenian slovenščina slovene|sq sqi alb albanian shqip
sr srp serbian српски
sv swe swedish svenska|ta tam tamil|te tel telugu|th tha thai ไทย|tl tgl tagalog
fil filipino|tr tur turkish türkçe|uk ukr ukrainian українська|ur urd urdu|vi vie vietnamese tiếng_việt
zh zho chi chinese 中文 cmn mandarin
"""
_CODES = {
    word.replace("_", " "): words.split()[0]
    for words in re.split(r"[|\n]", _NAMED.strip())
    for word in words.split()
}


def language_code(text: str | None) -> str | None:
    """The ISO 639 code of a language tag or a name: 'ja-JP' 'ja', 'eng' 'en', 'Deutsch' 'de'; else None.

    'Portuguese (Brazil)' counts as its first word; three letters that have no two-letter code stay.
    """
    word = re.split(r"\s*[(;,]", (text or "").strip().lower(), maxsplit=1)[0]
    if word in _CODES:
        return _CODES[word]
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", word, re.ASCII)
    if match is None or match[1] in ("und", "mul", "zxx", "mis"):
        return None
    return _CODES.get(match[1], match[1])
