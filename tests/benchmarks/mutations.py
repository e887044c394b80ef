"""Valid books damaged in thousands of ways and read in the sandbox: what becomes of them.

python tests/benchmarks/mutations.py [--count N] [--seed N] [--only PLACE] [--shared DIR]

Exit status 1 if anything but a result or a coded error came out, a request took longer than its limit,
a child took more memory than its limit, or a file was written anywhere.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fuzz.arena import LIMITS, Arena, Outcome
from tests.fuzz.damage import Mutant, mutant
from tests.fuzz.seeds import Seed, seeds
from warehouse.books.limits import MIB
from warehouse.books.sandbox.children import end_idle_children

ROOT = Path(__file__).resolve().parents[2]
LOST = ("decoder-crashed", "decoder-timeout")


def main() -> None:
    """Run, print, and exit with 0 or 1."""
    arguments = _arguments()
    library = seeds(arguments.shared if arguments.shared.is_dir() else None)
    with tempfile.TemporaryDirectory() as folder:
        arena = Arena(Path(folder) / "arena")
        started = time.monotonic()
        violations = _unharmed(arena, library)
        places = range(arguments.count) if arguments.only is None else [arguments.only]
        outcomes, found = _run(arena, library, arguments.seed, places)
        end_idle_children()
        violations += found + [f"written outside: {name}" for name in arena.strays()]
        seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if peak > LIMITS.memory_bytes:
        violations.append(f"a child took {peak // MIB} MiB, at most {LIMITS.memory_bytes // MIB} are allowed")
    _print(outcomes, seconds, peak)
    for violation in violations[:20]:
        print(f"VIOLATION {violation}")
    print(f"{len(violations)} violations")
    sys.exit(1 if violations else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="this mutant alone, to see a violation again")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data" / "odd")
    return parser.parse_args()


def _unharmed(arena: Arena, library: list[Seed]) -> list[str]:
    """The seeds themselves must be read whole, or the damage to them shows nothing."""
    made = [seed for seed in library if "shared" not in seed.kind]
    read = [(seed, arena.run(Mutant(seed.kind, "none", seed.suffix, seed.data))) for seed in made]
    return [
        f"undamaged {seed.kind} is not read: {outcome.code} {outcome.page_codes}"
        for seed, outcome in read
        if outcome.code not in ("read", "reader-missing")
    ]


def _run(
    arena: Arena, library: list[Seed], seed: int, places: range | list[int]
) -> tuple[list[tuple[str, Outcome]], list[str]]:
    outcomes, violations = [], []
    for place in places:
        damaged = mutant(library, seed, place)
        outcome = arena.run(damaged)
        outcomes.append((damaged.kind, outcome))
        where = f"mutant {place} of seed {seed} ({damaged.kind}, {damaged.damage})"
        violations += [f"{where}: {violation}" for violation in outcome.violations]
    return outcomes, violations


def _print(outcomes: list[tuple[str, Outcome]], seconds: float, peak: int) -> None:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    codes: Counter[str] = Counter()
    page_codes: Counter[str] = Counter()
    for kind, outcome in outcomes:
        kinds[kind][outcome.code if outcome.code in ("read", "partial") else "refused"] += 1
        slowest[kind] = max(slowest[kind], outcome.slowest)
        codes[outcome.code] += 1
        page_codes.update(outcome.page_codes)
    print(f"{'kind':<14}{'read':>7}{'partial':>9}{'refused':>9}{'slowest s':>11}")
    for kind, counts in sorted(kinds.items()):
        numbers = f"{counts['read']:>7}{counts['partial']:>9}{counts['refused']:>9}"
        print(f"{kind:<14}{numbers}{slowest[kind]:>11.2f}")
    print("books:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    print("pages:", ", ".join(f"{code} {count}" for code, count in page_codes.most_common()))
    lost = sum(codes[code] + page_codes[code] for code in LOST)
    print(
        f"{len(outcomes)} mutants in {seconds:.0f} s, peak memory of a child {peak // MIB} MiB "
        f"(limit {LIMITS.memory_bytes // MIB}), children lost and replaced {lost}"
    )


if __name__ == "__main__":
    main()
