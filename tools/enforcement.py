"""Proof of the marks: a test that claims a clause must fail when what enforces that clause is taken out.

python tools/enforcement.py                      everything, an hour
python tools/enforcement.py --only GZ-P-2.1a     one clause; several with commas, a family as GZ-S-A2.
python tools/enforcement.py --list               what would be taken out, and the clauses it carries
python tools/enforcement.py --browser            the tests that drive a browser too

Every entry of a pack that names a clause is taken out of a copy of the tree, one at a time: a rule, a duty, a notice or
an incompatible pair is cut, an action is opened to every capacity, a milestone is left out of its order, a figure is
one more and one less, a street is called otherwise. What code enforces is listed in tests/enforced.yaml as text to
change. Then the tests that claim the clause run, those of the packs too; one that breaks in its fixtures proves
nothing. Exit 1 where an entry goes unnoticed by all who claim its clause, or where a claim outlives everything that
carries its clause; 2 where something could not be run.

A run begins with the claims that are not proven yet and ends with the first test that misses what was taken out; what
is not proven in the end meets the rest. What changes no Python forks from a process that has collected the tests
(tools/proving.py); where that goes unnoticed, it is run again by itself.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from proving import quick_yaml
from removals import PACKS, CannotRun, Removal, Wanted, carried, composed, removals
from running import PROJECT, Run, Runner, copy

MARK = re.compile(r"mark\.clause\(([^)]*)\)")
QUOTED = re.compile(r'"([^"]+)"')


def asked(only: str) -> Wanted:
    """`GZ-P-2.1a` is a clause, `GZ-S-A2.` a family; nothing: all of them."""
    names = [name for name in only.split(",") if name]
    families = tuple(name for name in names if name.endswith((".", "-")))
    return lambda clause: not names or clause in names or clause.startswith(families)


def chosen(tree: Path, wanted: Wanted) -> list[Removal]:
    """What is to be taken out; of each only the clauses that were asked for."""
    mine = [(each, frozenset(filter(wanted, each.clauses))) for each in removals(tree, wanted)]
    return [replace(each, clauses=clauses) for each, clauses in mine if clauses]


def claimed_in(tree: Path, wanted: Wanted) -> set[str]:
    """Every clause that a test or a pack's own test names, as text."""
    texts = [path.read_text(encoding="utf-8") for path in (tree / "tests").rglob("test_*.py")]
    found = {clause for text in texts for mark in MARK.findall(text) for clause in QUOTED.findall(mark)}
    for path in (tree / PACKS).glob("*/tests/*.yaml"):
        found |= {clause for node in composed(path).value for clause in carried(node)}
    return set(filter(wanted, found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="ID[,ID]")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--browser", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongyue.settings")
    import django

    django.setup()
    quick_yaml()
    try:
        wanted = asked(options.only)
        if options.list:
            for each in chosen(PROJECT, wanted):
                print(" ".join(sorted(each.clauses)), each, sep="\t")
            return 0
        with copy() as tree:
            return prove(Runner(tree, browser=options.browser), chosen(tree, wanted), claimed_in(tree, wanted))
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        return 2


def prove(runner: Runner, found: list[Removal], claimed: set[str]) -> int:
    """Run, print a row for each entry and clause, then what outlived its enforcement. 0 where nothing did."""
    with runner.forking(claimed):
        return Proof(runner, claimed).of(found)


class Proof:
    """What is known so far: who claims what, which claims are proven, which tests were seen to pass."""

    def __init__(self, runner: Runner, claimed: set[str]) -> None:
        self.runner, self.claimed = runner, claimed
        packs = runner.yaml(claimed)
        tests = runner.forks.run(claimed) if runner.forks else Run({})
        if wrong := packs.failed | tests.broken:
            raise CannotRun("these fail as the tree stands: " + ", ".join(sorted(wrong)))
        self.claims = packs.claims | tests.claims
        self.tests = set(tests.claims)
        self.unproven = {(name, clause) for name, clauses in self.claims.items() for clause in clauses}
        self.took: dict[str, float] = {}
        self.passed: set[str] = set(packs.claims)
        self.tried: dict[Removal, set[str]] = defaultdict(set)
        self.faults: list[str] = []

    def claiming(self, clause: str) -> set[str]:
        return {name for name, clauses in self.claims.items() if clause in clauses}

    def of(self, found: list[Removal]) -> int:
        unnoticed: list[str] = []
        unclaimed: list[str] = []
        print(f"{'clause':14}{'failed':>8}  taken out")
        for each in found:
            run = self.learnt(each, self.order(each))
            for clause in sorted(each.clauses):
                tests = self.claiming(clause)
                mark = "?" if run is None else " " if tests & run.merits else "!" if tests else "-"
                failed, ran = (len(tests & which) for which in ((run.failed, run.ran) if run else (set(), set())))
                print(f"{clause:14}{failed:>4}/{ran:<3}{mark}  {each}", flush=True)
                if mark in "!-":
                    (unnoticed if tests else unclaimed).append(f"{clause}  {each}")
        self.rest(found)
        self.as_it_stands()
        _say("could not be run", self.faults)
        _say("carries a clause that no test claims", unclaimed)
        _say("claimed by tests alone that were left out", sorted(c for c in self.claimed if not self.claiming(c)))
        _say("taken out, and no test that claims the clause fails on the merits", unnoticed)
        outlived = [f"{clause}  {name}" for name, clause in sorted(self.unproven)]
        _say("claims a clause and passes whatever is taken out", outlived)
        print(f"\n{len(found)} taken out; {len(self.claims)} tests claim {len(self.claimed)} clauses")
        return 2 if self.faults else 1 if unnoticed or outlived else 0

    def order(self, removal: Removal) -> list[str]:
        """Who claims what it carries: those not yet proven first, then the quicker ones."""
        waiting = {name for name, clause in self.unproven if clause in removal.clauses}
        mine = [name for name in self.tests if self.claims[name] & removal.clauses]
        return sorted(mine, key=lambda name: (name not in waiting, self.took.get(name, 0.5), name))

    def learnt(self, removal: Removal, order: list[str], *, all_of_them: bool = False) -> Run | None:
        try:
            run = self.runner.without(removal, order, all_of_them=all_of_them)
        except CannotRun as reason:
            self.faults.append(f"{removal}: {reason}")
            return None
        self.took |= {name: took for name, took in run.took.items() if name in run.ran}
        self.passed |= run.ran - run.failed
        self.tried[removal] |= run.ran | run.broken
        self.unproven -= {(name, clause) for name in run.failed for clause in removal.clauses}
        return run

    def rest(self, found: list[Removal]) -> None:
        """Claims that are not proven yet, put to whatever they have not met; what is quick to try comes first."""
        for each in sorted(found, key=lambda one: one.python):
            waiting = {name for name, clause in self.unproven if clause in each.clauses} & self.tests
            if left := sorted(waiting - self.tried[each]):
                self.learnt(each, left, all_of_them=True)

    def as_it_stands(self) -> None:
        """Whoever never passed has to pass when nothing is taken out. Raises CannotRun."""
        doubtful = sorted(self.tests - self.passed)
        if doubtful and self.runner.forks:
            run = self.runner.forks.run(self.claimed, doubtful)
            if wrong := run.failed | run.broken:
                raise CannotRun("these fail as the tree stands: " + ", ".join(sorted(wrong)))


def _say(title: str, rows: list[str]) -> None:
    if rows:
        print(f"\n{title}:", *rows, sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
