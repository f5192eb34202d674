"""Changes a module of the engine a little, many times, and counts what tests notice.

    python -m pip install cosmic-ray
    python -m tests.mutants accuracy/metrics.py training/windows.py --count 25

Each mutant is one operator, comparison, number or truth value changed, drawn at random
by the seed. The tests are those that mirror the module, or those named with --tests.
They run on a copy of the checkout. A mutant that survives is printed: either it
changes no result, or a test is missing.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
# Of arithmetic these are noticed by any test that runs the line.
TOO_EASY = ("LShift", "RShift", "BitXor", "Pow", "Mod", "MatMul", "RemoveDecorator")


def annotations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where annotations begin and end, which are never computed."""
    parts = [
        part
        for node in ast.walk(ast.parse(source))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(part, ast.expr)
    ]
    return [
        ((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset))
        for part in parts
    ]


def mutations(path: Path, count: int, seed: int) -> list[object]:
    """Return some of the mutations of a module, the same ones for the same seed."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import use_db

    spans = annotations(path.read_text("utf-8"))
    with use_db("mutants.sqlite") as database:
        init([path], database, {})
        found = [item.mutations[0] for item in database.work_items]
    found = [
        one
        for one in found
        if not one.operator_name.endswith(TOO_EASY)
        and not any(start <= tuple(one.start_pos) < end for start, end in spans)
    ]
    found.sort(key=lambda one: (one.operator_name, one.occurrence))
    random.Random(seed).shuffle(found)
    return found[:count]


def mirrors(module: str) -> list[str]:
    """Return the tests of a module, as paths in the repository."""
    place = Path("tests/engine") / module
    found = REPOSITORY.glob(str(place.with_name(f"test_{place.stem}*.py")))
    return sorted(str(path.relative_to(REPOSITORY)) for path in found)


def try_out(module: str, tests: list[str], chosen: list[object]) -> None:
    """Run the tests on each mutant; print those that survive, and how many do."""
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_item import TestOutcome

    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    subprocess.run([*command, *tests], check=True, stdout=subprocess.DEVNULL)
    alive = 0
    for mutation in chosen:
        result = mutate_and_test([mutation], shlex.join([*command, *tests]), 600)
        if result.test_outcome == TestOutcome.SURVIVED:
            alive += 1
            print(result.diff, flush=True)
    print(f"{module}: {len(chosen) - alive} killed, {alive} survived", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="+", help="as accuracy/metrics.py")
    parser.add_argument("--count", type=int, default=25, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tests", nargs="+", help="in place of the module's own")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = ["git", "checkout-index", "--all", f"--prefix={folder}/"]
        subprocess.run(command, cwd=REPOSITORY, check=True)
        os.environ["OMP_NUM_THREADS"] = "1"
        os.chdir(folder)
        for module in options.modules:
            path = Path("miaf_engine", module)
            chosen = mutations(path, options.count, options.seed)
            try_out(module, options.tests or mirrors(module), chosen)
        os.chdir(REPOSITORY)


if __name__ == "__main__":
    main()
