"""Lines become sentences, and words that a line break parted become whole."""

from __future__ import annotations

import pytest

from warehouse.text_joining import count_words, hyphenated_words, joined_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["WE MEET TO-", "DAY AT NOON"], "WE MEET TODAY AT NOON"),
        (["I AM TWENTY-", "ONE"], "I AM TWENTY-ONE"),
        (["W-", "WHAT?"], "W-WHAT?"),
        (["HA-", "HA!"], "HA-HA!"),
        (["A SELF-", "MADE MAN"], "A SELF-MADE MAN"),
        (["the Anglo-", "Saxon"], "the Anglo-Saxon"),
        (["AN F-", "16"], "AN F-16"),
        (["BUT--", "NO"], "BUT-- NO"),
        (["in-", "credible"], "incredible"),
        (["soft\u00ad", "ware"], "software"),
        (["Vor-", "und Nachteile"], "Vor- und Nachteile"),
        (["WAIT -", "STOP"], "WAIT - STOP"),
        (["END-"], "END-"),
        (["昨日ちゃんと", "セットしたのに"], "昨日ちゃんとセットしたのに"),
        (["안녕", "하세요"], "안녕 하세요"),
        ([], ""),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    assert joined_lines(lines) == joined


def test_what_the_book_writes_with_a_hyphen_keeps_it() -> None:
    known = hyphenated_words(["SAY GOOD-BYE NOW"])
    assert joined_lines(["GOOD-", "BYE!"], known) == "GOOD-BYE!"
    assert joined_lines(["GOOD-", "BYE!"]) == "GOODBYE!"


def test_words_are_counted() -> None:
    assert count_words("Oh, no! 3 cats") == 4
