"""Who is shown what of a tender follows from parts and seats: the same kind of office buys here and looks on there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post, Purchase
from gongyue.kernel.offers import find
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import (
    Bid,
    Clarification,
    Correction,
    Enquiry,
    Explanation,
    FalseStatement,
    Question,
    Talk,
    Tender,
)
from tests.journeys import test_methods
from tests.journeys.test_chengdu import CODE, OFFICES, REGISTRAR, day
from tests.journeys.test_suzhou import CODE as SUZHOU
from tests.journeys.test_suzhou import OFFICES as SUZHOU_OFFICES
from tests.journeys.test_suzhou import REGISTRAR as SUZHOU_REGISTRAR
from tests.journeys.test_suzhou import STREET
from tests.outside import City, Outside, city
from tests.tendering.conftest import attempt, moment
from tests.tendering.test_agency import AGENT, answer, propose

from .conftest import Desk, text

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Today = Callable[[str], date]
ALL = ("", "evaluation/", "supervision/", "openness/", "disputes/", "binder/")
AT = moment("2018-03-21")
DEPARTMENT = ("锦江区教育局", "department", "510104", "department")


def called(line: Outside, **data: Any) -> Tender:
    """A call that stands until the fourth of April, whatever its documents say."""
    given: dict[str, Any] = {"state": "announced", "announced_at": moment("2018-03-14")} | data
    tender = Tender.objects.create(
        purchase=line.purchase, title="独居长者关怀", ceiling_fen=50_000_000, requirement="探访",
        quality_standard="国标", bids_due_at=moment("2018-04-04"), version=1, **given,
    )  # fmt: skip
    Purchase.objects.filter(pk=line.purchase.pk).update(kinds=None)
    return tender


def talking(line: Outside, way: str = "negotiation") -> list[Bid]:
    """Three answered and were found fit."""
    opened = {"opened_at": moment("2018-03-20"), "state": "opened"}
    tender = called(line, way=way, **opened)
    return [
        Bid.objects.create(
            purchase=line.purchase, tender=tender, organisation=post.organisation, price_fen=48_000_000 + n,
            plan="探访", fund_rules="专账", profile="从事多年", submitted_at=moment("2018-03-19"), state="qualified",
            version=1,
        )
        for n, post in enumerate(line.cast.social[:3])
    ]  # fmt: skip


def told(client: Client, purchase: Purchase, names: list[str]) -> list[str]:
    """On which parts of a purchase's page any of them is named."""
    shown = {part: text(client.get(f"/purchases/{purchase.pk}/{part}")) for part in ALL}
    return [part for part, page in shown.items() if any(name in page for name in names)]


@pytest.fixture
def chengdu() -> City:
    everybody = city(CODE, REGISTRAR, [*OFFICES, DEPARTMENT], day(9, 1))
    body = everybody.register(AGENT, "agent", "510100", "company")
    everybody.seats[AGENT] = [everybody.post(body, "项目经理", "agent-1")]
    return everybody


def started(everybody: City, office: str) -> Outside:
    line = Outside(everybody, office, "510104", finance="锦江区财政局")
    supervisor = str(everybody.seats["成都市民政局"][0].organisation_id)
    line.start(day(9, 4), service_class="public", supervisor=supervisor)
    return line


def test_in_shanghai_the_bureau_that_registers_does_not_learn_who_is_talked_with(desk: Desk, today: Today) -> None:
    town = test_methods.negotiated()
    test_methods.talk(town, date(2014, 3, 13))
    sequence()
    today("2014-03-14")
    purchase = Purchase.objects.get(pk=town.purchase.pk)
    bids = list(Bid.objects.filter(purchase=purchase))
    names = [bid.organisation.name for bid in bids]
    others = {"registrar": town.cast.city[0], "finance": town.finance, "committee": town.committee}
    assert {who: told(desk(post), purchase, names) for who, post in others.items()} == dict.fromkeys(others, [])
    assert "" in told(desk(town.purchaser), purchase, names)
    assert "" in told(desk(town.experts[0]), purchase, names)
    talk, bid = Talk.objects.filter(purchase=purchase).earliest("pk"), bids[0]
    readers = {"purchaser": town.purchaser, "group": town.experts[0], "outside": town.experts[4]} | others
    assert [who for who, post in readers.items() if talk.visible_to(post)] == ["purchaser", "group"]
    assert [who for who, post in readers.items() if bid.visible_to(post)] == ["purchaser", "group"]


@pytest.mark.parametrize("way", ["negotiation", "consultation"])
def test_in_chengdu_neither_finance_nor_the_supervising_bureau_learns_it(
    way: str, chengdu: City, desk: Desk, today: Today
) -> None:
    line = started(chengdu, "锦江区民政局")
    names = [bid.organisation.name for bid in talking(line, way)]
    today("2018-03-21")
    others = {"finance": line.money, "supervisor": chengdu.seats["成都市民政局"][0], "rich": chengdu.city[0]}
    assert {who: told(desk(post), line.purchase, names) for who, post in others.items()} == dict.fromkeys(others, [])


def test_no_price_is_put_right_and_none_explained_in_talks(chengdu: City) -> None:
    line = started(chengdu, "锦江区民政局")
    bid = talking(line)[0]
    acts = ("correction.ask", "explanation.ask")
    assert [_found(line, act, line.office[0], bid) for act in acts] == [None, None]
    Tender.objects.filter(pk=bid.tender_id).update(way="open")
    assert [type(_found(line, act, line.office[0], bid)) for act in acts] == [Correction, Explanation]


def _found(line: Outside, act: str, actor: Post, bid: Bid) -> Any:
    return find(act, actor=actor, at=AT, purchase=line.purchase, seed=str(bid.pk))


def test_what_is_untrue_in_an_answer_is_between_its_bidder_and_the_purchaser_until_the_result(chengdu: City) -> None:
    line = started(chengdu, "锦江区民政局")
    bid = talking(line)[0]
    record = FalseStatement.objects.create(
        purchase=line.purchase, bid=bid, part="plan", what="人员不实", evidence="名册", state="recorded", version=1
    )
    readers = {
        "purchaser": line.office[0], "bidder": chengdu.social[0], "rival": chengdu.social[1], "finance": line.money,
        "supervisor": chengdu.seats["成都市民政局"][0],
    }  # fmt: skip
    assert [who for who, post in readers.items() if record.visible_to(post)] == ["purchaser", "bidder"]
    Tender.objects.filter(pk=bid.tender_id).update(awarded_at=moment("2018-04-02"))
    fresh = FalseStatement.objects.get(pk=record.pk)
    assert [who for who, post in readers.items() if not fresh.visible_to(post)] == ["rival"]


def test_in_chengdu_a_department_records_its_talks(chengdu: City, desk: Desk, today: Today) -> None:
    line = started(chengdu, "锦江区教育局")
    bid = talking(line)[0]
    today("2018-03-21")
    url = f"/do/talk.record/new/?purchase={line.purchase.pk}&seed={bid.pk}"
    assert [desk(post).get(url).status_code for post in (line.office[0], chengdu.seats["锦江区民政局"][0])] == [
        200,
        404,
    ]
    subject = _found(line, "talk.record", line.office[0], bid)
    done = attempt(line, "talk.record", subject, AT, actor=line.office[0], content="逐项确认探访次数")
    assert (done.entry is not None, Talk.objects.get().bid, Talk.objects.get().visible_to(line.office[0])) == (
        True, bid, True,
    )  # fmt: skip


def test_in_chengdu_a_department_has_a_price_put_right_and_reads_it(chengdu: City) -> None:
    line = started(chengdu, "锦江区教育局")
    bid = talking(line, "open")[0]
    assert type(_found(line, "correction.ask", line.office[0], bid)) is Correction
    asked = Correction.objects.create(
        purchase=line.purchase, bid=bid, before_fen=48_000_000, after_fen=47_000_000, steps=[4], reason="汇总",
        state="asked", version=1,
    )  # fmt: skip
    assert [asked.visible_to(post) for post in (line.office[0], chengdu.social[0], chengdu.social[1])] == [
        True, True, False,
    ]  # fmt: skip


def enquired(line: Line) -> Clarification:
    asker = line.cast.social[0]
    enquiry = Enquiry.objects.create(
        purchase=line.purchase, tender=line.latest(Tender), organisation=asker.organisation, question="服务时段？",
        asked_at=moment("2018-03-15"), state="asked", version=1,
    )  # fmt: skip
    found: Clarification = Clarification.objects.create(
        purchase=line.purchase, tender=line.latest(Tender), enquiry=enquiry, state="pending", version=0
    )
    return found


def questioned(line: Line) -> Question:
    found: Question = Question.objects.create(
        purchase=line.purchase, tender=line.latest(Tender), organisation=line.cast.social[1].organisation,
        respondent=line.purchase.opened_by, text="何时开标？", asked_at=moment("2018-03-15"), state="asked", version=1,
    )  # fmt: skip
    return found


def test_in_suzhou_the_street_answers_enquiries_and_the_city_does_not_learn_of_them(desk: Desk, today: Today) -> None:
    everybody = city(SUZHOU, SUZHOU_REGISTRAR, SUZHOU_OFFICES, day(1, 3))
    line = Outside(everybody, "苏锦街道办事处", STREET, finance="苏州市财政局")
    line.start(day(3, 6))
    called(line)
    pending = enquired(line)
    today("2018-03-16")
    url = f"/do/clarification.give/{pending.pk}/"
    posts = {
        "street": line.office[0], "district": everybody.seats["姑苏区民政局"][0], "city": everybody.city[0],
        "finance": line.money, "bidder": everybody.social[0],
    }  # fmt: skip
    assert [who for who, post in posts.items() if desk(post).get(url).status_code == 200] == ["street", "district"]
    page = text(desk(line.office[0]).get(url))
    assert ("服务时段" in page, everybody.social[0].organisation.name in page) == (True, False)
    sent = {"question": "服务时段", "answer": "九点到五点", "seen": "0", "request_id": str(uuid4())}
    assert desk(line.office[0]).post(url, sent).status_code == 303
    assert Clarification.objects.get().state == "answered"


def entrusted(chengdu: City, *powers: str) -> Outside:
    line = started(chengdu, "锦江区教育局")
    Tender.objects.create(
        purchase=line.purchase, title="独居长者关怀", ceiling_fen=1, requirement="探访", quality_standard="国标",
        state="drafted", version=1,
    )  # fmt: skip
    Purchase.objects.filter(pk=line.purchase.pk).update(kinds=None)
    assert propose(line, "2018-03-13", powers=list(powers), fee_payer="none", fee_terms="").entry is not None
    assert answer(line, on="2018-03-13").entry is not None
    Tender.objects.filter(purchase=line.purchase).update(state="announced", announced_at=moment("2018-03-14"))
    return line


@pytest.mark.parametrize(("powers", "on", "opens"), [
    (("publish", "clarify"), "2018-03-16", 200), (("publish", "open"), "2018-03-16", 404),
    (("publish", "clarify"), "2018-07-02", 404),
])  # fmt: skip
def test_an_agent_opens_what_its_agreement_lets_it_answer(
    powers: tuple[str, ...], on: str, opens: int, chengdu: City, desk: Desk, today: Today
) -> None:
    """The agreement runs until the end of June."""
    line = entrusted(chengdu, *powers)
    pending, question = enquired(line), questioned(line)
    today(on)
    client = desk(chengdu.seats[AGENT][0])
    urls = (f"/do/clarification.give/{pending.pk}/", f"/do/question.answer/{question.pk}/")
    assert [client.get(url).status_code for url in urls] == [opens, opens]


def test_before_the_opening_a_question_is_known_to_whoever_buys_alone(chengdu: City) -> None:
    line = started(chengdu, "锦江区教育局")
    called(line)
    question = questioned(line)
    readers = {
        "purchaser": line.office[0], "asker": chengdu.social[1], "rival": chengdu.social[0], "finance": line.money,
        "supervisor": chengdu.seats["成都市民政局"][0], "bureau": chengdu.seats["锦江区民政局"][0],
    }  # fmt: skip
    assert [who for who, post in readers.items() if question.visible_to(post)] == ["purchaser", "asker"]


def test_who_stands_in_a_purchase_is_read_once(chengdu: City, django_assert_num_queries: Any) -> None:
    line = started(chengdu, "锦江区教育局")
    bids = talking(line)
    purchase = Purchase.objects.get(pk=line.purchase.pk)
    for bid in bids:
        bid.purchase = purchase
    with django_assert_num_queries(1):
        assert [bid.visible_to(line.office[0]) for bid in bids] == [True, True, True]
        assert [bid.visible_to(line.money) for bid in bids] == [False, False, False]
