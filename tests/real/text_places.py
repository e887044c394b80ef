"""Texts to panels by their true boxes, an EPUB's own texts, and kinds of text on the sample library.

python -m tests.real.text_places --truth DIR
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import pairwise
from pathlib import Path

from models.profiles import load_profile
from warehouse.books.reading import open_book
from warehouse.books.sidecars.said import SaidPanel, SaidText
from warehouse.contracts import LetteredBlock, Profile
from warehouse.evaluation.truth import TrueBook, load_truth
from warehouse.records import StoredPage, StoredPanel
from warehouse.stages.read_page import read_page
from warehouse.stages.read_places import lacks_place, with_read_places
from warehouse.stages.said_page import EPUB, said_blocks
from warehouse.text_layout import group_lines, panel_of


def placed(book: TrueBook) -> tuple[int, int]:
    """How many texts of a book get the panel people gave them, of how many that have one."""
    pairs = [
        (panel_of(text.box, page.panels), text.panel)
        for page in book.pages
        if page.panels
        for text in page.texts or ()
        if text.panel is not None
    ]
    return sum(found == true for found, true in pairs), len(pairs)


def kinds(profile: Profile, book: TrueBook, path: Path) -> Counter[tuple[str, str]]:
    """(true kind, told kind) of the blocks read on story pages whose middle lies in a true text."""
    told: Counter[tuple[str, str]] = Counter()
    with open_book(path) as opened:
        for page in filter(lambda page: page.may_be_story, book.pages):
            pixels = opened.page_pixels(page.seq).pixels
            lines, panels = profile.text_reader.read(pixels), list(page.panels or ())
            blocks = [
                LetteredBlock(
                    block.box,
                    tuple(lines[place] for place in block.lines),
                    None if block.panel is None else panels[block.panel],
                )
                for block in group_lines(lines, panels)
            ]
            for block, guess in zip(blocks, profile.text_kinds.tell(pixels, blocks), strict=True):
                for text in page.texts or ():
                    x, y = block.box.centre
                    if text.box.x <= x < text.box.right and text.box.y <= y < text.box.bottom:
                        told[text.kind or "-", guess.kind] += 1
    return told


def epub_placed(profile: Profile, book: TrueBook, path: Path) -> tuple[int, int, int]:
    """Texts an EPUB has; those that find a panel; those of an earlier panel than the text before."""
    texts = placed_texts = backwards = 0
    with open_book(path) as opened:
        said = opened.page_texts()
        for page in book.pages:
            pixels = opened.page_pixels(page.seq).pixels
            panels = [StoredPanel(place, 0, place, box, "") for place, box in enumerate(page.panels or ())]
            height, width = pixels.shape[:2]
            stored = StoredPage(0, page.seq, width, height, "", False, 0, 0, 0, True, "", "", False, None)
            own = SaidPanel(tuple(SaidText(text) for text in said.get(page.seq, ())))
            blocks = said_blocks(stored, panels, [own], EPUB)
            if lacks_place(blocks):
                blocks = with_read_places(blocks, read_page(profile, pixels, panels))
            homes = [block.panel_id for block in blocks if block.panel_id is not None]
            texts, placed_texts = texts + len(blocks), placed_texts + len(homes)
            backwards += sum(after < before for before, after in pairwise(homes))
    return texts, placed_texts, backwards


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, default=Path("../shared/data/truth"))
    for file in sorted(parser.parse_args().truth.glob("*.json")):
        right, texts = placed(load_truth(file))
        if texts:
            print(f"{file.stem}: {right} of {texts} texts in the right panel")
    profile, told = load_profile("offline"), Counter[tuple[str, str]]()
    for file in sorted(parser.parse_args().truth.glob("*.json")):
        path = file.parent.parent / "books" / load_truth(file).file
        if path.suffix == ".epub":
            texts, right, backwards = epub_placed(profile, load_truth(file), path)
            print(f"{file.stem}: {right} of the EPUB's {texts} texts find a panel, {backwards} out of order")
    for file in sorted(Path("samples").glob("*/*.truth.json")):
        told += kinds(profile, load_truth(file), file.with_name(file.name.replace(".truth.json", ".cbz")))
    for (true, found), count in sorted(told.items()):
        print(f"{true} told as {found}: {count}")


if __name__ == "__main__":
    main()
