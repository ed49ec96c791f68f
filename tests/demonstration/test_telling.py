"""The demonstration as `make run` loads it, in a database of its own: it tells everything, and everybody has work."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gongyue.demonstration.accounts import ACCOUNTS
from gongyue.demonstration.streets import STORIES, TODAY
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, kinds
from gongyue.kernel.models import PurchaseSubject

ROOT = Path(__file__).parents[2]
REGIME = "cn-gd-guangzhou"
UNTOLD = {
    "agency.propose": "every purchaser of the demonstration tenders itself",
    "agency.accept": "every purchaser of the demonstration tenders itself",
    "agency.decline": "every purchaser of the demonstration tenders itself",
    "agency.end": "every purchaser of the demonstration tenders itself",
    "commission.tender": "every purchaser of the demonstration tenders itself",
    "consortium.form": "every organisation of the cast bids alone",
    "consortium.dissolve": "no consortium is formed",
    "consortiummember.confirm": "no consortium is formed",
    "consortiummember.refuse": "no consortium is formed",
    "bid.exceed": "no demonstrated bid is above its ceiling",
    "sealedbid.fault": "no demonstrated ciphertext was spoilt",
    "sealedbid.ask_copy": "every demonstrated bid is opened by keys",
    "sealedbid.leave": "every demonstrated bid is opened by keys",
    "sealedbid.stand_in": "every demonstrated bid is opened by keys",
    "tender.on_paper": "who set a lock in the demonstration stayed with it",
    "programme.summarise": "the pilot ends on 2012-09-30, after the demonstration's day",
    "stagereport.submit": "the pilot stage ends on 2012-09-30, after the demonstration's day",
    "tender.relief": "no norm of 2010 asks the documents to say where suppliers turn",
    "tender.next": "no challenge of the demonstration changes a result",
    "tender.give_up": "no call of the demonstration has several winners",
    "contract.revoke": "no challenge of the demonstration changes a result",
    "tender.annul": "no challenge of the demonstration changes a result",
    "complaint.file": "the challenger of the demonstration is satisfied with its answer",
    "complaint.decide": "the challenger of the demonstration is satisfied with its answer",
    "pause.order": "nothing is paused where nobody complains",
    "pause.lift": "nothing is paused where nobody complains",
    "topup.commit": "the annex's grants bound what the contracts of 2010 may come to, and all of that is committed",
}
OPEN_WORK = """
    SELECT person.username, count(*) FROM kernel_obligation AS owed
    JOIN kernel_post AS post ON post.organisation_id = owed.organisation_id AND post.until IS NULL
    JOIN kernel_person AS person ON person.id = post.person_id
    WHERE owed.is_open AND (NOT owed.personal OR owed.post_id = post.id) GROUP BY person.username
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """An empty one, with its tables."""
    path = tmp_path / "demonstration.sqlite3"
    run(path, "migrate", "--verbosity", "0")
    yield path


def run(database: Path, *words: str) -> str:
    """The command's output. AssertionError: it failed; what it said is shown."""
    told = {"DATABASE_URL": f"sqlite:///{database}", "GONGYUE_DEMONSTRATION": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "gongyue.cli", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def kinds_not_kept(read: sqlite3.Connection) -> dict[int, set[str]]:
    """Of each purchase the kinds that it has rows of and does not say it has: a dossier would not look for them."""
    kept = {pk: set(json.loads(said)) for pk, said in read.execute("SELECT id, kinds FROM kernel_purchase")}
    for kind in kinds():
        if issubclass(kind, PurchaseSubject):
            narrowed = f" WHERE purpose = '{kind.purpose_of_kind}'" if kind._meta.proxy else ""
            for (pk,) in read.execute(f"SELECT DISTINCT purchase_id FROM {kind._meta.db_table}{narrowed}"):
                kept[pk] ^= {kind.kind} if kind.kind in kept[pk] else {f"{kind.kind} is missing"}
    return {pk: wrong for pk, rest in kept.items() if (wrong := {one for one in rest if one != "purchase"})}


@pytest.mark.once
@pytest.mark.django_db
def test_every_action_is_told_and_everybody_has_work(database: Path) -> None:
    said = run(database, "demonstrate").splitlines()
    assert [line for line in said if line.endswith("2010 年 8 月") or line.endswith("2011 年 11 月")] == [
        "  办理 2010 年 8 月", "  办理 2011 年 11 月",
    ]  # fmt: skip
    assert said[-1] == f"演示就绪，时钟停在 {TODAY.isoformat()}"
    with closing(sqlite3.connect(database)) as read:
        told = {name for (name,) in read.execute("SELECT DISTINCT action FROM ledger_entry")}
        work = dict(read.execute(OPEN_WORK))
        streets = read.execute("SELECT count(*) FROM kernel_purchase WHERE NOT by_reference").fetchone()
        missing = read.execute("SELECT count(*) FROM ledger_entry WHERE NOT EXISTS "
                               "(SELECT 1 FROM ledger_leaf WHERE entry_id = ledger_entry.id)").fetchone()  # fmt: skip
        unkept = kinds_not_kept(read)
    assert unkept == {}
    regime = regimes.current(REGIME)
    known = {name for name in ACTIONS if regime.who(name, TODAY)}  # later law brings acts of its own
    assert known - told == UNTOLD.keys()
    assert [account.username for account in ACCOUNTS if not work.get(account.username)] == []
    assert (streets, missing) == ((len(STORIES),), (0,))
    for verify in ("ledger", "money", "seals"):
        run(database, verify, "verify")
    with closing(sqlite3.connect(database)) as read:
        first = read.execute("SELECT purchase FROM ledger_entry GROUP BY purchase HAVING purchase ORDER BY count(*)"
                             " DESC LIMIT 1").fetchone()[0]  # fmt: skip
    assert "，0 次会被拒绝，" in run(database, "packs", "replay", REGIME, str(first)).splitlines()[-1]
    assert run(database, "demonstrate", "--if-empty") == ""
