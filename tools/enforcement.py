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
import compileall
import fcntl
import hashlib
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from proving import ASKED, MIGRATED, PIPES, REPORT, quick_yaml

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ("gongyue", "tests", "tools", "conftest.py", "pyproject.toml")
IN_CODE = "tests/enforced.yaml"
PACKS = "gongyue/packs"
ELSEWHERE = "无此街"
PARTS = ("phases", "norms", "tasks", "targets")  # of a programme, beside its streets and its money
CUT = ("rules", "frameworks", "obligations.yaml", "disclosure.yaml", "catalogue.yaml")
MARK = re.compile(r"mark\.clause\(([^)]*)\)")
SCHEMA = re.compile(r"/migrations/|/models|/triggers\.py|/apps\.py")
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

    @property
    def python(self) -> bool:
        return any(edit.file.endswith(".py") for edit in self.edits)

    @property
    def migrations(self) -> bool:
        """Whether a database that was migrated before would not show it."""
        return any(SCHEMA.search(edit.file) for edit in self.edits)

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
    """The lines from one of a parent's nodes to the next, or to the parent's end; the only one leaves an empty list."""
    after = siblings[place + 1].start_mark if place + 1 < len(siblings) else parent.end_mark
    start = text.rfind("\n", 0, siblings[place].start_mark.index) + 1
    end = len(text) if after.index >= len(text) else text.rfind("\n", 0, after.index) + 1
    return Edit(file, start, end, "" if len(siblings) > 1 else "[]\n")


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


def orders(file: str, text: str, root: yaml.Node, who: yaml.Node) -> Iterator[Removal]:
    """Left out of an order: each milestone that an action of the same clause leads to; with its only one the kind."""
    doing = {name: carried(node) for name, (_key, node) in pairs(pairs(who)["actions"][1]).items()}
    for place, (kind, (_key, node)) in enumerate(pairs(root).items()):
        order, clauses = pairs(node)["order"][1], carried(node)
        steps = [each.value for each in order.value]
        for step in steps if clauses else ():
            if any(clauses & doing.get(name, frozenset()) for name in leading(kind, step)):
                rest = ", ".join(each for each in steps if each != step)
                only = cut(file, text, [key for key, _value in root.value], place, root)
                yield Removal(
                    f"{kind} without {step}", clauses, (replaced(file, order, f"[{rest}]") if rest else only,)
                )


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
            yield from orders(file, text, root, composed(path.parent / "roles.yaml"))
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
    """What tests did: who claims what, who ran, who failed, who did so on the merits, who never began; seconds each."""

    claims: Claims
    ran: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    merits: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    took: dict[str, float] = field(default_factory=dict)

    def claiming(self, clause: str) -> set[str]:
        return {name for name, clauses in self.claims.items() if clause in clauses}

    def noticed(self, clauses: Iterable[str]) -> set[str]:
        """Those clauses that some test misses on the merits."""
        return {clause for clause in clauses if self.claiming(clause) & self.merits}

    def beside(self, other: Run) -> Run:
        claims, took = self.claims | other.claims, self.took | other.took
        ran, failed = self.ran | other.ran, self.failed | other.failed
        return Run(claims, ran, failed, self.merits | other.merits, self.broken | other.broken, took)


class Runner:
    """Runs the claiming tests in a copy of the tree, one process at a time."""

    def __init__(self, tree: Path, *, browser: bool) -> None:
        from gongyue.kernel.actions import vocabulary
        from gongyue.policy import read_packs

        self.tree, self.browser = tree, browser
        self.files = {path: path.read_text(encoding="utf-8") for path in sorted((tree / "tests").rglob("test_*.py"))}
        self.report, self.asked, self.log = tree / "report.json", tree / "asked.json", tree / "pytest.log"
        self.migrated = Path(tempfile.gettempdir()) / f"gongyue-migrated-{schema(tree)}.sqlite3"
        self.forks: Forks | None = None
        self.vocabulary = vocabulary()
        self.told_in_packs = {
            code: {f"{test['where']}: {test['name']}": set(test["clauses"]) for test in pack.entries("tests")}
            for code, pack in read_packs([tree / PACKS]).items()
        }

    def command(self, clauses: Iterable[str]) -> list[str]:
        """What collects the tests that claim any of these clauses; nothing where none does."""
        wanted = sorted(clauses)
        files = [str(path) for path, text in self.files.items() if any(f'"{clause}"' in text for clause in wanted)]
        command = [sys.executable, "-m", "pytest", *files, "--clause", ",".join(wanted), "-p", "tools.proving"]
        command += ["-q", "-p", "no:cacheprovider", "--tb=line", "--continue-on-collection-errors"]
        command += [] if self.browser else ["-m", "not browser"]
        return command if files else []

    def environment(self) -> dict[str, str]:
        own = {"PYTHONPATH": str(self.tree), "PYTHONDONTWRITEBYTECODE": "1"}
        own |= {REPORT: str(self.report), ASKED: str(self.asked)}
        return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own

    @contextmanager
    def forking(self, clauses: Iterable[str]) -> Iterator[None]:
        """Meanwhile the tests that claim these clauses stand collected, for what changes no Python."""
        with ExitStack() as stack:
            if command := self.command(clauses):
                self.forks = stack.enter_context(Forks.of(self, command))
            yield
        self.forks = None

    def python(self, clauses: Iterable[str], order: list[str], until: Iterable[str], *, migrate: bool) -> Run:
        """These tests by themselves, in a process that knows nothing yet."""
        self.report.unlink(missing_ok=True)
        self.asked.write_text(json.dumps({"order": order, "until": sorted(until)}), encoding="utf-8")
        environment = self.environment() | ({} if migrate else {MIGRATED: str(self.migrated)})
        command = self.command(clauses)
        done = subprocess.run(command, cwd=self.tree, env=environment, capture_output=True, text=True, check=False)
        if not self.report.exists() or done.returncode not in (0, 1, 5):
            raise CannotRun(done.stdout[-2000:] + done.stderr[-2000:])
        return told(self.report, set(clauses))

    def yaml(self, clauses: Iterable[str]) -> Run:
        """The packs' own tests; a rule that is no longer there fails the test that names it, but proves nothing."""
        from gongyue.policy import PackErrors, run_pack_tests

        root, said = [self.tree / PACKS], dict[str, list[str]]()
        claims: Claims = {}
        try:
            for code, tests in self.told_in_packs.items():
                mine = {name: own for name, claimed in tests.items() if (own := claimed & set(clauses))}
                claims |= mine
                for fault in run_pack_tests(root, code, self.vocabulary) if mine else ():
                    for name in (name for name in mine if fault.startswith(f"{name}: ")):
                        said.setdefault(name, []).append(fault.removeprefix(f"{name}: "))
        except PackErrors as errors:
            raise CannotRun(str(errors)) from errors
        merits = {name for name, faults in said.items() if not all(each.startswith("no rule ") for each in faults)}
        return Run(claims, set(claims), set(said), merits)

    def without(self, removal: Removal, order: list[str], *, all_of_them: bool = False) -> Run:
        """What the packs' tests, and these tests in this order, do once something is taken out.

        They stop where each clause is missed by one, unless it has to be all of them.
        """
        with changed(self.tree, removal.edits):
            run = self.yaml(removal.clauses)
        if removal.hollow and len(run.noticed(removal.clauses)) < len(removal.clauses):
            with changed(self.tree, removal.hollow):
                run.merits.update(self.yaml(removal.clauses).merits & run.failed)
        until = set() if all_of_them else removal.clauses - run.noticed(removal.clauses)
        if not order or not (until or all_of_them):
            return run
        with changed(self.tree, removal.edits):
            if self.forks and not removal.python:
                other = self.forks.run(removal.clauses, order, until)
                if until - other.noticed(until):
                    other = self.python(removal.clauses, order, until, migrate=removal.migrations)
            else:
                other = self.python(removal.clauses, order, until, migrate=removal.migrations)
        if not other.claims:
            raise CannotRun(f"{removal}: no test could be run")
        return run.beside(other)


def schema(tree: Path) -> str:
    """A digest of all that a migrated database comes from: it is kept from one proof to the next."""
    digest = hashlib.sha256()
    for path in sorted((tree / "gongyue").rglob("*.py")):
        if SCHEMA.search(path.relative_to(tree).as_posix()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Forks:
    """A process that has collected the tests and forks for each run."""

    def __init__(self, runner: Runner, asks: int, ended: int) -> None:
        self.runner, self.asks = runner, os.fdopen(asks, "w", encoding="utf-8")
        self.ended = os.fdopen(ended, encoding="utf-8")

    @classmethod
    @contextmanager
    def of(cls, runner: Runner, command: list[str]) -> Iterator[Forks]:
        (asked, asks), (ended, ends) = os.pipe(), os.pipe()
        environment = runner.environment() | {PIPES: f"{asked},{ends}", MIGRATED: str(runner.migrated)}
        with open(runner.log, "w", encoding="utf-8") as log:
            process = subprocess.Popen(
                command, cwd=runner.tree, env=environment, stdout=log, stderr=log, pass_fds=(asked, ends)
            )
        os.close(asked)
        os.close(ends)
        forks = cls(runner, asks, ended)
        try:
            yield forks
        finally:
            forks.asks.close()
            process.wait()
            forks.ended.close()

    def run(self, clauses: Iterable[str], order: list[str] | None = None, until: Iterable[str] = ()) -> Run:
        """These tests in a fork; without an order only who claims what."""
        report = self.runner.report
        report.unlink(missing_ok=True)
        asked = {} if order is None else {"order": order, "until": sorted(until)}
        print(json.dumps(asked), file=self.asks, flush=True)
        if self.ended.readline().strip() != "0" or not report.exists():
            raise CannotRun(self.runner.log.read_text(encoding="utf-8")[-2000:])
        return told(report, set(clauses))


def told(report: Path, wanted: set[str]) -> Run:
    """What tools/proving.py wrote. A test that breaks before it begins shows nothing: it has not failed."""
    tests = json.loads(report.read_text(encoding="utf-8"))
    claims = {name: own for name, row in tests.items() if (own := wanted & set(row["clauses"]))}
    ran, failed, broken = ({name for name, row in tests.items() if row[key]} for key in ("ran", "failed", "broken"))
    return Run(claims, ran, failed, set(failed), broken - failed, {name: row["took"] for name, row in tests.items()})


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
            # Compiled code is known by what it was compiled from: a change is never missed for its time or size.
            checked = py_compile.PycInvalidationMode.CHECKED_HASH
            compileall.compile_dir(str(tree / "gongyue"), quiet=2, invalidation_mode=checked)
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
