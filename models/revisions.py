"""Names and revisions of the offline models, known without importing one.

A revision changes whenever the same input would give another output; the stages then do their work again.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """Which form of a model: written `name@revision`."""

    name: str
    revision: str

    def __str__(self) -> str:
        return f"{self.name}@{self.revision}"


EFFICIENTNET_LITE0 = Revision("efficientnet-lite0", "imagenet-57934424-area224")
"""Weights by the file's own checksum; pictures at about 224 x 224 pixels."""

MINILM = Revision("all-MiniLM-L6-v2", "53aa5117-256")
"""Weights by the file's SHA-256; texts of at most 256 tokens."""

RAPIDOCR = Revision("rapidocr", "ppocrv6-small-4")
"""PP-OCRv6 small from the wheel; a second look at doubtful lines."""

TEXT_KINDS = Revision("text-kinds", "2")
"""How balloons, captions and sounds are told apart."""

TEXT_LAYOUT = Revision("text-layout", "3")
"""How lines are put in balloons, given to panels and joined to sentences, and which sidecars are read."""

PAGE_LAYOUT = Revision("page-layout", "2")
"""How stage `panels` parts spreads, joins slices and orders panels."""

SCANNER_PAGES = Revision("scanner-pages", "1")
"""How stage `page_types` tells scanners' pages by their names."""

PANEL_ENCODER = Revision("panel-encoder-lite", "untrained-1")

STRIP_ENCODER = Revision("strip-encoder", "untrained-1")
