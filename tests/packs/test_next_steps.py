"""What is owed next where a procurement ended without a result, in every place with more methods than the tender."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gongyue.policy import Due, Regime

from .conftest import at, loaded
from .test_statutory_clocks import PLACES

ON = date(2018, 4, 2)
DRAWN = ("committee.form", "procurement-regulation#第三十九条")
OTHER = {"tender.draft": "tender.prepare", "tender.prepare": "tender.draft"}


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Regime:
    return loaded(request.param)


def opened(regime: Regime, action: str, on: date = ON, **values: Any) -> dict[str, tuple[str, str]]:
    """What an action opens of writing documents: by the rule what is to be done, and the article."""
    named = {key.replace("__", "."): value for key, value in values.items()} | {"action.at": on}
    rules = [rule for rule in regime.obligations_after(action) if rule.do in OTHER and regime.applies(rule, named, on)]
    return {rule.id: (rule.do, rule.cite) for rule in rules}


def test_documents_of_one_kind_end_the_duty_to_write_those_of_the_other(place: Regime) -> None:
    duties = [rule for rule in place.all_obligations() if rule.do in OTHER]
    assert {rule.do for rule in duties} == set(OTHER)
    assert [rule.id for rule in duties if OTHER[rule.do] not in rule.lapse] == []
    chosen = [rule for rule in duties if "method.choose" in rule.after]
    assert chosen and [rule.id for rule in chosen if "method.return" not in rule.lapse] == []


@pytest.mark.parametrize("way", ["open", "invited", "voucher", "negotiation", "consultation", "single_source"])
def test_whatever_method_is_chosen_its_documents_are_written_next(place: Regime, way: str) -> None:
    """Also where talks came to nothing and a tender is chosen after them."""
    facts = {"input__way": way, "input__ground": "", "input__size": "below", "input__nature": "procurement"}
    step = "tender.draft" if way in {"open", "invited", "voucher"} else "tender.prepare"
    assert [do for do, _cite in opened(place, "method.choose", **facts).values()] == [step]


def test_after_an_annulled_award_one_begins_again_by_the_same_method(place: Regime) -> None:
    article = "procurement-law#第七十三条"
    facts: dict[str, Any] = {"input__ground": "", "award__procured": True}
    tendered, talked = (opened(place, "tender.annul", tender__tendered=found, **facts) for found in (True, False))
    assert tendered == {"tender-again-after-annulment": ("tender.draft", article)}
    assert talked == {"solicit-again-after-annulment": ("tender.prepare", article)}


@pytest.mark.parametrize(
    ("on", "article"),
    [(date(2015, 2, 28), "procurement-law#第四十六条"), (date(2015, 3, 1), "procurement-regulation#第四十九条")],
)
def test_where_the_winner_refuses_to_sign_one_goes_on_by_the_article_in_force(on: date, article: str) -> None:
    place = loaded("cn-sh")
    refused: dict[str, Any] = {"input__ground": "refused", "award__procured": True}
    tendered, talked = (opened(place, "tender.annul", on, tender__tendered=found, **refused) for found in (True, False))
    assert tendered == {"tender-again-after-refusal": ("tender.draft", article)}
    assert talked == {"solicit-again-after-refusal": ("tender.prepare", article)}
    outside = refused | {"award__procured": False, "tender__tendered": True}
    assert list(opened(place, "tender.annul", on, **outside)) == ["tender-again-after-annulment"]


def test_what_waits_for_the_winners_contract_ends_with_the_award(place: Regime) -> None:
    steps = {"contract.draft", "contract.approve", "contract.accept"}
    waiting = [rule for rule in place.all_obligations() if rule.do in steps and "tender.annul" not in rule.lapse]
    assert [rule.id for rule in waiting] == []


@pytest.mark.parametrize(
    ("way", "rule", "cite"),
    [
        ("negotiation", "solicit-again", "order-74#第三十七条"),
        ("consultation", "consult-again", "caiku-214-2014#第三条"),
        ("single_source", "source-again", "order-74#第四十三条"),
    ],
)
def test_each_method_begins_again_by_its_own_article(place: Regime, way: str, rule: str, cite: str) -> None:
    facts = {"award__way": way, "tender__tendered": False, "tender__procured": True, "input__ended_for": "few"}
    assert opened(place, "tender.fail", **facts) == {rule: ("tender.prepare", cite)}
    assert opened(place, "tender.fail", **facts | {"input__ended_for": "cancelled"}) == {}
    assert opened(place, "tender.fail", **facts | {"tender__procured": False}) == {}


@pytest.mark.parametrize("way", ["open", "negotiation", "single_source", "consultation"])
@pytest.mark.parametrize("on", [date(2014, 1, 31), date(2014, 2, 1), date(2017, 9, 30), ON])
def test_who_is_told_of_a_cancelled_purchase_depends_on_its_method(place: Regime, way: str, on: date) -> None:
    """Of a tender by Order 87, of negotiation and single source by Order 74; of a consultation no article was read."""
    values = {
        "award.way": way, "tender.tendered": way == "open", "tender.procured": True, "input.ended_for": "cancelled",
        "input.collected": True, "tender.announced_at": on, "action.at": on,
    }  # fmt: skip
    rules = place.obligations_after("tender.fail")
    found = {
        (one.do, one.cite) for one in rules if one.do.startswith("termination.") and place.applies(one, values, on)
    }
    by_order_87 = {(f"termination.{do}", "order-87#第二十九条") for do in ("announce", "report", "repay")}
    by_order_74 = {(f"termination.{do}", "order-74#第二十三条") for do in ("tell", "explain")}
    since, told = {"open": (date(2017, 10, 1), by_order_87), "consultation": (date.max, set())}.get(
        way, (date(2014, 2, 1), by_order_74)
    )
    assert found == (told if on >= since else set())
    assert {place.who(do, on) is not None for do, _cite in found} <= {True}


@pytest.mark.parametrize("way", ["entrustment", "venture"])
def test_what_no_law_lists_begins_again_by_the_report(way: str) -> None:
    shanghai = loaded("cn-sh")
    facts = {"award__way": way, "tender__tendered": False, "tender__procured": True, "input__ended_for": "few"}
    begun = {"entrust-again": ("tender.prepare", "sh-report-2012#具体运作二")}
    assert [opened(shanghai, "tender.fail", on, **facts) for on in (date(2012, 6, 1), ON)] == [begun, begun]


@pytest.mark.parametrize(("way", "step"), [("open", "tender.publish"), ("invited", "tender.invite")])
def test_an_invited_tender_is_drawn_before_it_is_issued(place: Regime, way: str, step: str) -> None:
    facts = {"method.way": way, "action.at": ON}
    duties = {
        action: [rule for rule in place.obligations_after(action) if place.applies(rule, facts, ON)]
        for action in ("tender.draft", "tender.invite")
    }
    assert {key: [(rule.do, rule.who) for rule in rules] for key, rules in duties.items()} == {
        "tender.draft": [(step, ("purchaser",))],
        "tender.invite": [("tender.publish", ("purchaser",))],
    }


def test_a_complaint_is_handled_by_finance_which_nobody_need_appoint(place: Regime) -> None:
    supervisor = place.capacities["procurement_supervisor"]
    assert (supervisor.organisations, supervisor.by in ("", "same_level")) == (("finance",), True)


@pytest.mark.parametrize("do", ["signin.sign", "committee.lead", "committee.replace", "sheet.submit"])
def test_what_the_members_owe_ends_with_the_totals_or_with_the_groups_recommendation(place: Regime, do: str) -> None:
    duties = [rule for rule in place.all_obligations() if rule.do == do]
    ends = {"tender.score", "tender.recommend", "tender.fail"}
    assert [rule.id for rule in duties if not ends <= set(rule.lapse)] == []


def test_experts_who_were_picked_make_up_the_panel_and_its_report_ends_with_the_award(place: Regime) -> None:
    """Outside procurement nobody plans a committee, and no report is asked for before the award."""
    ends = {rule.id: set(rule.lapse) for rule in place.all_obligations()}
    assert ends.get("form-committee", {"tender.appoint", "tender.score"}) >= {"tender.appoint", "tender.score"}
    assert "tender.award" in ends["write-report"]


def test_documents_are_changed_by_the_purchaser_since_the_regulation(place: Regime) -> None:
    for name, capacity in {"change.publish": "purchaser", "changereceipt.confirm": "bidder"}.items():
        whos = [place.who(name, on) for on in (date(2015, 2, 28), date(2015, 3, 1), ON)]
        assert [who is not None and capacity in who.capacities for who in whos] == [False, True, True]
    for way in ("", "invited"):
        order = place.order("tender", way)
        assert order is not None
        assert ("opened", "change.published", "tender.change_lead_days") in [
            (one.to, one.after, one.least) for one in order.minima
        ]


def test_an_answer_corrects_the_documents_only_before_the_bids_are_open(place: Regime) -> None:
    def follows(opened_at: datetime | None) -> list[tuple[str, str]]:
        facts = {"action.at": ON, "input.then": "correct", "tender.opened_at": opened_at, "tender.awarded_on": None}
        found = [rule for rule in place.obligations_after("challenge.answer") if place.applies(rule, facts, ON)]
        return [(rule.do, rule.cite) for rule in found]

    assert follows(None) == [("change.publish", "order-94#第十六条")]
    assert follows(at("2018-04-02T09:00")) == []
    (duty,) = (rule for rule in place.all_obligations() if rule.id == "correct-documents")
    assert set(duty.lapse) == {"tender.open", "tender.receive", "tender.fail"}


def test_of_several_admitted_each_is_told_and_has_a_contract(place: Regime) -> None:
    """By vouchers, which order 110 admits from March 2022."""

    def follow(action: str, on: date, **values: Any) -> list[tuple[str, Due]]:
        facts = {"action.at": on, "tender.awarded_on": on} | values
        rules = [rule for rule in place.obligations_after(action) if rule.do == action]
        return [(rule.id, place.due(rule, facts, on)) for rule in rules if place.applies(rule, facts, on)]

    on = date(2022, 4, 11)  # a Monday
    assert follow("awardnotice.send", on, **{"notice.others_due": 1})[0][0] == "notify-next-chosen"
    assert follow("contract.draft", on, **{"contract.others_due": 1}) == [("draft-next-contract", Due(None))]
    assert follow("awardnotice.send", on, **{"notice.others_due": 0}) == []
    assert follow("contract.draft", on, **{"contract.others_due": 0}) == []


@pytest.mark.parametrize("code", ["cn-gd", "cn-fj-xiamen", "cn-js-suzhou"])
def test_the_others_admitted_are_told_within_two_working_days_of_the_award(code: str) -> None:
    regime, on = loaded(code), date(2022, 4, 11)
    facts = {"action.at": on, "tender.awarded_on": on, "notice.others_due": 1, "contract.others_due": 1}
    (told,) = (rule for rule in regime.obligations_after("awardnotice.send") if regime.applies(rule, facts, on))
    (drafted,) = (rule for rule in regime.obligations_after("contract.draft") if rule.do == "contract.draft")
    assert (told.cite, regime.due(told, facts, on)) == ("procurement-regulation#第四十三条", Due(date(2022, 4, 13)))
    assert (drafted.cite, regime.applies(drafted, facts, date(2022, 2, 28))) == ("order-110#第二十九条", False)


@pytest.mark.parametrize(
    ("on", "negotiation", "consultation"),
    [
        (date(2014, 1, 31), [("tender.appoint", "procurement-law#第三十八条")], []),
        (date(2014, 2, 1), [("tender.appoint", "order-74#第七条")], []),
        (date(2015, 2, 28), [("tender.appoint", "order-74#第七条")], []),
        (date(2015, 3, 1), [DRAWN], [DRAWN]),
        (ON, [DRAWN], [DRAWN]),
    ],
)
def test_a_group_that_negotiates_or_consults_is_made_up_too(
    place: Regime, on: date, negotiation: list[tuple[str, str]], consultation: list[tuple[str, str]]
) -> None:
    """By the articles of the day; of a consultation's group none was read before the Regulation."""

    def told(way: str, panel: int = 0, formed: bool = False) -> list[tuple[str, str]]:
        facts = {"action.at": on, "talks.way": way, "tender.panel": panel, "panel.formed": formed}
        rules = [rule for rule in place.obligations_after("tender.call") if rule.id == "form-group"]
        return [(rule.do, rule.cite) for rule in rules if place.applies(rule, facts, on)]

    assert [told("negotiation"), told("consultation")] == [negotiation, consultation]
    for other in (told("single_source"), told("negotiation", 3), told("negotiation", 0, True)):
        assert other == []


def test_of_every_step_of_a_committee_somebody_is_told(place: Regime) -> None:
    steps = {
        "committee.form": "procurement-regulation#第三十九条", "committee.seat": "procurement-regulation#第三十九条",
        "signin.sign": "order-87#第四十五条", "committee.lead": "order-87#第四十五条",
        "committee.replace": "procurement-regulation#第九条",
    }  # fmt: skip
    told = {rule.do: rule.cite for rule in place.all_obligations() if rule.do in steps and rule.cite in steps.values()}
    assert told | {"committee.form": steps["committee.form"]} == steps
    facts = {"tender.panel": 0, "method.way": "open", "action.at": ON}
    issued = [rule.id for rule in place.obligations_after("tender.publish") if place.applies(rule, facts, ON)]
    assert "form-committee" in issued


@pytest.mark.parametrize("procured", [True, False])
@pytest.mark.parametrize("on", [date(2017, 9, 29), date(2017, 10, 9)])
def test_a_tender_that_was_issued_is_opened_and_scored(place: Regime, on: date, procured: bool) -> None:
    """Of procurement by Order 87 from October 2017 on, when bids are due; else by the place's own text."""
    facts = {
        "action.at": on, "input.bids_due_at": at("2017-11-04T09:30"), "tender.procured": procured,
        "tender.tendered": True,
    }  # fmt: skip

    def told(action: str, do: str) -> list[tuple[str, Due]]:
        rules = [rule for rule in place.obligations_after(action) if rule.do == do]
        return [(rule.id, place.due(rule, facts, on)) for rule in rules if place.applies(rule, facts, on)]

    found = told("tender.publish", "tender.open"), told("tender.open", "tender.score")
    if procured and on >= date(2017, 10, 1):
        assert found == ([("open-bids", Due(date(2017, 11, 4)))], [("score-bids", Due(None))])  # a Saturday
        assert told("change.publish", "tender.open") == found[0]
    else:
        assert found == ([("open-tender", Due(None))], [("score-tender", Due(None))])
    cites = {rule.id: rule.cite for rule in place.all_obligations()}
    assert (cites["open-bids"], cites["score-bids"]) == ("order-87#第三十九条", "order-87#第五十五条")
