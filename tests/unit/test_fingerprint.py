"""Equal inputs have equal hashes, others don't."""

from warehouse.fingerprint import input_hash


def test_same_parts_same_hash() -> None:
    assert input_hash("page", 3, "text") == input_hash("page", 3, "text")


def test_parts_do_not_run_together() -> None:
    assert input_hash("ab", "c") != input_hash("a", "bc")
    assert input_hash("ab") != input_hash("ab", "")
