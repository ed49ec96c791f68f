"""Proof of the marks: a test that claims a clause must fail when what enforces that clause is taken out.

python tools/enforcement.py                      everything, half an hour
python tools/enforcement.py --only GZ-P-2.1a     one clause; several with commas, a family as GZ-S-A2.
python tools/enforcement.py --list               what would be taken out, and the clauses it carries
python tools/enforcement.py --browser            the tests that drive a browser too

Every entry of a pack that names a clause is taken out of a copy of the tree, one at a time: a rule, a duty, a notice or
an incompatible pair is cut, an action is opened to every capacity, a milestone is left out of its order, a figure is
one more and one less, a street is called otherwise. What code enforces is listed in tests/enforced.yaml as text to
change. Then the tests that claim the clause run, those of the packs too; one that breaks in its fixtures proves
nothing. Exit 1 where an entry goes unnoticed by all who claim its clause, or where a claim outlives everything that
carries its clause; 2 where something could not be run.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

import yaml

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ("gongyue", "tests", "conftest.py", "pyproject.toml")
IN_CODE = "tests/enforced.yaml"
PACKS = "gongyue/packs"
ELSEWHERE = "无此街"
PARTS = ("phases", "norms", "tasks", "targets")  # of a programme, beside its streets and its money
CUT = ("rules", "obligations.yaml", "disclosure.yaml")
MARK = re.compile(r"mark\.clause\(([^)]*)\)")
QUOTED = re.compile(r'"([^"]+)"')
Claims = dict[str, set[str]]  # a test by its name: the clauses it claims
Wanted = Callable[[str], bool]  # whether a clause was asked for


class CannotRun(Exception):
    """The proof itself is at fault: a text that is not there, a run that did not come to its end."""


@dataclass(frozen=True)
class Edit:
    """In this file of the tree, from this character to that, this text instead."""

    file: str
    start: int
    end: int
    text: str

    def applied(self, whole: str) -> str:
        return whole[: self.start] + self.text + whole[self.end :]


@dataclass(frozen=True)
class Removal:
    """One thing that carries clauses, and how it is taken out. `hollow`: a rule that is asked but never objects."""

    what: str
    clauses: frozenset[str]
    edits: tuple[Edit, ...]
    hollow: tuple[Edit, ...] = ()

    def __str__(self) -> str:
        return f"{self.edits[0].file.removeprefix(PACKS + '/').removeprefix('gongyue/')}: {self.what}"


# --- what packs carry -----------------------------------------------------------------------------------------------


def composed(path: Path) -> yaml.Node:
    """A YAML file as nodes that know their places; an empty one is an empty list."""
    return yaml.compose(path.read_text(encoding="utf-8")) or yaml.SequenceNode("", [])


def pairs(node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    return {key.value: (key, value) for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def carried(node: yaml.Node) -> frozenset[str]:
    """The clauses an entry names."""
    own = pairs(node)
    values = [own[key][1] for key in ("clause", "clauses") if key in own]
    names = [each for value in values for each in (value.value if isinstance(value.value, list) else [value])]
    return frozenset(name.value for name in names)


def replaced(file: str, node: yaml.Node, text: str) -> Edit:
    block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return Edit(file, node.start_mark.index, node.end_mark.index, text + "\n" if block else text)


def cut(file: str, text: str, siblings: list[yaml.Node], place: int, parent: yaml.Node) -> Edit:
    """The lines from one of a parent's nodes to the next, or to the parent's end."""
    after = siblings[place + 1].start_mark if place + 1 < len(siblings) else parent.end_mark
    start = text.rfind("\n", 0, siblings[place].start_mark.index) + 1
    end = len(text) if after.index >= len(text) else text.rfind("\n", 0, after.index) + 1
    return Edit(file, start, end, "")


def called(node: yaml.Node) -> str:
    own = pairs(node)
    return str(own["id"][1].value) if "id" in own else "/".join(each.value for each in own["duties"][1].value)


def listed(file: str, text: str, root: yaml.Node) -> Iterator[Removal]:
    """Entries of a list: each is cut; a rule is hollowed out as well."""
    for place, node in enumerate(root.value):
        own, clauses = pairs(node), carried(node)
        if clauses:
            hollow = (replaced(file, own["require"][1], '"true"'),) if "require" in own else ()
            yield Removal(called(node), clauses, (cut(file, text, root.value, place, root),), hollow)


def roles(file: str, text: str, root: yaml.Node) -> Iterator[Removal]:
    """Whoever has any capacity may do it (the entry's own come first); of a pair, one person may do both."""
    parts = pairs(root)
    everybody = list(pairs(parts["capacities"][1])) if "capacities" in parts else []
    for name, (_key, node) in pairs(parts["actions"][1]).items() if "actions" in parts else ():
        if clauses := carried(node):
            who = pairs(node)["who"][1]
            own = [each.value for each in who.value]
            widened = ", ".join(own + [each for each in everybody if each not in own])
            yield Removal(f"{name} by anybody", clauses, (replaced(file, who, f"[{widened}]"),))
    if "incompatible" in parts:
        yield from listed(file, text, parts["incompatible"][1])


def orders(file: str, root: yaml.Node, who: yaml.Node) -> Iterator[Removal]:
    """Left out of an order: each milestone that an action of the same clause leads to."""
    doing = {name: carried(node) for name, (_key, node) in pairs(pairs(who)["actions"][1]).items()}
    for kind, (_key, node) in pairs(root).items():
        order, clauses = pairs(node)["order"][1], carried(node)
        steps = [each.value for each in order.value]
        for step in steps if clauses else ():
            if any(clauses & doing.get(name, frozenset()) for name in leading(kind, step)):
                rest = ", ".join(each for each in steps if each != step)
                yield Removal(f"{kind} without {step}", clauses, (replaced(file, order, f"[{rest}]"),))


def leading(kind: str, step: str) -> list[str]:
    """The actions that lead to a milestone, side ways out left aside."""
    from gongyue.kernel.actions import ACTIONS

    acts = [act for act in ACTIONS.values() if act.subject.kind == kind and act.reaches == step]
    return [act.name for act in acts if act.sources is None]


def parameters(file: str, root: yaml.Node) -> Iterator[Removal]:
    """A figure that carries a clause: one less and one more."""
    for name, (_key, parameter) in pairs(root).items():
        for since, (_since, entry) in pairs(pairs(parameter)["values"][1]).items():
            if clauses := carried(entry) | carried(parameter):
                value = pairs(entry)["value"][1]
                for figure in (int(value.value) - 1, int(value.value) + 1):
                    what = f"{name} of {since} is {figure}"
                    yield Removal(what, clauses, (replaced(file, value, str(figure)),))


def programme(file: str, root: yaml.Node) -> Iterator[Removal]:
    """A listed street goes by another name, so that the sums still agree."""
    for node in pairs(root)["units"][1].value:
        street = pairs(node)["street"][1]
        if clauses := carried(node):
            yield Removal(f"{street.value} is not listed", clauses, (replaced(file, street, ELSEWHERE),))
    for part in PARTS:
        if part in pairs(root):
            yield from _without(file, pairs(root)[part][1])


def _without(file: str, listing: yaml.Node) -> Iterator[Removal]:
    """An entry of a programme's other lists is taken out of its line."""
    for place, node in enumerate(listing.value):
        if clauses := carried(node):
            start = node.start_mark.index - len("- ")
            end = node.end_mark.index
            yield Removal(f"entry {place + 1} of a programme's list", clauses, (Edit(file, start, end, ""),))


def removals(tree: Path, wanted: Wanted) -> Iterator[Removal]:
    """Everything that carries a clause, in the packs and in the code; of the code only what is wanted is looked up."""
    for path in sorted((tree / PACKS).rglob("*.yaml")):
        file, text = path.relative_to(tree).as_posix(), path.read_text(encoding="utf-8")
        inside = path.relative_to(tree / PACKS).parts[1:]
        root = composed(path)
        if inside[0] in CUT:
            yield from listed(file, text, root)
        elif inside[0] == "roles.yaml":
            yield from roles(file, text, root)
        elif inside[0] == "procedure.yaml":
            yield from orders(file, root, composed(path.parent / "roles.yaml"))
        elif inside[0] == "parameters":
            yield from parameters(file, root)
        elif inside[0] == "programmes":
            yield from programme(file, root)
    yield from in_code(tree, wanted)


def in_code(tree: Path, wanted: Wanted) -> Iterator[Removal]:
    """What tests/enforced.yaml lists. Raises CannotRun where a text does not stand exactly once in its file."""
    for entry in yaml.safe_load((tree / IN_CODE).read_text(encoding="utf-8")):
        edits = []
        for change in entry["changes"] if any(map(wanted, entry["clauses"])) else ():
            file, old, text = change["in"], change["old"], (tree / change["in"]).read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise CannotRun(f"{IN_CODE}: {entry['what']}: {old!r} stands {text.count(old)} times in {file}")
            edits.append(Edit(file, text.index(old), text.index(old) + len(old), change["new"]))
        yield Removal(entry["what"], frozenset(entry["clauses"]), tuple(edits))


# --- running --------------------------------------------------------------------------------------------------------


@contextmanager
def changed(tree: Path, edits: Iterable[Edit]) -> Iterator[None]:
    """The tree with these edits, and afterwards as it was. Later places come first, so that the others still hold."""
    before: dict[str, str] = {}
    for edit in sorted(edits, key=lambda each: -each.start):
        text = (tree / edit.file).read_text(encoding="utf-8")
        before.setdefault(edit.file, text)
        (tree / edit.file).write_text(edit.applied(text), encoding="utf-8")
    try:
        yield
    finally:
        for file, text in before.items():
            (tree / file).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """What the tests of some clauses did: who claims what, who failed, who did so on the merits, who never began."""

    claims: Claims
    failed: set[str] = field(default_factory=set)
    merits: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def claiming(self, clause: str) -> set[str]:
        return {name for name, clauses in self.claims.items() if clause in clauses}


class Runner:
    """Runs the claiming tests in a copy of the tree, one process at a time."""

    def __init__(self, tree: Path, *, browser: bool) -> None:
        self.tree, self.browser = tree, browser
        self.files = {path: path.read_text(encoding="utf-8") for path in sorted((tree / "tests").rglob("test_*.py"))}

    def python(self, clauses: Iterable[str]) -> Run:
        wanted = sorted(clauses)
        files = [str(path) for path, text in self.files.items() if any(f'"{clause}"' in text for clause in wanted)]
        if not files:
            return Run({})
        report = self.tree / "report.xml"
        report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", *files, "--clause", ",".join(wanted), "--junitxml", str(report)]
        command += ["-q", "-p", "no:cacheprovider", "--tb=line", "--continue-on-collection-errors"]
        command += [] if self.browser else ["-m", "not browser"]
        own = {"PYTHONPATH": str(self.tree), "PYTHONDONTWRITEBYTECODE": "1"}
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own
        done = subprocess.run(command, cwd=self.tree, env=environment, capture_output=True, text=True, check=False)
        if not report.exists() or done.returncode not in (0, 1, 5):
            raise CannotRun(done.stdout[-2000:] + done.stderr[-2000:])
        return told(report, set(wanted))

    def yaml(self, clauses: Iterable[str]) -> Run:
        """The packs' own tests; a rule that is no longer there fails the test that names it, but proves nothing."""
        from gongyue.kernel.actions import vocabulary
        from gongyue.policy import PackErrors, read_packs, run_pack_tests

        root, said = [self.tree / PACKS], dict[str, list[str]]()
        claims: Claims = {}
        try:
            for code, pack in read_packs(root).items():
                tests = {f"{t['where']}: {t['name']}": set(t["clauses"]) & set(clauses) for t in pack.entries("tests")}
                mine = {name: claimed for name, claimed in tests.items() if claimed}
                claims |= mine
                for fault in run_pack_tests(root, code, vocabulary()) if mine else ():
                    for name in (name for name in mine if fault.startswith(f"{name}: ")):
                        said.setdefault(name, []).append(fault.removeprefix(f"{name}: "))
        except PackErrors as errors:
            raise CannotRun(str(errors)) from errors
        merits = {name for name, faults in said.items() if not all(each.startswith("no rule ") for each in faults)}
        return Run(claims, set(said), merits)

    def both(self, clauses: Iterable[str]) -> Run:
        one, other = self.python(clauses), self.yaml(clauses)
        failed, merits = one.failed | other.failed, one.merits | other.merits
        return Run(one.claims | other.claims, failed, merits, one.broken)

    def without(self, removal: Removal, claims: Claims) -> Run:
        """The same tests once something is taken out; `claims`: who claims what as the tree stands."""
        with changed(self.tree, removal.edits):
            run = self.both(removal.clauses)
        merits = set(run.merits)
        if removal.hollow:
            with changed(self.tree, removal.hollow):
                merits |= self.yaml(removal.clauses).merits & run.failed
        mine = {name: clauses for name, clauses in claims.items() if clauses & removal.clauses}
        if mine and not run.claims:
            raise CannotRun(f"{removal}: no test could be run")
        return Run(mine, run.failed, merits)


def told(report: Path, wanted: set[str]) -> Run:
    """A junit report. A test that breaks before it begins shows nothing: it has not failed."""
    claims: Claims = defaultdict(set)
    failed, broken = set(), set()
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        claims[name] |= {p.get("value", "") for p in case.iter("property") if p.get("name") == "clause"} & wanted
        if case.find("failure") is not None:
            failed.add(name)
        elif case.find("error") is not None:
            broken.add(name)
    return Run({name: clauses for name, clauses in claims.items() if clauses}, failed, failed, broken)


@contextmanager
def copy() -> Iterator[Path]:
    """The tree as it stands, elsewhere; one proof at a time on a machine."""
    with open(Path(tempfile.gettempdir()) / "gongyue-enforcement.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with tempfile.TemporaryDirectory(prefix="gongyue-enforcement-") as folder:
            tree = Path(folder)
            for name in COPIED:
                source = PROJECT / name
                skip = shutil.ignore_patterns("__pycache__", ".pytest_cache")
                (shutil.copytree(source, tree / name, ignore=skip) if source.is_dir() else shutil.copy(source, tree))
            if (PROJECT / "build").is_dir():
                (tree / "build").symlink_to(PROJECT / "build")
            yield tree


# --- the report -----------------------------------------------------------------------------------------------------


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
    as_it_stands = runner.both(claimed)
    if wrong := as_it_stands.failed | as_it_stands.broken:
        raise CannotRun("these fail as the tree stands: " + ", ".join(sorted(wrong)))
    unproven = {(name, clause) for name, clauses in as_it_stands.claims.items() for clause in clauses}
    unnoticed: list[str] = []
    unclaimed: list[str] = []
    print(f"{'clause':14}{'failed':>8}  taken out")
    for each in found:
        run = runner.without(each, as_it_stands.claims)
        unproven -= {(name, clause) for name in run.failed for clause in each.clauses}
        for clause in sorted(each.clauses):
            tests = run.claiming(clause)
            mark = " " if tests & run.merits else "!" if tests else "-"
            print(f"{clause:14}{len(tests & run.failed):>4}/{len(tests):<3}{mark}  {each}", flush=True)
            if mark != " ":
                (unnoticed if tests else unclaimed).append(f"{clause}  {each}")
    _say("carries a clause that no test claims", unclaimed)
    _say("claimed by tests alone that were left out", sorted(filter(lambda c: not as_it_stands.claiming(c), claimed)))
    _say("taken out, and no test that claims the clause fails on the merits", unnoticed)
    _say("claims a clause and passes whatever is taken out", [f"{clause}  {name}" for name, clause in sorted(unproven)])
    print(f"\n{len(found)} taken out; {len(as_it_stands.claims)} tests claim {len(claimed)} clauses")
    return 1 if unnoticed or unproven else 0


def _say(title: str, rows: list[str]) -> None:
    if rows:
        print(f"\n{title}:", *rows, sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
