"""Running the tests that claim a clause in a copy of the tree from which something was taken out."""

from __future__ import annotations

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
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from proving import ASKED, MIGRATED, PIPES, REPORT
from removals import PACKS, CannotRun, Edit, Removal

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ("gongyue", "tests", "tools", "conftest.py", "pyproject.toml")
SCHEMA = re.compile(r"/migrations/|/models|/triggers\.py|/apps\.py")
Claims = dict[str, set[str]]  # a test by its name: the clauses it claims


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
