"""利害线索: what binds a bidder to those who judge, drafted or watch is shown to who decides, and decides nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.tendering.bindings import bindings
from gongyue.tendering.jointpage import joint_page
from gongyue.tendering.models import Bid, Commission, Tender

from .conftest import PRICES, attempt, moment, open_bids, submit_bids
from .test_consortium import agree, form, social

pytestmark = pytest.mark.django_db


def bid(line: Line, index: int = 0) -> Bid:
    return Bid.objects.select_related(*Bid.related).get(organisation=social(line, index).organisation)


def told(line: Line, on: date = date(2010, 12, 2), *, panel_known: bool = True, index: int = 0) -> list[Any]:
    found = bindings(line.dossier(on), bid(line, index), panel_known=panel_known)
    return [(one.party, one.what, one.cite) for one in found]


def employed(line: Line, person: Post, index: int, until: date | None = None) -> None:
    Post.objects.create(person=person.person, organisation=social(line, index).organisation, title="顾问",
                        since=date(2006, 1, 1), until=until, state="held", version=1)  # fmt: skip


def tie(line: Line, index: int, nature: str) -> None:
    given = {"organisation": str(social(line, index).organisation_id), "nature": nature, "other": "", "basis": "合同"}
    assert attempt(line, "tie.record", None, moment("2018-03-01"), **given).entry is not None


def test_a_member_of_the_panel_with_a_post_at_the_bidder_is_seen_by_who_may_know_of_it(
    opened: Line,
) -> None:
    name = str(social(opened, 0).organisation)
    assert told(opened) == []
    employed(opened, opened.cast.experts[0], 0, until=date(2008, 6, 1))
    assert told(opened) == [(name, "评审成员在投标人处任职", "procurement-law#第十二条")]
    assert told(opened, panel_known=False) == []
    assert told(opened, index=1) == []


def test_a_post_left_more_than_three_years_ago_is_no_lead(opened: Line) -> None:
    employed(opened, opened.cast.experts[0], 0, until=date(2007, 12, 1))
    assert told(opened) == []
    employed(opened, opened.actor("tender.draft"), 0, until=date(2007, 12, 2))
    assert [what for _party, what, _cite in told(opened)] == ["起草需求或者采购文件的人员在投标人处任职"]


def test_an_article_stands_beside_it_only_once_it_is_in_force(opened: Line) -> None:
    tie(opened, 0, "monitor")
    name = str(social(opened, 0).organisation)
    words = "为本项目提供监理、检测或者监管"
    assert told(opened) == [(name, words, "")]
    assert told(opened, date(2015, 3, 1)) == [(name, words, "procurement-regulation#第十八条")]


def test_who_evaluates_by_agreement_is_seen_by_its_name(opened: Line) -> None:
    body = social(opened, 0).organisation.name
    Commission.objects.create(purchase=opened.purchase, principal=opened.actor("tender.draft").organisation,
                              task="evaluation", body=body, number="评-1", state="signed", version=1)  # fmt: skip
    purchase = opened.purchase
    purchase.kinds = None
    purchase.save()
    assert [what for _party, what, _cite in told(opened)] == ["监管评估"]


def test_of_a_joint_bid_members_grades_and_their_ties_are_shown(announced: Line) -> None:
    """Two do the same class of work, with grades 4 and 3: 3 counts."""
    assert form(announced).entry is not None
    assert agree(announced, 3).entry is not None
    submit_bids(announced, {index: price for index, price in PRICES.items() if index != 3} | {2: "1990000"})
    open_bids(announced)
    lead, partner = social(announced, 0).organisation, social(announced, 3).organisation
    page = joint_page(announced.latest(Tender).pk, lead.pk)
    assert page is not None
    assert [(one.organisation, one.share_bp, one.grade) for one in page.members] == [
        (lead, 6000, 4), (partner, 4000, 3),
    ]  # fmt: skip
    assert [(one.work_class, one.grade, one.members) for one in page.grades] == [("社工服务", 3, [str(partner)])]
    assert joint_page(announced.latest(Tender).pk, social(announced, 1).organisation_id) is None
    employed(announced, announced.cast.experts[0], 3)
    assert told(announced) == [(str(partner), "评审成员在投标人处任职", "procurement-law#第十二条")]
