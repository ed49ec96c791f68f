"""The committee: planned, drawn in the pool or by a draw that anyone repeats, signed in, led, changed, dissolved.

Bids of 2010 are opened here in April 2018, under the Regulation and Order 87.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from gongyue.budget import procurement
from gongyue.budget.models import CatalogueEntry, PlanItem
from gongyue.demonstration.line import Line
from gongyue.kernel.actions import vocabulary
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.drawing import draw
from gongyue.kernel.models import Document, Obligation, Post, Purchase, Role
from gongyue.kernel.perform import Outcome
from gongyue.ledger.models import Entry, Opening
from gongyue.policy import Regime, run_pack_tests
from gongyue.tendering.composition import groups, lacking
from gongyue.tendering.facts import PanelFacts, procured
from gongyue.tendering.models import Bid, Committee, Consortium, ConsortiumMember, PanelSeat, ScoreSheet, SignIn, Tender
from gongyue.tendering.panelpage import panel_page
from gongyue.tendering.queries import panel, secrets
from tests.packs.conftest import OWN

from .conftest import POINTS, attempt, objections, scores
from .evaluating import BEACON, THEN, committee, done, later, members, officers, plan, seat, sign_in, sitting, submit

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys
NEXT = later(24 * 60)  # when the number that an own draw waits for is public


# --- planning and drawing -------------------------------------------------------------------------------------------


def test_before_the_regulation_there_is_no_committee(line: Line) -> None:
    first = date(2015, 3, 1)
    for name in ("committee.form", "committee.seat", "signin.sign"):
        assert (line.regime.who(name, first - timedelta(days=1)), line.regime.who(name, first) is None) == (None, False)


def test_the_record_of_the_pool_seats_its_experts(ready: Line) -> None:
    done(plan(ready))
    assert sitting(ready) == [(officers(ready)[0].pk, "representative", "hand")]
    outcome = done(seat(ready))
    found = committee(ready)
    assert (found.state, found.record_number, found.reserves) == (
        "seated", "粤财采抽〔2018〕112号", [ready.cast.experts[4].pk],
    )  # fmt: skip
    assert sorted(sitting(ready)[1:]) == [(post.pk, "expert", "official") for post in ready.cast.experts[:4]]
    kept = Document.objects.get(subject=found.key)
    assert (kept.field, kept.name, kept.restricted) == ("paper", "抽取单.pdf", True)
    assert outcome.entry is not None
    secret = ["input.drawer", "input.experts", "input.reserves", "input.supervisor"]
    assert sorted(Opening.objects.filter(entry=outcome.entry).values_list("path", flat=True)) == secret
    assert "何某" not in outcome.entry.body


def test_the_record_names_as_many_as_were_planned(ready: Line) -> None:
    done(plan(ready))
    assert seat(ready, 0, 1, 2).form.errors == {"experts": ["组建方案定的是 4 名专家"]}
    assert seat(ready, reserves=(3,)).form.errors == {"reserves": ["备选专家不能是已经抽中的专家"]}


def test_nobody_is_picked_and_nothing_drawn_here_in_a_procurement(ready: Line) -> None:
    assert objections(plan(ready, way="own")) == ["draw-in-the-pool"]
    assert objections(plan(ready, size="4", experts="2")) == ["members-odd", "experts-two-thirds"]
    assert objections(plan(ready, way="selected", larger="complex", size="7", experts="5")) == ["selected-with-consent"]
    tender = ready.latest(Tender)
    assert objections(attempt(ready, "tender.appoint", tender, THEN)) == ["experts-by-lot"]


def own_draw(line: Line, at: datetime = THEN) -> Committee:
    """Outside procurement: three members, two of them drawn here. Planned on the day before the number is public."""
    Purchase.objects.filter(pk=line.purchase.pk).update(bought=False)
    done(plan(line, at, way="own", size="3", experts="2"))
    return committee(line)


def test_an_own_draw_is_fixed_before_and_repeated_afterwards(ready: Line) -> None:
    """What the ledger holds beforehand, what was opened after the award and nothing else give the experts again."""
    fixed = own_draw(ready)
    entry = Entry.objects.get(subject=fixed.key, action="committee.form")
    assert fixed.seed_value not in entry.body and fixed.pool[0] not in entry.body
    assert f'"seed_sha256":"{fixed.seed_sha256}"' in entry.body and f'"pool_sha256":"{fixed.pool_sha256}"' in entry.body
    done(attempt(ready, "committee.seat", fixed, NEXT, witness="7391", attendance="监督人郑某"))
    assert objections(attempt(ready, "committee.open", committee(ready), NEXT)) == ["draw-opened-after-award"]
    Tender.objects.filter(purchase=ready.purchase).update(
        awarded_at=THEN, state="awarded", winner=Bid.objects.filter(purchase=ready.purchase).first()
    )
    done(attempt(ready, "committee.open", committee(ready), NEXT))
    told = committee(ready)
    assert hashlib.sha256(told.opened_seed.encode()).hexdigest() == fixed.seed_sha256
    assert hashlib.sha256("\n".join(told.pool).encode()).hexdigest() == fixed.pool_sha256
    key = f"{told.opened_seed}:7391".encode()
    order = sorted(told.pool, key=lambda one: hmac.new(key, one.encode(), hashlib.sha256).hexdigest())
    assert told.drawn == order
    experts = [post for post, part, origin in sitting(ready) if (part, origin) == ("expert", "own")]
    assert sorted(f"expert-{pk}" for pk in experts) == sorted(order[:2])
    assert told.reserves == [int(one.removeprefix("expert-")) for one in order[2:]]


def drawn(line: Line, at: datetime = THEN) -> Committee:
    """By this system, outside procurement, on the next day."""
    own_draw(line, at)
    done(
        attempt(
            line, "committee.seat", committee(line), at + timedelta(days=1), witness="7391", attendance="监督人郑某"
        )
    )
    return committee(line)


def owed(line: Line, rule: str) -> list[tuple[str, bool]]:
    rows = Obligation.objects.filter(purchase=line.purchase, rule=rule).order_by("pk")
    return [(row.subject, row.is_open) for row in rows]


def test_a_draw_waits_for_a_public_number_that_was_named_before(ready: Line) -> None:
    """Whoever reads the seed cannot try one number after another until the wanted experts come first."""
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=False)
    own = {"way": "own", "size": "3", "experts": "2"}
    unnamed = plan(ready, beacon="", beacon_on="", **own)
    assert unnamed.form.errors == {"beacon": ["请写明用哪一个公开数字"], "beacon_on": ["请填写公布日期"]}
    known = plan(ready, beacon_on="2018-04-03", **own)
    assert known.form.errors == {"beacon_on": ["公布日期须在今天以后"]}
    outcome = done(plan(ready, **own))
    assert outcome.entry is not None
    assert f'"beacon":"{BEACON}"' in outcome.entry.body and '"beacon_on":"2018-04-04"' in outcome.entry.body
    told = {"witness": "030912212731", "attendance": "监督人郑某"}
    early = attempt(ready, "committee.seat", committee(ready), THEN, **told)
    assert early.form.errors == {"witness": ["2018-04-04才公布，现在还不能抽取"]}
    spaced = attempt(ready, "committee.seat", committee(ready), NEXT, **(told | {"witness": "03 09 12"}))
    assert spaced.form.errors == {"witness": ["只填数字，按公布的先后连写，不加空格和标点"]}
    done(attempt(ready, "committee.seat", committee(ready), NEXT, **told))


@pytest.mark.parametrize("redrawn", [False, True])
def test_every_draw_of_a_call_is_opened_when_it_ends_without_an_award(ready: Line, redrawn: bool) -> None:
    """A second draw hides no first one."""
    first = drawn(ready)
    if redrawn:
        gone = {"ground": "lacking", "reason": "一名成员缺席，无法补足。"}
        done(attempt(ready, "committee.dissolve", first, NEXT, **gone))
        assert owed(ready, "open-dissolved-draw") == [(first.key, True)]
        assert objections(attempt(ready, "committee.open", committee(ready), NEXT)) == ["draw-opened-after-award"]
        assert drawn(ready, NEXT).pk != first.pk
    done(attempt(ready, "tender.fail", ready.latest(Tender), later(48 * 60), reason="全部报价超过预算。", ended_for=""))
    assert owed(ready, "open-draw") == [("", True)]
    for one in Committee.objects.filter(purchase=ready.purchase).order_by("-pk"):
        done(attempt(ready, "committee.open", one, later(48 * 60)))
    assert owed(ready, "open-draw") == [("", False)]
    assert owed(ready, "open-dissolved-draw") == ([(first.key, False)] if redrawn else [])
    told = Committee.objects.get(pk=first.pk)
    assert draw(f"{told.opened_seed}:{told.witness}", told.pool, len(told.pool)) == told.drawn


@pytest.mark.parametrize("state", ["scored", "awarded"])
def test_a_dissolved_draw_is_still_to_be_opened_after_the_award(ready: Line, state: str) -> None:
    done(attempt(ready, "committee.dissolve", drawn(ready), NEXT, ground="lacking", reason="缺席。"))
    Tender.objects.filter(purchase=ready.purchase).update(
        awarded_at=THEN, state=state, winner=Bid.objects.filter(purchase=ready.purchase).first()
    )
    assert Committee.idle(Dossier(ready.purchase, at=THEN, regime=ready.regime)) is (state == "scored")
    done(attempt(ready, "committee.open", committee(ready), NEXT))


@pytest.mark.parametrize("code", ["cn-gd", "cn-gd-guangzhou", "cn-js-suzhou", "cn-fj-xiamen", "cn-sc-chengdu", "cn-sh"])
def test_where_a_draw_is_made_it_is_opened(code: str) -> None:
    place, on = Regime.load([OWN], code, vocabulary()), date(2018, 4, 4)
    assert None not in (place.who("committee.form", on), place.who("committee.open", on))
    told = {
        after: [rule.id for rule in place.obligations_after(after) if rule.do == "committee.open"]
        for after in ("tender.award", "tender.fail", "committee.dissolve")
    }
    assert told == {
        "tender.award": ["open-draw"], "tender.fail": ["open-draw"], "committee.dissolve": ["open-dissolved-draw"],
    }  # fmt: skip


def test_a_pool_too_small_is_said(ready: Line) -> None:
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=False)
    outcome = plan(ready, way="own", size="9", experts="8")
    assert outcome.form.errors == {"experts": ["登记的专家只有 5 名，不够抽取"]}


def test_a_tender_has_one_committee_at_a_time(ready: Line) -> None:
    done(plan(ready))
    found = committee(ready)
    with pytest.raises(IntegrityError, match=r"one_living_committee|UNIQUE"), transaction.atomic():
        Committee.objects.create(purchase=ready.purchase, tender=found.tender, state="formed")


# --- secrecy --------------------------------------------------------------------------------------------------------


def test_names_and_signatures_are_secret_until_the_award(sat: Line) -> None:
    tender: Tender = sat.latest(Tender)
    keys = {committee(sat).key} | {one.key for one in SignIn.objects.filter(tender=tender)}
    assert len(keys) == 6
    bidder, purchaser = sat.cast.social[0], officers(sat)[0]
    assert keys <= secrets(sat.purchase, bidder, THEN).subjects
    assert keys <= secrets(sat.purchase, None, THEN).subjects
    assert not keys & secrets(sat.purchase, purchaser, THEN).subjects
    own = SignIn.objects.get(tender=tender, post=sat.cast.experts[1])
    assert keys - secrets(sat.purchase, sat.cast.experts[1], THEN).subjects == {own.key}
    assert panel(tender, bidder, THEN) is None
    hidden = secrets(sat.purchase, bidder, THEN).roles
    seats = Role.objects.filter(purchase=sat.purchase, capacity__in=("expert", "representative"))
    assert set(seats.values_list("pk", flat=True)) <= hidden


# --- signing in -----------------------------------------------------------------------------------------------------


def test_members_sign_in_and_declare(ready: Line) -> None:
    done(plan(ready))
    done(seat(ready))
    expert = ready.cast.experts[0]
    owed = Obligation.objects.get(purchase=ready.purchase, action="signin.sign", post=expert)
    assert (owed.personal, owed.is_open) == (True, True)
    assert objections(submit(ready, expert)) == ["signed-in-first"]
    assert set(sign_in(ready, expert, discipline="", confidential="").form.errors) == {"discipline", "confidential"}
    assert objections(sign_in(ready, expert, relation="family")) == ["member-not-tied"]
    done(sign_in(ready, expert))
    owed.refresh_from_db()
    assert owed.is_open is False
    done(submit(ready, expert))


def test_the_purchasers_representative_signs_in_and_scores_too(sat: Line) -> None:
    done(submit(sat, officers(sat)[0]))
    assert ScoreSheet.objects.get(purchase=sat.purchase).post == officers(sat)[0]


def test_who_worked_for_a_bidder_within_three_years_steps_aside(ready: Line) -> None:
    done(plan(ready))
    done(seat(ready))
    expert, bidder = ready.cast.experts[0], ready.cast.social[1].organisation
    held = Post.objects.create(
        person=expert.person, organisation=bidder, title="理事", since=date(2010, 1, 1), until=date(2015, 4, 4),
        state="left",
    )  # fmt: skip
    assert objections(sign_in(ready, expert)) == ["member-not-of-a-bidder"]
    Post.objects.filter(pk=held.pk).update(until=date(2015, 4, 3))
    done(sign_in(ready, expert))


def test_who_works_for_a_member_of_a_joint_bid_steps_aside_too(ready: Line) -> None:
    done(plan(ready))
    done(seat(ready))
    expert, partner = ready.cast.experts[0], ready.cast.social[2].organisation
    lead = ready.cast.social[0].organisation
    shared = {"purchase": ready.purchase, "tender": ready.latest(Tender)}
    joint = Consortium.objects.create(**shared, organisation=lead, state="formed", version=1, formed_at=THEN)
    ConsortiumMember.objects.create(
        **shared, consortium=joint, organisation=partner, share_bp=4000, state="confirmed", version=1
    )  # fmt: skip
    kinds = sorted({*ready.purchase.kinds, "consortium", "consortiummember"})
    Purchase.objects.filter(pk=ready.purchase.pk).update(kinds=kinds)
    Post.objects.create(
        person=expert.person, organisation=partner, title="督导", since=date(2010, 1, 1), state="held", version=1
    )  # fmt: skip
    assert objections(sign_in(ready, expert)) == ["member-not-of-a-bidder"]


def record_tie(line: Line, index: int) -> Bid:
    """Of one of the bidders, found qualified before."""
    bid = Bid.objects.get(tender=line.latest(Tender), organisation=line.cast.social[index].organisation)
    given = {"organisation": str(bid.organisation_id), "nature": "design", "basis": "设计合同"}
    done(attempt(line, "tie.record", None, THEN, **given))
    return bid


def void(line: Line, bid: Bid) -> Outcome:
    return attempt(line, "bid.invalidate", bid, THEN, ground="tied", reason="为本项目作过整体设计。")


def test_a_tie_found_after_qualification_voids_the_bid(sat: Line) -> None:
    for post in members(sat):
        done(submit(sat, post))
    other = Bid.objects.get(tender=sat.latest(Tender), organisation=sat.cast.social[1].organisation)
    bid = record_tie(sat, 0)
    assert objections(void(sat, other)) == ["void-for-a-tie"]
    assert objections(attempt(sat, "tender.score", sat.latest(Tender), THEN)) == ["no-tied-bid-ranked"]
    done(void(sat, bid))
    scored = attempt(sat, "tender.score", sat.latest(Tender), THEN)
    assert "no-tied-bid-ranked" not in objections(scored)


def test_the_award_does_not_go_to_who_was_found_tied(sat: Line) -> None:
    for post in members(sat):
        done(submit(sat, post))
    done(attempt(sat, "tender.score", sat.latest(Tender), THEN))
    first = sat.latest(Tender).first
    assert first is not None
    record_tie(sat, [one.organisation for one in sat.cast.social].index(first.organisation))
    refused = objections(attempt(sat, "tender.award", sat.latest(Tender), THEN))
    assert "no-award-to-a-tied-bidder" in refused


# --- leading, replacing, dissolving ---------------------------------------------------------------------------------


def test_a_representative_does_not_lead(sat: Line) -> None:
    assert PanelSeat.objects.get(tender=sat.latest(Tender), leads=True).post == sat.cast.experts[0]
    chosen = str(officers(sat)[0].pk)
    assert objections(attempt(sat, "committee.lead", committee(sat), THEN, leader=chosen)) == ["leader-is-an-expert"]


def recuse(line: Line, post: Post) -> Outcome:
    found = SignIn.objects.get(post=post, purchase=line.purchase)
    given = {"relation": "family", "reason": "配偶任投标人的财务主管。"}
    return attempt(line, "signin.recuse", found, THEN, actor=post, **given)


def exchange(line: Line, leaver: Post, successor: Post, at: datetime = THEN, **data: Any) -> Outcome:
    given = {"leaver": str(leaver.pk), "cause": "recused", "reason": "成员申请回避。", "successor": str(successor.pk)}
    return attempt(line, "committee.replace", committee(line), at, **(given | data))


def sheet_of_pool(number: str = "粤财采抽〔2018〕113号") -> dict[str, Any]:
    """Of another draw."""
    return {"record_number": number, "paper": SimpleUploadedFile("补抽单.pdf", b"%PDF-1.4\n%%EOF")}


def test_a_member_who_steps_aside_is_replaced_and_its_scores_are_void(sat: Line) -> None:
    """The spouse of a bidder's employee: the sheet stays on record, and counts for nothing."""
    leaver, successor = sat.cast.experts[1], sat.cast.experts[4]
    for post in members(sat):
        done(submit(sat, post))
    done(recuse(sat, leaver))
    owed = Obligation.objects.get(purchase=sat.purchase, action="committee.replace")
    assert objections(attempt(sat, "tender.score", sat.latest(Tender), THEN)) == ["recused-replaced"]
    done(exchange(sat, leaver, successor))
    owed.refresh_from_db()
    assert owed.is_open is False
    assert [post for post, _part, _origin in sitting(sat)][-1] == successor.pk
    void = ScoreSheet.objects.get(post=leaver)
    assert (void.state, void.points() != {}) == ("void", True)
    assert objections(attempt(sat, "tender.score", sat.latest(Tender), THEN)) == ["all-sheets"]
    assert objections(submit(sat, successor)) == ["signed-in-first"]
    done(sign_in(sat, successor))
    done(submit(sat, successor))
    done(attempt(sat, "tender.score", sat.latest(Tender), THEN))
    assert not Role.objects.filter(purchase=sat.purchase, post=leaver, until=None).exists()


def farthest(line: Line, post: Post) -> int:
    """How many points a reader is shown of those that lie apart."""
    dossier = Dossier(line.purchase, at=THEN, regime=line.regime)
    page = panel_page(dossier, post, list(line.purchase.roles.all()))
    assert page is not None
    return len(page.farthest)


def test_no_points_are_shown_and_no_seat_is_lost_for_them_before_the_totals(sat: Line) -> None:
    last, officer = sat.cast.experts[3], officers(sat)[0]
    for post in members(sat):
        odd = {"scores": scores(sat, POINTS | {0: ("10", "10", "10")} if post == last else POINTS)}
        done(attempt(sat, "sheet.submit", None, THEN, actor=post, independent=True, **odd))
    assert (farthest(sat, officer), farthest(sat, sat.cast.experts[0])) == (0, 0)
    refused = exchange(sat, last, sat.cast.experts[4], cause="health", reason="突发疾病。")
    assert objections(refused) == ["scored-members-stay"]
    assert objections(exchange(sat, last, sat.cast.experts[4])) == ["scored-members-stay"]
    done(attempt(sat, "tender.score", sat.latest(Tender), THEN))
    assert (farthest(sat, officer), farthest(sat, sat.cast.experts[0])) == (12, 12)
    again = {"ground": "extreme", "found": "一名成员的评分畸低。"}
    done(attempt(sat, "tender.recheck", sat.latest(Tender), THEN, **again))
    assert farthest(sat, sat.cast.experts[0]) == 12


def test_nobody_is_replaced_once_the_scores_are_totalled(sat: Line) -> None:
    for post in members(sat):
        done(submit(sat, post))
    done(attempt(sat, "tender.score", sat.latest(Tender), THEN))
    refused = exchange(sat, sat.cast.experts[1], sat.cast.experts[4])
    assert objections(refused) == ["changed-while-evaluating", "scored-members-stay"]
    ended = attempt(sat, "committee.dissolve", committee(sat), THEN, ground="lacking", reason="反悔。")
    assert objections(ended) == ["changed-while-evaluating"]
    assert Committee.idle(Dossier(sat.purchase, at=THEN, regime=sat.regime)) is True


def test_an_expert_is_followed_by_an_expert_in_reserve(sat: Line) -> None:
    leaver, officer = sat.cast.experts[1], officers(sat)[-1]
    refused = exchange(sat, leaver, officer)
    assert list(refused.form.errors) == ["successor"]
    done(exchange(sat, leaver, sat.cast.experts[4]))
    assert sitting(sat)[-1] == (sat.cast.experts[4].pk, "expert", "official")


def test_nobody_who_steps_in_is_picked_in_a_procurement(sat: Line) -> None:
    """Neither where nobody waits nor past the first who does; another draw of the pool shows its own sheet."""
    leaver, successor = sat.cast.experts[1], sat.cast.experts[4]
    for reserves in ([], [sat.cast.experts[0].pk, successor.pk]):
        Committee.objects.update(reserves=reserves)
        assert objections(exchange(sat, leaver, successor)) == ["successor-by-lot"]
    same = exchange(sat, leaver, successor, **sheet_of_pool(committee(sat).record_number))
    assert same.form.errors == {"record_number": ["这是原来的抽取记录编号"]}
    assert exchange(sat, leaver, successor, record_number="113号").form.errors == {"paper": ["请附重新抽取的抽取单"]}
    done(exchange(sat, leaver, successor, **sheet_of_pool()))
    assert sitting(sat)[-1] == (successor.pk, "expert", "official")


def test_outside_procurement_who_was_picked_is_not_called_drawn(ready: Line) -> None:
    own_draw(ready)
    done(attempt(ready, "committee.seat", committee(ready), NEXT, witness="7391", attendance="监督人郑某"))
    first, second, *_others = committee(ready).reserves
    (leaver, *_rest) = [post for post in members(ready) if post in ready.cast.experts]
    done(exchange(ready, leaver, Post.objects.get(pk=second), NEXT))
    assert sitting(ready)[-1] == (second, "expert", "hand")
    done(exchange(ready, Post.objects.get(pk=second), Post.objects.get(pk=first), NEXT))
    assert sitting(ready)[-1] == (first, "expert", "own")


def test_those_in_reserve_step_in_as_they_were_told(ready: Line) -> None:
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=False)
    done(plan(ready, size="4", experts="3"))
    done(seat(ready, 0, 1, 2, reserves=(4, 3)))
    assert committee(ready).reserves == [ready.cast.experts[4].pk, ready.cast.experts[3].pk]


def test_a_committee_that_cannot_be_filled_up_ends_with_all_it_found(sat: Line) -> None:
    for post in members(sat):
        done(submit(sat, post))
    ended = {"ground": "lacking", "reason": "两名专家因病缺席，无法及时补足。"}
    done(attempt(sat, "committee.dissolve", committee(sat), THEN, **ended))
    assert (sitting(sat), committee(sat).state) == ([], "dissolved")
    assert set(ScoreSheet.objects.filter(purchase=sat.purchase).values_list("state", flat=True)) == {"void"}
    again = Obligation.objects.get(purchase=sat.purchase, rule="form-committee-anew")
    done(plan(sat))
    again.refresh_from_db()
    assert again.is_open is False
    done(seat(sat, 0, 1, 2, 4, reserves=()))
    done(sign_in(sat, sat.cast.experts[4]))
    done(submit(sat, sat.cast.experts[0]))


def test_totals_wait_for_a_leader(ready: Line) -> None:
    done(plan(ready))
    done(seat(ready))
    for post in members(ready):
        done(sign_in(ready, post))
        done(submit(ready, post))
    assert objections(attempt(ready, "tender.score", ready.latest(Tender), THEN)) == ["leader-chosen"]
    done(attempt(ready, "committee.lead", committee(ready), THEN, leader=str(ready.cast.experts[0].pk)))
    done(attempt(ready, "tender.score", ready.latest(Tender), THEN))


def test_no_colleague_signs_in_or_recuses_for_another(sat: Line) -> None:
    found = SignIn.objects.get(post=sat.cast.experts[1], purchase=sat.purchase)
    other = sat.cast.experts[2]
    given = {"relation": "other", "reason": "代办"}
    assert objections(attempt(sat, "signin.recuse", found, THEN, actor=other, **given)) == ["kernel.doer"]


# --- by groups ------------------------------------------------------------------------------------------------------

GROUPS = {
    "id": "panel-composition", "cite": "gz-procedure-2010#二(三)",
    "groups": [
        {"id": "finance", "name": {"zh": "财政部门", "en": "Finance"}, "least": 1},
        {"id": "deputy", "name": {"zh": "人大代表", "en": "Deputies"}, "least": 2},
    ],
}  # fmt: skip


@pytest.mark.clause("SH-2.1c")
def test_a_regime_may_want_members_of_certain_groups(ready: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(plan(ready, way="groups", size="3", experts="0").form.errors) == ["way"]
    monkeypatch.setitem(ready.regime.frameworks, "panel-composition", GROUPS)
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=False)
    done(plan(ready, way="groups", size="3", experts="0", representatives=[]))
    finance, expert = ready.cast.finances[ready.district], ready.cast.experts[0]
    found = committee(ready)
    twice = attempt(ready, "committee.seat", found, THEN, group_finance=[finance.pk], group_deputy=[finance.pk])
    assert twice.form.errors == {"__all__": ["同一人只能列入一个类别"]}
    done(attempt(ready, "committee.seat", found, THEN, group_finance=[finance.pk], group_deputy=[expert.pk]))
    assert sorted(sitting(ready)) == sorted([(finance.pk, "member", "groups"), (expert.pk, "member", "groups")])
    facts = PanelFacts.of(Dossier(ready.purchase, at=THEN, regime=ready.regime), ready.latest(Tender))
    assert facts.lacking == ["人大代表"]
    done(sign_in(ready, finance))
    done(submit(ready, finance))


def test_in_procurement_nobody_is_named_group_by_group(ready: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ready.regime.frameworks, "panel-composition", GROUPS)
    refused = plan(ready, way="groups", size="5", experts="4", representatives=[])
    assert objections(refused) == ["groups-not-in-procurement"]


def test_finance_neither_sits_nor_scores_in_procurement(ready: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A committee of what was no procurement becomes one of what is: finance has its seat already, and is kept out."""
    monkeypatch.setitem(ready.regime.frameworks, "panel-composition", GROUPS)
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=False)
    done(plan(ready, way="groups", size="3", experts="0", representatives=[]))
    finance, expert = ready.cast.finances[ready.district], ready.cast.experts[0]
    seats = {"group_finance": [finance.pk], "group_deputy": [expert.pk]}
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=True)
    assert objections(attempt(ready, "committee.seat", committee(ready), THEN, **seats)) == ["finance-takes-no-seat"]
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=False)
    done(attempt(ready, "committee.seat", committee(ready), THEN, **seats))
    done(sign_in(ready, finance))
    Purchase.objects.filter(pk=ready.purchase.pk).update(bought=True)
    assert objections(submit(ready, finance)) == ["finance-scores-nothing"]
    done(sign_in(ready, expert))
    done(submit(ready, expert))


@pytest.mark.clause("SH-2.1c")
def test_minhang_wants_seven_groups() -> None:
    shanghai = Regime.load([OWN], "cn-sh", vocabulary())
    assert [group.id for group in groups(shanghai)] == [
        "finance", "civil_affairs", "organisations_office", "tender_office", "field_expert", "deputy", "consultative",
    ]  # fmt: skip
    assert run_pack_tests([OWN], "cn-sh", vocabulary()) == []
    whose = [shanghai.who(name) for name in ("committee.form", "committee.seat")]
    assert [who and who.capacities for who in whose] == [("purchaser", "committee")] * 2
    order = shanghai.order("committee")
    assert order is not None and order.milestones == ("formed", "seated")
    everybody = [group.id for group in groups(shanghai)]
    assert (lacking(shanghai, everybody), lacking(shanghai, everybody[1:])) == ([], ["财政部门"])


# --- what kind of purchase it is ------------------------------------------------------------------------------------


def test_filed_in_the_item_table_it_is_what_it_was_filed_as(ready: Line) -> None:
    dossier = Dossier(ready.purchase, at=THEN, regime=ready.regime)
    assert procured(dossier) is True
    for filed in (False, True):
        PlanItem.objects.filter(purchase=ready.purchase).update(procurement=filed)
        Purchase.objects.filter(pk=ready.purchase.pk).update(bought=not filed)
        assert procured(Dossier(ready.purchase, at=THEN, regime=ready.regime)) is filed


def test_unfiled_it_is_what_catalogue_and_limit_make_of_it(ready: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the limit and not listed it is none; where either is not known, it is what it was opened as."""
    item = PlanItem.objects.get(purchase=ready.purchase)
    entry = CatalogueEntry(central=False)
    monkeypatch.setattr(PlanItem, "entry", entry)
    for limit, found in ((item.amount_fen + 1, False), (item.amount_fen, True), (None, True)):
        monkeypatch.setattr(procurement, "limit_for", lambda _dossier, limit=limit: limit)
        assert procured(Dossier(ready.purchase, at=THEN, regime=ready.regime)) is found
