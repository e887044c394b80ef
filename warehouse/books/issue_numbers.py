"""Issue numbers are strings; this is what they sort by."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_LONGEST = 40


def number_sort(number: str | None) -> Decimal | None:
    """The number an issue sorts by, None if there is none in it.

    '½' 0.5, '1½' 1.5, '1/2' 0.5, '1.MU' 1, '-1' -1, '10.5' 10.5, '1,5' 1.5, 'Annual 1' 1, 'B01' 1.
    """
    text = (number or "")[:_LONGEST].strip()
    if not text:
        return None
    vulgar = re.fullmatch(r"(-?)(\d*)\s*([¼-¾⅐-⅞])", text)
    if vulgar:
        part = Decimal(repr(unicodedata.numeric(vulgar[3]))).quantize(Decimal("0.0001")).normalize()
        value = Decimal(_ascii(vulgar[2]) or "0") + part
        return -value if vulgar[1] else value
    fraction = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    if fraction and int(fraction[2]):
        return (Decimal(int(fraction[1])) / int(fraction[2])).quantize(Decimal("0.0001")).normalize()
    match = re.search(r"(?:(?<![\w.])-)?\d+(?:[.,]\d+)?", text)
    return Decimal(_ascii(match[0]).replace(",", ".")) if match else None


def _ascii(digits: str) -> str:
    """Digits of any script as ASCII."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in digits)
