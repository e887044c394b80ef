"""Draw the sample library again, or check that what is committed is what the code draws.

python -m samples.drawing            write every CBZ and truth file into samples/
python -m samples.drawing --check    exit 1 and name the files that differ from a fresh drawing
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from samples.drawing.archive import drawn_files
from samples.drawing.library import ISSUES

SAMPLES = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.drawing", description="Draw the sample library.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; compare with the committed files"
    )
    check = parser.parse_args().check
    stale = 0
    for issue in ISSUES:
        for path, content in drawn_files(issue).items():
            target = SAMPLES / path
            if check:
                same = target.is_file() and target.read_bytes() == content
                stale += not same
                state = "same" if same else "differs"
            else:
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
                state = f"{len(content) / 1024:.0f} KiB"
            sys.stdout.write(f"{path}: {state}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
