"""What becomes of the old centre's posts and people in either mode, and who runs a mode-two centre."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Purchase
from gongyue.ledger.models import Entry
from gongyue.programmes.facts import EntityFacts, StaffFacts
from gongyue.programmes.models import OperatorEntity, Secondment, StaffTransfer
from tests.parties.acts import attempt, content, done, errors, refusals

STREET = "440104:广卫街"
MOVED = [{"unit": "出租屋管理中心", "posts": "4", "staff": "3"}]
SECONDED = {"name": "谭小满", "duty": "长者服务", "origin": "街道文化站", "since": "2010-09-01"}
BODY = {
    "name": "广卫街中心", "registration_number": "粤穗民证1号", "registered_on": "2010-08-20",
    "registration_authority": "越秀区民政局", "founder": "某基金会", "supervisor": "other",
    "supervisor_name": "越秀区民政局", "staff_total": "12",
}  # fmt: skip


@pytest.fixture
def one(line: Line) -> Purchase:
    return line.open(date(2010, 8, 3))


@pytest.fixture
def two(one: Purchase) -> Iterator[Purchase]:
    """The same street, as if the list had it in mode two."""
    Purchase.objects.filter(pk=one.pk).update(mode="two", bought=False)
    one.refresh_from_db()
    yield one


@pytest.fixture
def street(cast: Cast) -> Post:
    return cast.streets[STREET]


def record(purchase: Purchase, street: Post, **data: object) -> StaffTransfer:
    transfer = StaffTransfer.objects.filter(purchase=purchase).first() or StaffTransfer(purchase=purchase)
    given = {"posts": "6", "staff": "5", "placements": MOVED} | data
    found: StaffTransfer = done(attempt("transfer.record", transfer, street, "2010-09-01", **given))
    return found


@pytest.mark.clause("GZ-S-3.1b")
def test_a_mode_one_centre_keeps_no_posts(one: Purchase, street: Post, line: Line) -> None:
    transfer = record(one, street)
    assert (transfer.posts_left, transfer.staff_placed) == (2, 3)
    assert StaffFacts.of(line.dossier(date(2010, 9, 1))).posts_left == 2
    assert refusals(attempt("transfer.settle", transfer, street, "2010-09-02")) == ["no-posts-remain"]
    row = Obligation.objects.get(action="transfer.settle", is_open=True)
    assert str(row.organisation) == "广卫街道办事处"
    rest = [*MOVED, {"unit": "环卫站", "posts": "2", "staff": "2"}]
    transfer = record(one, street, placements=rest)
    settled = done(attempt("transfer.settle", transfer, street, "2010-09-03"))
    assert (settled.state, settled.settled_on) == ("settled", date(2010, 9, 3))


@pytest.mark.clause("GZ-S-3.1b")
def test_the_street_is_asked_for_it_when_its_plan_is_approved(line: Line, one: Purchase, cast: Cast) -> None:
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    row = Obligation.objects.get(action="transfer.record")
    assert (str(row.organisation), row.is_open) == ("广卫街道办事处", True)
    assert not Obligation.objects.filter(action="entity.record").exists()
    other = attempt("transfer.record", StaffTransfer(purchase=one), cast.city[0], "2010-09-01", posts="1", staff="1")
    assert refusals(other) == ["kernel.capacity"]


def test_more_cannot_be_moved_than_there_was(one: Purchase, street: Post) -> None:
    bad = attempt(
        "transfer.record", StaffTransfer(purchase=one), street, "2010-09-01", posts="3", staff="5", placements=MOVED
    )
    assert errors(bad) == {"placements": ["转入的合计超过原有数"]}
    row = attempt(
        "transfer.record", StaffTransfer(purchase=one), street, "2010-09-01", posts="3", staff="5",
        placements=[{"unit": "", "posts": "1", "staff": "1"}],
    )  # fmt: skip
    assert errors(row) == {"placements": ["第 1 行 转入单位：这个字段是必填项。"]}


@pytest.mark.clause("GZ-S-3.2b")
def test_secondment_is_for_mode_two_only(one: Purchase, street: Post) -> None:
    found = attempt("secondment.begin", Secondment(purchase=one), street, "2010-09-01", **SECONDED)
    assert refusals(found) == ["secondment-in-mode-two"]


def staff(line: Line, on: date, entity: OperatorEntity) -> tuple[int, int]:
    """Seconded, and the body's own."""
    away = StaffFacts.of(line.dossier(on)).seconded
    return away, entity.own_staff(away)


@pytest.mark.clause("GZ-S-3.2b")
def test_seconded_staff_count_for_no_provider(two: Purchase, street: Post, line: Line, cast: Cast) -> None:
    assert refusals(attempt("secondment.begin", Secondment(purchase=two), cast.city[0], "2010-09-01", **SECONDED)) == [
        "kernel.capacity"
    ]
    outcome = attempt("secondment.begin", Secondment(purchase=two), street, "2010-09-01", **SECONDED)
    first = done(outcome)
    assert "谭小满" not in (outcome.entry or Entry()).body
    done(attempt("secondment.begin", Secondment(purchase=two), street, "2010-09-02", **(SECONDED | {"name": "孔大为"})))
    entity = done(attempt("entity.record", OperatorEntity(purchase=two), street, "2010-09-03", **BODY))
    assert staff(line, date(2010, 9, 3), entity) == (2, 10)
    early = attempt("secondment.end", first, street, "2011-03-01", until="2010-08-31")
    assert errors(early) == {"until": ["不能早于派驻日期"]}
    assert refusals(attempt("secondment.end", first, cast.city[0], "2011-03-01", until="2011-03-01")) == [
        "kernel.capacity"
    ]
    done(attempt("secondment.end", first, street, "2011-03-01", until="2011-03-01"))
    assert staff(line, date(2011, 3, 1), entity) == (1, 11)
    assert StaffFacts.of(line.dossier(date(2011, 3, 1))) == StaffFacts(posts_left=None, seconded=1)


@pytest.mark.clause("GZ-S-3.2a")
def test_a_mode_two_street_records_the_body_that_runs_its_centre(line: Line, two: Purchase, street: Post) -> None:
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    assert Obligation.objects.get(action="entity.record").is_open
    bare = attempt("entity.record", OperatorEntity(purchase=two), street, "2010-09-01", name="中心")
    assert {"registration_number", "registered_on", "supervisor", "supervisor_name"} <= set(errors(bare))
    assert refusals(
        attempt("entity.record", OperatorEntity(purchase=two), line.cast.city[0], "2010-09-01", **BODY)
    ) == ["kernel.capacity"]
    entity = done(attempt("entity.record", OperatorEntity(purchase=two), street, "2010-09-01", **BODY))
    assert (entity.registration_number, entity.get_supervisor_display(), entity.conflict) == (
        "粤穗民证1号", "其他单位", False,
    )  # fmt: skip


@pytest.mark.clause("GZ-S-3.2a")
def test_in_mode_one_there_is_no_such_body(one: Purchase, street: Post) -> None:
    found = attempt("entity.record", OperatorEntity(purchase=one), street, "2010-09-01", **BODY)
    assert refusals(found) == ["entity-in-mode-two"]


@pytest.mark.clause("GZ-S-3.2a")
def test_a_street_that_founded_its_operator_and_supervises_it_says_who_else_looks(
    two: Purchase, street: Post, line: Line
) -> None:
    own = BODY | {"founded_by_street": True, "supervisor": "street", "authorisation": "区府办1号"}
    assert refusals(attempt("entity.record", OperatorEntity(purchase=two), street, "2010-09-01", **own)) == [
        "founder-supervises"
    ]
    reason = {"acknowledge-founder-supervises": "区民政局按季度独立检查"}
    outcome = attempt("entity.record", OperatorEntity(purchase=two), street, "2010-09-01", **own, **reason)
    assert done(outcome).conflict is True
    assert content(outcome.entry)["acknowledged"] == {"founder-supervises": "区民政局按季度独立检查"}
    assert EntityFacts.of(line.dossier(date(2010, 9, 1))) == EntityFacts(registered=True, conflict=True)


def test_the_law_on_such_bodies_is_pointed_at(two: Purchase, street: Post) -> None:
    own = BODY | {"state_assets": True, "supervisor": "street", "authorisation": ""}
    assert refusals(attempt("entity.record", OperatorEntity(purchase=two), street, "2010-09-01", **own)) == [
        "founded-with-private-assets", "supervisor-authorised",
    ]  # fmt: skip
