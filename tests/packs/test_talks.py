"""Talks are bound by the law of talks: whatever Order 87 and the articles on tenders say stays with tenders."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from gongyue.kernel.actions import ACTIONS
from gongyue.tendering import methods
from gongyue.tendering.methods import OTHERS

from .conftest import loaded
from .test_methods import PLACES

ON = date(2018, 4, 2)
# Orders 18 and 87, and what the Law and its Regulation say of tenders: their term, failure, documents and bonds.
OF_TENDERS = re.compile(r"order-(18|87)#|procurement-law#第三十[四五六七]条|procurement-regulation#第三十[一二三四]条")
# What no talks ever have: a price put right or explained, a report of a committee, totals checked again, a sealed hall.
NOT_IN_TALKS = {"correction", "explanation", "evalreport", "signature", "recheck", "opening", "sealedbid", "keyholder"}
AFTER_A_RECHECK = "sheet.recall"
BEFORE_ANY_METHOD = "agency.accept"  # an agent declares itself apart whatever method its purchaser chooses afterwards


def facts(way: str, *, procured: bool) -> dict[str, Any]:
    """What is known of every such call; all else may be one thing or the other."""
    named: dict[str, Any] = {f"{room}.way": way for room in ("tender", "talks", "award", "method")}
    named |= {f"{room}.procured": procured for room in ("tender", "panel", "award")}
    named |= {f"{room}.several": way == "venture" for room in ("tender", "award")}
    return named | {"tender.tendered": False, "panel.tendered": False, "panel.negotiated": way == "negotiation"}


def done_in_talks(name: str, way: str) -> bool:
    """Whether it is a step of this method at all."""
    act = ACTIONS[name]
    return act.subject.kind not in NOT_IN_TALKS and (act.subject.kind != methods.TENDER or act.serves(way))


def places() -> list[tuple[str, str]]:
    """Every place with every method that it admits and that is no tender."""
    return [(place, way.value) for place in PLACES for way in OTHERS if methods.practicable(loaded(place), way, ON)]


@pytest.mark.parametrize(("place", "way"), sorted(places()))
@pytest.mark.parametrize("procured", [True, False])
def test_no_duty_of_talks_rests_on_an_article_about_tenders(place: str, way: str, procured: bool) -> None:
    regime, known = loaded(place), facts(way, procured=procured)
    bound = [
        rule.id for rule in regime.all_obligations()
        if OF_TENDERS.match(rule.cite) and rule.after != (AFTER_A_RECHECK,) and done_in_talks(rule.do, way)
        and any(done_in_talks(name, way) for name in rule.after) and regime.applies(rule, known, ON)
    ]  # fmt: skip
    assert bound == []


@pytest.mark.parametrize(("place", "way"), sorted(places()))
@pytest.mark.parametrize("procured", [True, False])
def test_nothing_in_talks_is_refused_by_an_article_about_tenders(place: str, way: str, procured: bool) -> None:
    regime, known = loaded(place), facts(way, procured=procured)
    asked = [
        (rule.id, name) for rule in regime.all_rules() if OF_TENDERS.match(rule.cite) for name in rule.on
        if name != BEFORE_ANY_METHOD and name in ACTIONS and done_in_talks(name, way)
        and not rule.excused(name, regime.activation(name, known, ON))
    ]  # fmt: skip
    assert asked == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("tendered", "procured"), [(True, True), (True, False), (False, True)])
def test_order_87_has_the_committee_of_a_procurement_sign_in_and_be_led(
    place: str, tendered: bool, procured: bool
) -> None:
    regime = loaded(place)
    known = {"panel.tendered": tendered, "panel.procured": procured, "action.at": ON}
    rules = [
        rule for rule in regime.obligations_after("committee.seat") if rule.do in {"signin.sign", "committee.lead"}
    ]
    owed = {rule.do: rule.cite for rule in rules if regime.applies(rule, known, ON)}
    by_order_87 = dict.fromkeys(("signin.sign", "committee.lead"), "order-87#第四十五条")
    assert owed == (by_order_87 if tendered and procured else {})


@pytest.mark.parametrize(("place", "way"), sorted(places()))
def test_a_group_that_was_dissolved_is_made_up_again(place: str, way: str) -> None:
    regime = loaded(place)
    known = facts(way, procured=True) | {"action.at": ON}
    owed = [rule for rule in regime.obligations_after("committee.dissolve") if regime.applies(rule, known, ON)]
    made = [rule.cite for rule in owed if rule.do == "committee.form"]
    assert made == ["procurement-regulation#第三十九条"]


@pytest.mark.parametrize(("place", "way"), sorted(places()))
def test_nothing_of_talks_is_published_by_an_article_about_tenders(place: str, way: str) -> None:
    regime, known = loaded(place), facts(way, procured=True)
    told = [
        one.id for name in ACTIONS if done_in_talks(name, way) for one in regime.disclosures_of(name, ON)
        if OF_TENDERS.match(one.cite) and regime.publishes(one, name, known, ON)
    ]  # fmt: skip
    assert told == []
