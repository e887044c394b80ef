"""Which books weights may be made from."""

from __future__ import annotations

from pathlib import Path

from warehouse.cli.train_panels import training_books

ROWS = """split\tseries\tbook\tpages\tlicence
train\towls\tb\t3\tCC-BY-4.0
train\towls\ta\t3\tPD (d. 1878)
train\towls\tshared-alike\t3\tCC-BY-SA-4.0
train\towls\tnot-for-sale\t3\tCC-BY-NC-4.0
validation\tbats\tc\t3\tCC0
"""


def test_a_manifest_says_of_which_split_and_licence_books_are(tmp_path: Path) -> None:
    (tmp_path / "MANIFEST.tsv").write_text(ROWS, "utf-8")
    assert training_books((tmp_path,)) == [tmp_path / "owls" / "a.cbz", tmp_path / "owls" / "b.cbz"]


def test_without_one_every_book_of_a_folder_is_taken(tmp_path: Path) -> None:
    for name in ("owls/2.cbz", "owls/1.cbz", "owls/1.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert training_books((tmp_path,)) == [tmp_path / "owls" / "1.cbz", tmp_path / "owls" / "2.cbz"]
