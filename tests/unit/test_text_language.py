"""A language is told by its script and its commonest words, capitals and accents apart."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from warehouse.text_language import seen_language

TEXTS = {
    "en": "WHAT ARE YOU DOING HERE? I TOLD YOU TO STAY AT HOME! BUT THERE IS SOMETHING IN THE GARDEN AND IT IS NOT OF THIS WORLD. WE HAVE TO GO.",
    "fr": "QUE FAIS-TU ICI ? JE T'AI DIT DE RESTER A LA MAISON ! MAIS IL Y A QUELQUE CHOSE DANS LE JARDIN ET CE N'EST PAS DE CE MONDE. NOUS ALLONS PARTIR.",
    "de": "WAS MACHST DU HIER? ICH HABE DIR GESAGT, DU SOLLST ZU HAUSE BLEIBEN! ABER DA IST ETWAS IM GARTEN, UND ES IST NICHT VON DIESER WELT. WIR GEHEN JETZT, DU UND ICH.",
    "es": "¿QUE HACES AQUI? ¡TE DIJE QUE TE QUEDARAS EN CASA! PERO HAY ALGO EN EL JARDIN Y NO ES DE ESTE MUNDO. TENEMOS QUE IRNOS YA, POR FAVOR, CON LA GENTE.",
    "it": "CHE COSA FAI QUI? TI HO DETTO DI RESTARE A CASA! MA C'E QUALCOSA NEL GIARDINO E NON E DI QUESTO MONDO. DOBBIAMO ANDARE, IO E TE, PERCHE SONO SOLO.",
    "nl": "WAT DOE JE HIER? IK HEB JE GEZEGD DAT JE THUIS MOEST BLIJVEN! MAAR ER IS IETS IN DE TUIN EN HET IS NIET VAN DEZE WERELD. WE MOETEN NU GAAN, JIJ EN IK.",
    "pt": "O QUE VOCE ESTA FAZENDO AQUI? EU DISSE PARA VOCE FICAR EM CASA! MAS TEM UMA COISA NO JARDIM E NAO E DESTE MUNDO. ISSO NAO E BOM, MEU AMIGO, ELE JA FOI.",
    "ru": "ЧТО ТЫ ЗДЕСЬ ДЕЛАЕШЬ? Я ЖЕ СКАЗАЛ ТЕБЕ ОСТАВАТЬСЯ ДОМА! НО В САДУ ЧТО-ТО ЕСТЬ, И ЭТО НЕ ИЗ НАШЕГО МИРА. НАМ НАДО ИДТИ, И ОН ТОЖЕ С НАМИ, ВОТ ТАК КАК ВСЕ. ОНА УЖЕ НЕ ЗА НАС.",
    "ja": "ここで何をしているの？家にいるように言ったでしょう！でも庭に何かがいるんだ。",
    "zh": "你在这里做什么？我告诉过你要待在家里！可是花园里有什么东西，它不属于这个世界。",
    "ko": "여기서 뭐 하는 거야? 집에 있으라고 했잖아! 하지만 정원에 뭔가가 있어.",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_is_told(language: str) -> None:
    seen = seen_language([TEXTS[language]])
    assert seen is not None
    assert seen.language == language
    assert 0.5 < seen.confidence < 1


@pytest.mark.parametrize("text", ["", "BOOM", "Xyzzy plugh " * 40, "12 34 56 " * 40])
def test_little_or_strange_text_has_no_language(text: str) -> None:
    assert seen_language([text]) is None
