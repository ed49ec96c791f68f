"""联合体: formed by its lead, agreed to by each in its own account, secret like a bid; and whom ties keep out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.capacities import appoint
from gongyue.kernel.models import Post, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.tendering.domain.disputes import _fall as fall
from gongyue.tendering.models import Bid, Consortium, ConsortiumMember, Tender, Tie
from gongyue.tendering.models.consortium import lowest_grades, members_of, parties
from gongyue.tendering.queries import secrets

from .conftest import DUE, attempt, moment, objections

pytestmark = pytest.mark.django_db
ON = "2010-11-20"


def social(line: Line, index: int) -> Post:
    post: Post = line.cast.social[index]
    return post


def members(line: Line, *shares: tuple[int, int, str, int | None]) -> list[dict[str, Any]]:
    return [
        {
            "name": social(line, index).organisation.name, "work": "家庭服务", "percent": str(percent),
            "work_class": work_class, "grade": str(grade) if grade else "",
        }
        for index, percent, work_class, grade in shares
    ]  # fmt: skip


def form(line: Line, lead: int = 0, partner: int = 3, on: str = ON, **data: Any) -> Any:
    rows = members(line, (lead, 60, "社工服务", 4), (partner, 40, "社工服务", 3))
    given = {"members": rows, "agreement": "牵头单位与成员分工如下，承担连带责任。"} | data
    return attempt(line, "consortium.form", None, moment(on), actor=social(line, lead), **given)


def agree(line: Line, index: int, on: str = ON) -> Any:
    row = ConsortiumMember.objects.get(organisation=social(line, index).organisation, state="pending")
    return attempt(line, "consortiummember.confirm", row, moment(on), actor=social(line, index), agreed=True)


def bid(line: Line, index: int, on: str = "2010-11-25") -> Any:
    return attempt(line, "bid.submit", None, moment(on), actor=social(line, index), price="1950000")


def test_a_joint_bid_waits_until_every_member_has_agreed(announced: Line) -> None:
    assert form(announced).entry is not None
    assert objections(bid(announced, 0)) == ["joint-agreement"]
    assert agree(announced, 3).entry is not None
    assert bid(announced, 0).entry is not None
    consortium = announced.latest(Consortium)
    rows = members_of(announced.dossier(date(2010, 11, 26)), consortium)
    assert [(row.organisation.name, row.share_bp, row.state) for row in rows] == [
        (social(announced, 0).organisation.name, 6000, "confirmed"),
        (social(announced, 3).organisation.name, 4000, "confirmed"),
    ]  # fmt: skip
    assert lowest_grades(rows) == {"社工服务": 3}
    refused = attempt(announced, "consortium.dissolve", consortium, moment("2010-11-26"), actor=social(announced, 0),
                      reason="另行投标")  # fmt: skip
    assert objections(refused) == ["consortium-stays-with-its-bid"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(0, 60, "", None), (3, 30, "", None)], "工作份额合计须为 100%"),
        ([(1, 60, "", None), (3, 40, "", None)], "成员里没有牵头单位（本机构）"),
        ([(0, 60, "", None), (0, 40, "", None)], "同一成员写了两行"),
    ],
)
def test_an_agreement_names_its_lead_and_everybody_once(
    announced: Line, rows: list[tuple[int, int, str, int | None]], said: str
) -> None:
    outcome = form(announced, members=members(announced, *rows))
    assert dict(outcome.form.errors) == {"members": [said]}


def test_who_is_not_on_record_is_no_member(announced: Line) -> None:
    rows = members(announced, (0, 60, "", None), (3, 40, "", None))
    rows[1]["name"] = announced.actor("tender.publish").organisation.name
    assert "没有登记的社会组织" in str(dict(form(announced, members=rows).form.errors))


def test_it_is_secret_like_a_bid(announced: Line) -> None:
    form(announced)
    agree(announced, 3)
    own = announced.latest(Consortium)
    keys = {own.key, *(row.key for row in ConsortiumMember.objects.all())}
    officer, rival, at = announced.actor("tender.publish"), social(announced, 1), moment("2010-11-21")
    for reader in (None, officer, rival):
        assert keys <= secrets(announced.purchase, reader, at).subjects
    for index in (0, 3):
        assert own.key not in secrets(announced.purchase, social(announced, index), at).subjects
    for entry in Entry.objects.filter(action__startswith="consortium"):
        assert "连带责任" not in entry.body
        assert social(announced, 3).organisation.name not in entry.body or entry.action == "consortiummember.confirm"
    assert Role.objects.filter(purchase=announced.purchase, capacity="bidder").count() == 0


def test_each_bids_once_alone_or_jointly_from_the_regulation_on(announced: Line) -> None:
    tender = announced.latest(Tender)
    tender.bids_due_at = DUE.replace(year=2016)
    tender.save()
    form(announced, on="2016-11-02")
    assert bid(announced, 3, "2016-11-03").entry is not None
    assert objections(agree(announced, 3, "2016-11-04")) == ["no-double-bidding"]
    assert form(announced, 1, 2, on="2016-11-05").entry is not None
    assert agree(announced, 2, "2016-11-05").entry is not None
    assert objections(bid(announced, 2, "2016-11-06"))[-1:] == ["no-double-bidding"]
    assert bid(announced, 1, "2016-11-06").entry is not None


def test_whoever_has_bid_forms_none_afterwards(announced: Line) -> None:
    assert bid(announced, 0, ON).entry is not None
    assert objections(form(announced, on="2010-11-21")) == ["consortium-stays-with-its-bid"]


def test_documents_that_refuse_joint_bids_are_followed_and_silent_ones_admit_them(announced: Line) -> None:
    tender = announced.latest(Tender)
    tender.bids_due_at, tender.joint = DUE.replace(year=2018), Tender.Joint.REFUSED
    tender.save()
    assert objections(form(announced, on="2018-11-20")) == ["joint-bids-accepted"]
    tender.joint = Tender.Joint.SILENT
    tender.save()
    assert form(announced, on="2018-11-20").entry is not None


def tie(line: Line, nature: str, index: int, on: str, other: int | None = None) -> Any:
    given = {"nature": nature, "organisation": str(social(line, index).organisation_id), "basis": "委托合同"}
    if other is not None:
        given["other"] = str(social(line, other).organisation_id)
    return attempt(line, "tie.record", None, moment(on), **given)


@pytest.mark.parametrize("nature", ["design", "manage", "monitor"])
def test_whoever_designed_managed_or_monitors_does_not_bid(announced: Line, nature: str) -> None:
    tender = announced.latest(Tender)
    tender.bids_due_at = DUE.replace(year=2016)
    tender.save()
    assert tie(announced, nature, 1, "2016-11-01").entry is not None
    assert objections(bid(announced, 1, "2016-11-02")) == ["no-bid-by-who-designed"]
    assert bid(announced, 0, "2016-11-02").entry is not None


def test_ties_are_recorded_from_the_regulation_on_and_between_two_where_one_controls(announced: Line) -> None:
    officer = announced.actor("tender.publish")
    assert find("tie.record", actor=officer, at=moment(ON), purchase=announced.purchase) is None
    assert dict(tie(announced, "control", 1, "2016-11-01").form.errors) == {"other": ["请写明另一单位"]}
    assert dict(tie(announced, "design", 1, "2016-11-01", 2).form.errors) == {"other": ["这种关系不写另一单位"]}
    assert tie(announced, "control", 1, "2016-11-01", 2).entry is not None
    assert str(announced.latest(Tie)).endswith("与另一单位负责人为同一人，或者存在直接控股、管理关系")


def test_the_members_of_what_wins_become_providers_together(bidden: Line) -> None:
    first = Bid.objects.filter(tender=bidden.latest(Tender)).order_by("pk").first()
    assert first is not None
    dossier = bidden.dossier(date(2010, 11, 26))
    assert parties(dossier, first) == [first.organisation]
    made = Consortium.objects.create(
        purchase=bidden.purchase, tender=first.tender, organisation=first.organisation, agreement="协议",
        formed_at=moment(ON), state="formed",
    )  # fmt: skip
    for index in (0, 4):
        ConsortiumMember.objects.create(
            purchase=bidden.purchase, tender=first.tender, organisation=social(bidden, index).organisation,
            consortium=made, work="服务", share_bp=5000, state="confirmed",
        )  # fmt: skip
    bidden.purchase.refresh_from_db()
    fresh = bidden.dossier(date(2010, 11, 26))
    fresh.purchase.kinds = [*fresh.purchase.kinds, "consortium", "consortiummember"]
    both = [first.organisation, social(bidden, 4).organisation]
    assert parties(fresh, first) == both
    for one in both:
        appoint(bidden.purchase, "provider", one, since=date(2010, 12, 3))
    tender = first.tender
    Tender.objects.filter(pk=tender.pk).update(winner=first, awarded_at=moment("2010-12-03"), state="awarded")
    tender.refresh_from_db()
    fall(tender, moment("2010-12-10"), fresh)
    held = Role.objects.filter(purchase=bidden.purchase, capacity="provider").order_by("pk")
    assert [role.until for role in held] == [date(2010, 12, 10)] * 2
    again = appoint(bidden.purchase, "provider", both[1], since=date(2011, 1, 10))  # who wins once more
    assert (again.since, again.until) == (date(2011, 1, 10), None)
