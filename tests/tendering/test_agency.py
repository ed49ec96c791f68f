"""采购代理: proposed by the purchaser, accepted by the agent's own person, and no wider than their agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyrage
import pytest

from gongyue import clock
from gongyue.kernel.models import Obligation, Organisation, Post, Purchase, Role
from gongyue.kernel.offers import find, panel
from gongyue.kernel.perform import Outcome
from gongyue.kernel.queries import visible_purchase
from gongyue.tendering.facts import AgencyFacts, CommissionFacts
from gongyue.tendering.facts.consortium import PartnerFacts
from gongyue.tendering.models import Agency, Bid, Commission, KeyHolder, Tender
from tests.journeys.test_chengdu import CODE, OFFICES, REGISTRAR, day, later
from tests.outside import City, Outside, city

from .conftest import attempt, moment, objections

pytestmark = pytest.mark.django_db
AGENT = "锦城招标代理有限公司（演示）"


@pytest.fixture
def chengdu() -> City:
    everybody = city(CODE, REGISTRAR, OFFICES, day(9, 1))
    body = everybody.register(AGENT, "agent", "510100", "company")
    everybody.seats[AGENT] = [everybody.post(body, "项目经理", "agent-1")]
    return everybody


@pytest.fixture
def line(chengdu: City) -> Outside:
    """A purchase of the district's bureau; nothing of a tender yet."""
    started = Outside(chengdu, "锦江区民政局", "510104", finance="锦江区财政局")
    started.start(day(9, 4), service_class="public", supervisor=str(chengdu.seats["成都市民政局"][0].organisation_id))
    return started


def agent(line: Outside) -> Post:
    post: Post = line.cast.seats[AGENT][0]
    return post


def propose(line: Outside, on: str = "2018-03-12", actor: Post | None = None, **data: Any) -> Outcome:
    given = {
        "organisation": str(agent(line).organisation_id), "agreement_number": "代-2018-1",
        "powers": ["publish", "key"], "entrusted_with": "发布公告，保管一把开标钥匙", "begins_on": "2018-03-12",
        "ends_on": "2018-06-30", "fee_payer": "winner", "fee_terms": "按中标金额的1%由中标人支付",
    }  # fmt: skip
    return attempt(line, "agency.propose", None, moment(on), actor=actor, **(given | data))


def answer(line: Outside, act: str = "agency.accept", on: str = "2018-03-13", **data: Any) -> Outcome:
    given: dict[str, Any] = {"apart": "on"} if act == "agency.accept" else {"reason": "业务已满"}
    return attempt(line, act, line.latest(Agency), moment(on), actor=agent(line), **(given | data))


def sees(line: Outside, on: str) -> bool:
    assert line.purchase is not None
    return visible_purchase(agent(line), line.purchase.pk, on=date.fromisoformat(on)) is not None


def bound(line: Outside, nature: str, body: Organisation, other: Organisation | None = None) -> None:
    given: dict[str, Any] = {
        "organisation": body.pk,
        "nature": nature,
        "other": other.pk if other else "",
        "basis": "登记资料",
    }
    assert attempt(line, "tie.record", None, moment("2018-03-11"), **given).entry is not None


def written(line: Outside) -> Tender:
    """Documents as they stand drafted, whatever is in them."""
    tender = Tender.objects.create(
        purchase=line.purchase, title="独居长者关怀", ceiling_fen=1, requirement="探访", quality_standard="国标",
        state="drafted", version=1,
    )  # fmt: skip
    Purchase.objects.filter(pk=line.purchase.pk).update(kinds=None)
    return tender


def test_an_agent_does_what_its_agreement_names_and_nothing_else(line: Outside) -> None:
    tender, publish = written(line), {"bids_due_at": "2018-04-04T09:30", "opening_place": "区民政局三楼"}

    def tried(name: str, subject: Any = tender, on: str = "2018-03-14", **data: Any) -> list[str]:
        return objections(attempt(line, name, subject, moment(on), actor=agent(line), **data))

    assert tried("tender.publish", **publish) == ["kernel.capacity"]
    assert propose(line, "2018-03-13").entry is not None
    assert not sees(line, "2018-03-13")
    owed = Obligation.objects.get(purchase=line.purchase, is_open=True, action="agency.accept")
    assert owed.organisation == agent(line).organisation
    assert line.latest(Agency).powers_shown == "发布招标公告、保管、使用开标钥匙"
    assert tried("tender.publish", **publish) == ["kernel.mandate"]
    assert answer(line).entry is not None
    assert sees(line, "2018-03-14")
    asked = tried("tender.publish", **publish)
    assert asked and not any(rule.startswith("kernel.") for rule in asked)  # the law's own objections to these papers
    line.act("keyholder.take", None, later(3, 14), actor=agent(line), kept=True,
             recipient=str(pyrage.x25519.Identity.generate().to_public()))  # fmt: skip
    assert line.latest(KeyHolder).capacity == "agent"
    assert tried("tender.open") == ["kernel.mandate"]
    assert tried("tender.award") == ["kernel.capacity"]
    offered = panel(line.purchase, actor=agent(line), at=moment("2018-03-14"))
    assert {offer.action.name for offer in offered if offer.mine} == {"tender.publish", "keyholder.lose", "agency.end"}
    assert tried("tender.publish", on="2018-07-01", **publish) == ["kernel.capacity"]


def test_its_key_is_its_own_to_report_lost_until_its_agreement_ends(
    line: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(line)
    now = moment("2018-03-12")
    monkeypatch.setattr(clock, "now", lambda: now)
    assert propose(line).entry is not None
    assert answer(line).entry is not None
    for post in (agent(line), line.office[0]):
        key = str(pyrage.x25519.Identity.generate().to_public())
        line.act("keyholder.take", None, later(3, 14), actor=post, kept=True, recipient=key)
    key, own = (KeyHolder.objects.get(capacity=name) for name in ("agent", "purchaser"))
    others = (line.office[0], line.cast.seats["成都市民政局"][0])

    def tried(on: str, actor: Post, key: KeyHolder = key) -> list[str]:
        nonlocal now
        now = moment(on)
        key = KeyHolder.objects.get(pk=key.pk)
        return objections(attempt(line, "keyholder.lose", key, now, actor=actor, reason="疑似泄露"))

    assert [tried("2018-06-30", post) for post in others] == [["kernel.owner"]] * 2
    assert [tried("2018-06-30", post, own) for post in (others[1], agent(line))] == [["kernel.owner"]] * 2
    assert tried("2018-07-01", agent(line)) == ["kernel.capacity"]
    done = attempt(line, "keyholder.lose", KeyHolder.objects.get(pk=key.pk), now, actor=others[1], reason="委托已到期")
    assert done.entry is not None
    assert KeyHolder.objects.get(pk=key.pk).state == "lost"


@pytest.mark.parametrize("ended", [False, True])
def test_an_agent_reports_its_own_key_and_one_whose_agreement_was_ended_leaves_it_to_the_others(
    line: Outside, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    written(line)
    now = moment("2018-03-15")
    monkeypatch.setattr(clock, "now", lambda: now)
    assert propose(line).entry is not None
    assert answer(line).entry is not None
    public = str(pyrage.x25519.Identity.generate().to_public())
    line.act("keyholder.take", None, later(3, 14), actor=agent(line), kept=True, recipient=public)
    if ended:
        assert answer(line, "agency.end", "2018-03-15").entry is not None
    tries = {"agent": agent(line), "purchaser": line.office[0]}
    done = [
        name for name, post in tries.items()
        if attempt(line, "keyholder.lose", line.latest(KeyHolder), now, actor=post, reason="遗失").entry is not None
    ]  # fmt: skip
    assert done == (["purchaser"] if ended else ["agent"])


def test_only_the_purchaser_appoints_and_finance_has_no_part_in_it(line: Outside) -> None:
    for other in (line.money, line.cast.seats["成都市民政局"][0], agent(line), line.cast.social[0]):
        assert objections(propose(line, actor=other)) == ["kernel.capacity"]
    assert "organisation" in propose(line, organisation=str(line.money.organisation_id)).form.errors


def test_the_term_is_kept_and_either_side_ends_it(line: Outside) -> None:
    assert objections(propose(line, ends_on="")) == ["agency-whole"]
    assert "ends_on" in propose(line, ends_on="2018-03-01").form.errors
    assert "fee_terms" in propose(line, fee_terms="").form.errors
    assert propose(line).entry is not None
    assert objections(answer(line, apart="")) == ["agent-declares-apart"]
    assert answer(line).entry is not None
    role = Role.objects.get(purchase=line.purchase, capacity="agent")
    assert (role.since, role.until, role.partial) == (date(2018, 3, 13), date(2018, 7, 1), False)
    assert (sees(line, "2018-06-30"), sees(line, "2018-07-01")) == (True, False)
    assert find("agency.propose", actor=line.office[0], at=moment("2018-03-14"), purchase=line.purchase) is None
    assert answer(line, "agency.end", "2018-04-01").entry is not None
    assert not sees(line, "2018-04-01")
    assert propose(line, "2018-04-02").entry is not None
    assert answer(line, "agency.decline", "2018-04-03").entry is not None
    assert not Agency.objects.filter(state__in=["proposed", "agreed"]).exists()
    assert propose(line, "2018-04-04").entry is not None
    ended = attempt(line, "agency.end", line.latest(Agency), moment("2018-04-05"), reason="另行选择")
    assert ended.entry is not None


def test_none_is_named_once_the_result_is_out(line: Outside) -> None:
    tender = written(line)
    bid = Bid.objects.create(
        purchase=line.purchase, tender=tender, organisation=line.cast.social[0].organisation, price_fen=1,
        plan="探访", fund_rules="专账", profile="成立五年", submitted_at=moment("2018-03-12"), state="qualified",
    )  # fmt: skip
    offered = []
    for state, winner in (("scored", None), ("awarded", bid)):
        Tender.objects.filter(pk=tender.pk).update(state=state, winner=winner, awarded_at=moment("2018-03-13"))
        offered.append(find("agency.propose", actor=line.office[0], at=moment("2018-03-14"), purchase=line.purchase))
    assert [one is not None for one in offered] == [True, False]


@pytest.mark.parametrize("bond", ["founded", "head", "people"])
def test_who_is_bound_to_an_office_is_no_agent(line: Outside, bond: str) -> None:
    body, bureau = agent(line).organisation, line.office[0].organisation
    if bond == "founded":
        bound(line, "founder", body)
    elif bond == "head":
        bound(line, "control", body, bureau)
    else:
        Post.objects.create(person=agent(line).person, organisation=line.money.organisation, title="采购监管岗",
                            since=date(2018, 1, 1), state="held", version=1)  # fmt: skip
    assert objections(propose(line)) == ["agent-apart-from-offices"]


def test_a_branch_of_the_agent_does_not_bid(line: Outside) -> None:
    branch = line.cast.social[0].organisation
    bound(line, "control", branch, agent(line).organisation)
    bound(line, "organise", line.cast.social[2].organisation)
    assert propose(line).entry is not None
    assert answer(line).entry is not None
    tender = Tender(purchase=line.purchase)

    def counted(number: int, on: date) -> int:
        return PartnerFacts.of(line.dossier(on), tender, line.cast.social[number].organisation_id).agents

    assert [counted(n, later(3, 14)) for n in (0, 1, 2)] == [1, 0, 1]
    assert counted(0, later(7, 2)) == 0  # the agreement has run out


def test_an_agent_that_also_evaluates_is_seen_from_both_sides(line: Outside) -> None:
    body = agent(line).organisation
    bound(line, "evaluate", body)
    assert propose(line).entry is not None
    dossier = line.dossier(later(3, 14))
    assert AgencyFacts.of(line.latest(Agency), dossier).other_tasks == 1
    paper = Commission(purchase=line.purchase, task="evaluation", body=body.name)
    assert CommissionFacts.of(paper, dossier).other_tasks == 1
