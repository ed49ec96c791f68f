"""The earliest lawful timetable: minima push, in force on the day that they hold back; ceilings are only compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongyue.policy import Regime, Timetable, earliest, latest_start

from .conftest import complaints
from .speech import VOCABULARY

Put = Callable[..., None]
ORDER = 'tender: {order: [checked, announced, awarded], cite: "procedure#三(二)2"}'
MINIMA = """tender:
  order: [checked, announced, awarded]
  minima:
    - {to: announced, after: checked, least: tender.briefing_lead_days}
    - {to: announced, after: contract.approved, cite: "procedure#三(二)1"}
    - {to: awarded, after: announced, least: tender.bid_days}
  cite: "procedure#三(二)2"
"""


@pytest.fixture
def regime(put: Put, packs: Path) -> Regime:
    put("city/procedure.yaml", ORDER, MINIMA)
    return Regime.load([packs], "city", VOCABULARY)


def days(table: Timetable) -> list[tuple[str, str, bool]]:
    return [(step.milestone, str(step.on), step.done) for step in table.steps]


def told(regime: Regime, start: str, **known: str) -> Timetable:
    order = regime.order("tender")
    assert order is not None
    done = {name.replace("__", "."): date.fromisoformat(day) for name, day in known.items()}
    return earliest(regime, order, "tender", start=date.fromisoformat(start), known=done)


def test_minima_push_one_after_the_other(regime: Regime) -> None:
    table = told(regime, "2010-10-01")
    assert days(table) == [
        ("checked", "2010-10-01", False), ("announced", "2010-10-16", False), ("awarded", "2010-11-05", False),
    ]  # fmt: skip
    assert [(w.minimum.after, w.value, w.unit, w.cite, w.ends) for w in table.steps[1].waits] == [
        ("checked", 15, "day", "procedure#三(二)2", date(2010, 10, 16))
    ]
    assert (table.finish, table.fits(date(2010, 11, 5)), table.fits(date(2010, 11, 4))) == (
        date(2010, 11, 5), True, False,
    )  # fmt: skip


def test_what_has_happened_stands_and_what_another_kind_holds_back_waits_for_it(regime: Regime) -> None:
    table = told(regime, "2010-10-01", tender__checked="2010-09-10", contract__approved="2010-10-20")
    assert days(table) == [
        ("checked", "2010-09-10", True), ("announced", "2010-10-20", False), ("awarded", "2010-11-09", False),
    ]  # fmt: skip
    assert [(w.minimum.after, w.value, w.ends) for w in table.steps[1].waits] == [
        ("checked", 15, date(2010, 9, 25)), ("contract.approved", None, date(2010, 10, 20)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "checked", "announced"),
    [("2010-08-25", "2010-08-20", "2010-08-25"), ("2010-08-31", "2010-08-25", "2010-09-09")],
)
def test_a_norm_holds_nothing_back_before_it_is_in_force(
    regime: Regime, start: str, checked: str, announced: str
) -> None:
    table = told(regime, start, tender__checked=checked, contract__approved="2010-09-01")
    assert str(table.steps[1].on) == announced


@pytest.mark.parametrize(("announced", "awarded"), [("2011-06-10", "2011-06-30"), ("2011-06-15", "2011-07-10")])
def test_the_figure_of_the_very_day_counts(regime: Regime, announced: str, awarded: str) -> None:
    """Twenty days until the end of June 2011, twenty-five from July on."""
    table = told(regime, "2011-06-15", tender__checked="2011-05-01", tender__announced=announced)
    assert str(table.finish) == awarded


def test_a_day_that_was_set_is_waited_for(regime: Regime) -> None:
    order = regime.order("tender")
    assert order is not None
    floors = {"tender.awarded": date(2010, 12, 1)}
    table = earliest(regime, order, "tender", start=date(2010, 10, 1), known={}, floors=floors)
    assert (table.steps[1].on, table.finish) == (date(2010, 10, 16), date(2010, 12, 1))


def test_by_when_to_begin_so_that_the_ceiling_is_kept(regime: Regime) -> None:
    order = regime.order("tender")
    assert order is not None
    ceiling, issued = date(2010, 11, 5), {"tender.checked": date(2010, 9, 1), "tender.announced": date(2010, 10, 20)}
    assert latest_start(regime, order, "tender", ceiling=ceiling, known={}) == date(2010, 10, 1)
    approved = {"contract.approved": date(2010, 10, 10)}
    assert latest_start(regime, order, "tender", ceiling=ceiling, known=approved) == date(2010, 10, 1)
    assert latest_start(regime, order, "tender", ceiling=ceiling, known=issued) is None


def test_beyond_the_calendar_nothing_is_said(put: Put, packs: Path) -> None:
    put("city/procedure.yaml", ORDER, MINIMA.replace("least: tender.bid_days", "least: tender.stand_days"))
    put(
        "city/parameters/stand.yaml",
        "tender.stand_days:\n  unit: workday\n  name: {zh: 停, en: Stand}\n  values:\n"
        '    2010-08-31: {value: 3, cite: "procedure#三(二)2"}\n',
    )
    table = told(Regime.load([packs], "city", VOCABULARY), "2030-01-01")
    assert [step.on for step in table.steps] == [date(2030, 1, 1), date(2030, 1, 16), None]
    assert (table.finish, table.fits(date(2031, 1, 1))) == (None, False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: awarded", "to: failed", "tender: a minimum for failed, which is not in the order"),
        ("after: announced", "after: anounced", "tender: unknown milestone anounced"),
        ("contract.approved", "contarct.approved", "tender: unknown milestone contarct.approved"),
        ("least: tender.bid_days", "least: tender.bid_day",
         "tender: unknown parameter tender.bid_day (did you mean tender.bid_days?)"),
        ("least: tender.bid_days", "least: tender.cap", "tender: tender.cap is in fen, not a length of time"),
        ('cite: "procedure#三(二)1"', 'cite: "procedure#三(二)1", least: tender.bid_days',
         "a minimum names the parameter that gives it, or the article that says so"),
    ],
)  # fmt: skip
def test_a_minimum_that_cannot_be_is_refused(put: Put, packs: Path, old: str, new: str, said: str) -> None:
    assert MINIMA.count(old) == 1
    put("city/procedure.yaml", ORDER, MINIMA.replace(old, new))
    assert [line.partition(": ")[2] for line in complaints(packs)] == [said]


def test_what_is_still_to_come_does_not_come_before_what_has_been(regime: Regime) -> None:
    """Checked after the ceiling, there was no day to begin: least of all before anything was in force."""
    order, checked = regime.order("tender"), {"tender.checked": date(2011, 11, 21)}
    assert order is not None
    table = earliest(regime, order, "tender", start=date(2009, 1, 1), known=checked)
    assert table.steps[1].on == date(2011, 12, 6)
    assert latest_start(regime, order, "tender", ceiling=date(2011, 9, 1), known=checked) is None


OTHERS = MINIMA.replace(
    "{to: announced, after: checked, least: tender.briefing_lead_days}",
    """to: announced
      after: checked
      least: tender.briefing_lead_days
      reading: {zh: 先, en: Before}
      alternatives:
        - {id: none, reading: {zh: 免, en: Not at all}}
        - id: later
          reading: {zh: 后, en: After}
          order: [announced, checked, awarded]
          minima: [{to: checked, after: announced, least: tender.briefing_lead_days}]""",
)


def test_every_reading_has_its_order_and_its_minima(put: Put, packs: Path) -> None:
    put("city/procedure.yaml", ORDER, OTHERS)
    order = Regime.load([packs], "city", VOCABULARY).order("tender")
    assert order is not None
    assert [[other.id for other in way] for way in order.readings()] == [[], ["none"], ["later"]]
    read = [order.read(way) for way in order.readings()]
    assert [one.milestones for one in read] == [
        ("checked", "announced", "awarded"), ("checked", "announced", "awarded"), ("announced", "checked", "awarded"),
    ]  # fmt: skip
    assert [[(m.to, m.after) for m in one.minima] for one in read] == [
        [("announced", "checked"), ("announced", "contract.approved"), ("awarded", "announced")],
        [("announced", "contract.approved"), ("awarded", "announced")],
        [("checked", "announced"), ("announced", "contract.approved"), ("awarded", "announced")],
    ]  # fmt: skip


def test_the_last_day_rests_on_the_least_times_that_lead_to_it(regime: Regime) -> None:
    table = told(regime, "2010-10-01")
    assert [wait.minimum.to for wait in table.binding()] == ["announced", "awarded"]
    issued = told(regime, "2010-10-01", tender__checked="2010-09-01", contract__approved="2010-10-10")
    assert [(wait.minimum.after, wait.value) for wait in issued.binding()] == [
        ("contract.approved", None), ("announced", 20),
    ]  # fmt: skip
    done = told(
        regime, "2010-10-20", tender__checked="2010-09-01", tender__announced="2010-09-20", tender__awarded="2010-10-11"
    )
    assert done.binding() == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{id: none,", "{id: later,", "tender: later stands twice"),
        ("order: [announced, checked, awarded]", "order: [announced, awarded]",
         "tender: later orders other milestones"),
        ("{to: checked, after: announced, least", "{to: failed, after: announced, least",
         "tender: a minimum for failed, which is not in the order"),
    ],
)  # fmt: skip
def test_a_reading_that_cannot_be_is_refused(put: Put, packs: Path, old: str, new: str, said: str) -> None:
    assert OTHERS.count(old) == 1
    put("city/procedure.yaml", ORDER, OTHERS.replace(old, new))
    assert [line.partition(": ")[2] for line in complaints(packs)] == [said]
