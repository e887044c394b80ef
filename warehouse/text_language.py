"""The language of a text, from its script and its commonest words.

Own profiles: the short words that every text of a language is full of.  Lettering is all capitals and
read with errors, so that letters count folded, and a language must lead clearly.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS, _LEAST_SCRIPT = 30, 20
_LEAST_SHARE, _CLEARLY = 0.12, 1.35  # of all words that are common ones; against the next language
_KANA_SHARE = 0.05  # Japanese is never without kana
_MOST_CONFIDENT = 0.99

_COMMON = """
en: the and you to of it is that in this for what my we have are be with not do your was on all me
    he but they can no from will just at here his her if how has there she been who them their out
    an so i a
fr: le la les de des et est un une que qui je tu il elle nous vous pas ne dans pour ce cette mais
    avec sur mon ma ton au du en plus c'est c j l d qu on se moi sont tout bien être fait comme ça
    oui
es: el la los las de que y es un una no en por con para lo se me mi te tu su al del como pero más
    esta este está si yo qué todo muy ya hay ser nos sus fue cuando eso
de: der die das und ist nicht ich du wir sie es ein eine einen zu den dem mit auf für von war was
    wie auch aber nur noch so hat haben sind mir mich dir dich wenn ja nein wird hier kann im mein
it: il lo la gli le di che e è un una non in per con mi ti si ci sono ho hai ha del della nel al ma
    come più questo questa cosa anche io se tutto perché suo mio tuo bene era dei sei solo
pt: o a os as de que e é um uma não em por com para se me eu você do da no na mais mas como isso
    este esta meu minha seu sua ele ela foi ser tem está ao dos das muito já são bem aqui
nl: de het een en is niet ik je jij we ze dat die van in op te met voor maar er zijn was wat wie hij
    aan ook nog als naar om dan mijn heb heeft hebben deze dit zo wel geen kan moet hier hoe
sv: och att det som en ett är inte jag du vi han hon på för med av till den har men var om så ni
    från kan ska här nu mig dig vad hur när alla bara
da: og at det som en et er ikke jeg du vi han hun på for med af til den har men var om så fra kan
    skal her nu mig dig hvad hvor når alle bare hvis
pl: i w nie to się na z że do jest co jak ja ty tak za od ale po mnie dla już tylko czy być był mam
    ma go ich tego ten może tu gdzie wszystko o
ru: и в не на я что он с это как а то все она так его но да ты к у же вы за бы по только ее мне было
    вот от меня еще нет о из ему
uk: і в не на я що він з це як а то все вона так його але ти до у же ви за би по тільки її мені було
    від мене ще ні про із йому та
"""


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_PROFILES = {
    name: frozenset(_WORD.findall(_folded(words)))
    for name, words in re.findall(r"^(\w+): (.*(?:\n    .*)*)", _COMMON, re.MULTILINE)
}
_SCRIPTS = {
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "kana": re.compile(r"[\u3041-\u30ff]"),
    "han": re.compile(r"[\u3400-\u9fff]"),
    "th": re.compile(r"[\u0e01-\u0e7f]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
}


@dataclass(frozen=True, slots=True)
class SeenLanguage:
    """A language by its ISO 639-1 code.  confidence: 0 to 1."""

    language: str
    confidence: float


def seen_language(texts: Iterable[str]) -> SeenLanguage | None:
    """The language most of a book is in; None where there is too little to tell, or none leads clearly."""
    whole = " ".join(texts)
    letters = sum(letter.isalpha() for letter in whole)
    by_script = _script_language(whole, letters)
    return by_script or _word_language(_WORD.findall(_folded(whole)))


def _script_language(text: str, letters: int) -> SeenLanguage | None:
    found = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    east = found.pop("kana"), found.pop("han")
    found["ja" if east[0] > _KANA_SHARE * sum(east) else "zh"] = sum(east)
    name = max(found, key=lambda name: found[name])
    share = found[name] / max(1, letters)
    if found[name] < _LEAST_SCRIPT or share < 0.5:
        return None
    return SeenLanguage(name, round(min(_MOST_CONFIDENT, share), 3))


def _word_language(words: list[str]) -> SeenLanguage | None:
    if len(words) < _LEAST_WORDS:
        return None
    counts = Counter(words)
    hits = {name: sum(counts[word] for word in common) for name, common in _PROFILES.items()}
    (best, most), (_, second) = Counter(hits).most_common(2)
    if most < _LEAST_SHARE * len(words) or most < _CLEARLY * second:
        return None
    sure = (most - second) / most
    return SeenLanguage(best, round(min(_MOST_CONFIDENT, 0.5 + 0.5 * sure), 3))
