"""The terms that Order 74 and the Regulation of 2015 set after the review and after the award, in every place and not
before them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.policy import Due, Regime

from .conftest import loaded

PLACES = ("cn-sc-chengdu", "cn-sh", "cn-js-suzhou", "cn-fj-xiamen", "cn-gd")
AFTER, BEFORE = date(2018, 4, 2), date(2015, 2, 27)


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Regime:
    return loaded(request.param)


def owed(regime: Regime, action: str, do: str, on: date, **values: Any) -> dict[str, Due]:
    """What an action opens on a day to be done next, and until when."""
    named = {key.replace("__", "."): value for key, value in values.items()} | {"action.at": on}
    rules = [rule for rule in regime.obligations_after(action) if rule.do == do and regime.applies(rule, named, on)]
    return {rule.id: regime.due(rule, named, on) for rule in rules}


def test_who_is_recommended_is_decided_on_within_five_working_days(place: Regime) -> None:
    """After a negotiation since Order 74, after a consultation since the Regulation."""
    named = {"negotiation": "confirm-lowest", "consultation": "confirm-candidate"}
    found = {
        (way, on): owed(place, "tender.recommend", "tender.award", on, talks__way=way, tender__procured=True)
        for way in named
        for on in (date(2014, 1, 31), date(2014, 2, 7), BEFORE, date(2015, 3, 2), AFTER)
    }
    none = {"confirm-supplier": Due(None)}
    assert found == {
        ("negotiation", date(2014, 1, 31)): none,
        ("negotiation", date(2014, 2, 7)): {"confirm-lowest": Due(date(2014, 2, 13))},  # a Saturday worked lies between
        ("negotiation", BEFORE): {"confirm-lowest": Due(date(2015, 3, 5))},  # so it does here
        ("negotiation", date(2015, 3, 2)): {"confirm-lowest": Due(date(2015, 3, 9))},
        ("negotiation", AFTER): {"confirm-lowest": Due(date(2018, 4, 10))},  # three days off and a Sunday worked
        ("consultation", date(2014, 1, 31)): none,
        ("consultation", date(2014, 2, 7)): none,
        ("consultation", BEFORE): none,
        ("consultation", date(2015, 3, 2)): {"confirm-candidate": Due(date(2015, 3, 9))},
        ("consultation", AFTER): {"confirm-candidate": Due(date(2018, 4, 10))},
    }
    cites = {rule.id: rule.cite for rule in place.obligations_after("tender.recommend") if rule.do == "tender.award"}
    assert [cites[name] for name in named.values()] == ["order-74#第三十六条", "procurement-regulation#第四十三条"]


def test_what_no_group_reported_on_has_no_such_term(place: Regime) -> None:
    agreed = owed(place, "tender.settle", "tender.award", AFTER, talks__way="single_source")
    assert agreed == {"confirm-supplier": Due(None)}
    venture = owed(place, "tender.recommend", "tender.award", AFTER, talks__way="venture")
    assert venture == {"confirm-supplier": Due(None)}
    for way in ("negotiation", "consultation"):
        outside = owed(place, "tender.recommend", "tender.award", AFTER, talks__way=way, tender__procured=False)
        assert outside == {"confirm-supplier": Due(None)}


def test_the_winner_of_a_tender_is_decided_on_within_five_working_days_of_procurement_alone(place: Regime) -> None:
    asked = {
        ("tender.score", True): {"decide-award": Due(date(2018, 4, 10))},
        ("tender.score", False): {"choose-winner": Due(None)},
        ("evalreport.sign", True): {"decide-award-by-report": Due(date(2018, 4, 10))},
        ("evalreport.sign", False): {},
        ("evalreport.deliver", True): {"decide-award-on-receipt": Due(date(2018, 4, 10))},
        ("evalreport.deliver", False): {},
    }
    given = {"report__agent": False, "input__received_on": AFTER}
    found = {
        (act, procured): owed(place, act, "tender.award", AFTER, tender__procured=procured, **given)
        for act, procured in asked
    }
    assert found == asked


def test_the_winner_is_told_within_two_working_days(place: Regime) -> None:
    one = {"award__several": False, "award__procured": True}
    after = owed(place, "tender.award", "awardnotice.send", AFTER, **one)
    assert after == {"notify-award": Due(date(2018, 4, 4))}
    assert owed(place, "tender.award", "awardnotice.send", BEFORE, **one) == {}
    outside = owed(place, "tender.award", "awardnotice.send", AFTER, **one | {"award__procured": False})
    assert "notify-award" not in outside


def test_shanghai_tells_several_as_before() -> None:
    shanghai = loaded("cn-sh")
    for on in (BEFORE, AFTER):
        told = owed(shanghai, "tender.award", "awardnotice.send", on, award__several=True)
        assert told == {"notify-chosen": Due(None)}


def test_shanghai_tells_whom_it_entrusts_outside_procurement_without_a_term() -> None:
    shanghai = loaded("cn-sh")
    for on in (BEFORE, AFTER):
        told = owed(shanghai, "tender.award", "awardnotice.send", on, award__several=False, award__procured=False)
        assert told == {"notify-provider": Due(None)}


def test_a_procurement_contract_is_published_within_two_working_days(place: Regime) -> None:
    signed = {"award__procured": True, "input__signed_on": AFTER}
    after = owed(place, "contract.sign", "publication.log", AFTER, **signed)
    assert after == {"publish-contract": Due(date(2018, 4, 4))}
    assert owed(place, "contract.sign", "publication.log", AFTER, **signed | {"award__procured": False}) == {}
    assert owed(place, "contract.sign", "publication.log", BEFORE, **signed) == {}
    recorded = date(2015, 3, 2)  # a Monday
    late = owed(place, "contract.sign", "publication.log", recorded, **signed | {"input__signed_on": BEFORE})
    first = owed(place, "contract.sign", "publication.log", recorded, **signed | {"input__signed_on": date(2015, 3, 1)})
    assert (late, first) == ({}, {"publish-contract": Due(date(2015, 3, 3))})
    assert [one.kind for one in place.disclosures_of("contract.sign", AFTER)] == ["contract"]
    who = place.who("publication.log")
    assert who is not None and "purchaser" in who.capacities
