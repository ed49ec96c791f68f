"""Whatever method of procurement a place admits it can also carry out: it has an order for it, and people to do it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongyue.policy import Regime
from gongyue.tendering import methods
from gongyue.tendering.methods import Way

from .conftest import OWN, loaded

PLACES = sorted(path.parent.name for path in OWN.glob("*/pack.yaml") if path.parent.name != "cn-national")
DAY = timedelta(days=1)
ENTRUSTED = {"id": "method-entrustment", "cite": "procurement-law#第二十六条"}


def days(regime: Regime) -> list[date]:
    """Of those on which an instrument begins, or is no longer in force, the days on which a method may be chosen."""
    loaded = regime.instruments.values()
    turns = {one.effective for one in loaded} | {one.expires and one.expires + DAY for one in loaded}
    return sorted(on for on in turns if on is not None and regime.who("method.choose", on) is not None)


@pytest.mark.parametrize("place", PLACES)
def test_every_method_that_is_founded_can_be_carried_out(place: str) -> None:
    regime = loaded(place)
    stuck = [
        (way.value, on) for on in days(regime) for way in Way
        if methods.founded(regime, way, on) and not methods.practicable(regime, way, on)
    ]  # fmt: skip
    assert stuck == []


@pytest.mark.parametrize(
    ("place", "on", "ways"),
    [
        ("cn-gd", date(2012, 6, 1), ["open", "invited", "negotiation", "single_source"]),
        ("cn-fj-xiamen", date(2015, 6, 1), ["open", "invited", "negotiation", "consultation", "single_source"]),
        ("cn-js-suzhou", date(2017, 6, 1), ["open", "invited", "negotiation", "consultation", "single_source"]),
    ],
)
def test_the_methods_of_the_law_are_admitted(place: str, on: date, ways: list[str]) -> None:
    regime = loaded(place)
    assert on > days(regime)[0] and [one.way.value for one in methods.admitted(regime, on)] == ways


def test_a_method_without_an_order_of_its_own_is_not_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    on, regime = date(2012, 6, 1), loaded("cn-gd")
    monkeypatch.setitem(regime.frameworks, "method-entrustment", ENTRUSTED)
    assert methods.founded(regime, Way.ENTRUSTMENT, on)
    assert methods.find(regime, Way.ENTRUSTMENT, on) is None


def test_a_method_one_step_of_which_nobody_does_is_not_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    on, regime = date(2012, 6, 1), loaded("cn-gd")
    who = regime.who
    monkeypatch.setattr(regime, "who", lambda name, day=None: None if name == "tender.invite" else who(name, day))
    assert [one.way.value for one in methods.admitted(regime, on)] == ["open", "negotiation", "single_source"]
