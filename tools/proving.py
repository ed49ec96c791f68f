"""What tools/enforcement.py needs of pytest: who claims what and how it went, and runs that begin where others stood.

A plugin (`-p tools.proving`) that is told what to do by the environment:

PROVING_REPORT    where a run is told, as JSON: a test by its name, the clauses it claims, whether it ran, failed, broke
PROVING_ASKED     a file that asks for one run, as JSON: `order`, tests by name, and `until`, the clauses that each have
                  to be missed by a test on the merits before the run may end early; without `order` nothing runs
PROVING_PIPES     instead two file descriptors: what is asked comes line by line on one, an end of a run goes out on the
                  other. Tests are collected and the town is built once; each run is a fork, and reads the packs anew
PROVING_MIGRATED  a migrated SQLite database that new ones are copied from; made by the first run that finds none
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_django.plugin import blocking_manager_key

REPORT = "PROVING_REPORT"
MIGRATED = "PROVING_MIGRATED"
ASKED = "PROVING_ASKED"
PIPES = "PROVING_PIPES"


class Told:
    """One run. A test that breaks before it begins has not failed: it shows nothing."""

    def __init__(self, report: Path) -> None:
        self.report = report
        self.tests: dict[str, dict[str, Any]] = {}

    def _row(self, name: str) -> dict[str, Any]:
        return self.tests.setdefault(name, {"clauses": [], "ran": False, "failed": False, "broken": False, "took": 0})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._row(report.nodeid)["broken"] = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        row = self._row(report.nodeid)
        row["took"] += report.duration
        row["ran"] = row["ran"] or report.when == "call"
        if report.failed:
            row["failed" if report.when == "call" else "broken"] = True

    def run(self, session: pytest.Session, asked: dict[str, Any]) -> None:
        """What is asked for, one test after the other."""
        items = {item.nodeid: item for item in session.items}
        for name, item in items.items():
            self._row(name)["clauses"] = [value for key, value in item.user_properties if key == "clause"]
        session.items = [items[name] for name in asked.get("order", ()) if name in items]
        left = set(asked.get("until", ()))
        for place, item in enumerate(session.items):
            after = session.items[place + 1] if place + 1 < len(session.items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            row = self.tests[item.nodeid]
            if row["failed"] and left and not (left := left - set(row["clauses"])):
                break
        self.report.write_text(json.dumps(self.tests), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    from django.core import management

    told = Told(Path(os.environ[REPORT]))
    config.pluginmanager.register(told, "told")
    if MIGRATED in os.environ:
        quick_yaml()
        management.call_command = migrated_once(Path(os.environ[MIGRATED]))
    if PIPES in os.environ:
        asked, ended = map(int, os.environ[PIPES].split(","))
        config.pluginmanager.register(Forks(told, asked, ended), "runs")
    else:
        config.pluginmanager.register(Once(told, Path(os.environ[ASKED])), "runs")


def quick_yaml() -> None:
    """Packs are read by libyaml, several times as fast. A file with faults is read again, for their wording."""
    from gongyue.policy import pack, yaml12

    slow, through = yaml12._Loader, yaml12.read
    own = {name: getattr(slow, name) for name in ("refuse", "yaml_constructors", "yaml_implicit_resolvers")}
    quick = type("_Loader", (yaml.CSafeLoader,), own)

    def read(path: Path, file: str, errors: list[Any]) -> Any:
        found: list[Any] = []
        yaml12._Loader = quick
        try:
            content = through(path, file, found)
        finally:
            yaml12._Loader = slow
        return through(path, file, errors) if found else content

    pack.read = read


def migrated_once(kept: Path) -> Callable[..., Any]:
    """Django's `call_command`; but a database that was migrated before is copied."""
    from django.core.management import call_command
    from django.db import connections

    def command(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate":
            return call_command(name, *args, **options)
        connection = connections[options["database"]]
        connection.ensure_connection()
        if not kept.exists():
            call_command(name, *args, **options)
            with closing(sqlite3.connect(kept)) as copy:
                connection.connection.backup(copy)
        else:
            with closing(sqlite3.connect(kept)) as copy:
                copy.backup(connection.connection)
        return None

    return command


class Once:
    """One run, and the session ends."""

    def __init__(self, told: Told, asked: Path) -> None:
        self.told, self.asked = told, asked

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.told.run(session, json.loads(self.asked.read_text(encoding="utf-8")))
        return True


class Forks:
    """As many runs as are asked for."""

    def __init__(self, told: Told, asked: int, ended: int) -> None:
        self.told, self.asked, self.ended = told, asked, ended

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        with session.config.stash[blocking_manager_key].unblock():
            self._build()
        with os.fdopen(self.asked, encoding="utf-8") as asked, os.fdopen(self.ended, "w", encoding="utf-8") as ended:
            for line in asked:
                child = os.fork()
                if child == 0:
                    self._run(session, json.loads(line))
                print(os.waitpid(child, 0)[1], file=ended, flush=True)
        return True

    def _build(self) -> None:
        """The town, once. A run finds it built, under the regime as the packs say by then."""
        from django.core import management
        from django.db import connection
        from django.test.utils import setup_databases

        from gongyue.kernel import regimes
        from gongyue.kernel.models import RegimeVersion
        from tests import town

        setup_databases(verbosity=0, interactive=False)
        build, usual = town.build, {"districts": [town.DISTRICT]}
        built = build(**usual)
        stood = self.told.report.with_name("town.sqlite3")
        with closing(sqlite3.connect(stood)) as copy:
            connection.connection.backup(copy)
        connection.close()
        management.call_command = migrated_once(stood)

        def anew(*args: Any, **given: Any) -> Any:
            first = RegimeVersion.objects.first()
            if args or given != usual or first is None:
                return build(*args, **given)
            now = regimes.load(town.REGIME)
            if now.pk != first.pk:
                now.delete()
                now.pk = first.pk
                now.save(force_update=True)
            return built

        town.build = anew

    def _run(self, session: pytest.Session, asked: dict[str, Any]) -> None:
        """Ends the process. It does not come back."""
        try:
            self.told.run(session, asked)
        except BaseException:
            os._exit(1)
        os._exit(0)
