"""Guangzhou's month for the tender, against the fifteen days before the issue and the twenty for bids."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import announced, awarded, prepared
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.regimes import current
from gongyue.tendering.models import Tender
from gongyue.tendering.timetable import Outlook, Setting, Trial, outlook, trials
from tests.contracts.stages import attempt
from tests.journeys import test_methods as methods

from .shanghai import REGIME, Town
from .test_report import score

APPROVED = date(2010, 9, 20)  # the month ends on 2010-10-20


def seen(line: Line, on: date) -> Outlook:
    found = outlook(line.dossier(on))
    assert found is not None
    return found


def of(town: Town, on: date) -> Trial:
    """The timetable under the reading as written, which is there as long as the call goes on."""
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    setting = Setting.of(Dossier(town.purchase, at=methods.at(f"{on}T12:00"), regime=current(REGIME)))
    assert setting is not None
    return trials(setting, on)[0]


def days(found: Outlook) -> list[tuple[str, date | None]]:
    return [(step.milestone, step.on) for step in found.table.steps]


@pytest.mark.clause("GZ-S-4.4")
def test_from_a_standing_start_the_month_is_five_days_short(line: Line) -> None:
    """The plan is approved and the briefing is still to be held: fifteen days and twenty make thirty-five."""
    prepared(line, APPROVED)
    found = seen(line, APPROVED)
    assert (found.ceiling.on, found.ceiling.since, found.ceiling.assumed, found.ceiling.rule.cite) == (
        date(2010, 10, 20), APPROVED, False, "gz-scheme-2010#四(四)",
    )  # fmt: skip
    assert days(found) == [
        ("drafted", APPROVED), ("briefed", APPROVED), ("announced", date(2010, 10, 5)),
        ("opened", date(2010, 10, 25)), ("scored", date(2010, 10, 25)), ("awarded", date(2010, 10, 25)),
    ]  # fmt: skip
    assert [[(w.value, w.cite) for w in step.waits] for step in found.table.steps[2:4]] == [
        [(15, "gz-procedure-2010#三(二)2"), (None, "gz-scheme-2010#四(一)")], [(20, "procurement-law#第三十五条")],
    ]  # fmt: skip
    assert (found.fits, found.over, found.first, found.begin_by) == (False, 5, "briefed", date(2010, 9, 15))


@pytest.mark.clause("GZ-S-4.4")
def test_before_the_approval_it_says_how_far_ahead_the_briefing_must_come(line: Line) -> None:
    line.open(date(2010, 9, 1))
    found = seen(line, date(2010, 9, 20))
    assert (found.ceiling.assumed, found.ceiling.on, found.ahead) == (True, date(2010, 10, 20), 5)
    assert (found.fits, found.begin_by) == (False, date(2010, 9, 15))


@pytest.mark.clause("GZ-S-4.4")
def test_prepared_before_the_approval_it_fits(line: Line) -> None:
    """The month is no bar to preparing: only the issue waits for the approval."""
    prepared(line, APPROVED, True)
    found = seen(line, date(2010, 9, 21))
    assert days(found)[1:4] == [
        ("briefed", date(2010, 9, 2)), ("announced", date(2010, 9, 21)), ("opened", date(2010, 10, 11)),
    ]  # fmt: skip
    assert (found.fits, found.over, found.ahead) == (True, 0, 0)
    assert (found.first, found.begin_by) == ("announced", date(2010, 9, 30))


@pytest.mark.clause("GZ-S-4.4")
def test_a_briefing_does_not_bring_the_issue_before_the_approval(line: Line) -> None:
    """Seen before the city has approved, with the briefing long held: the issue counts from the approval."""
    prepared(line, APPROVED, True)
    waits = seen(line, APPROVED).table.steps[2].waits
    assert [(w.minimum.after, w.since, w.ends) for w in waits] == [
        ("briefed", date(2010, 9, 2), date(2010, 9, 17)), ("implementation.approved", APPROVED, APPROVED),
    ]  # fmt: skip


@pytest.mark.clause("GZ-S-4.4")
def test_a_deadline_set_beyond_the_month_cannot_be_made_good(line: Line) -> None:
    prepared(line, APPROVED, True)
    line.act("tender.appoint", line.latest(Tender), APPROVED)
    done = attempt(line, "tender.publish", line.latest(Tender), date(2010, 9, 21), bids_due_at="2010-10-25 09:30")
    assert done.entry is not None
    found = seen(line, date(2010, 9, 22))
    assert (days(found)[3], found.fits, found.over, found.begin_by) == (
        ("opened", date(2010, 10, 25)), False, 5, None,
    )  # fmt: skip


def test_where_no_month_is_set_or_all_is_over_nothing_is_said(line: Line) -> None:
    announced(line, APPROVED)
    dossier = line.dossier(date(2010, 9, 22))
    dossier.purchase.mode = "two"
    assert outlook(dossier) is None
    dossier.purchase.mode, dossier.purchase.by_reference = "one", True
    assert outlook(dossier) is None


def test_once_awarded_nothing_is_said(line: Line) -> None:
    awarded(line, APPROVED)
    assert outlook(line.dossier(date(2010, 11, 1))) is None


def test_a_tender_has_no_ceiling_of_talks(sat: Line) -> None:
    """Once the scores are totalled in 2018 the award falls due by the article on tenders alone."""
    score(sat)
    setting = Setting.of(sat.dossier(date(2018, 4, 4)))
    assert setting is not None and "tender.scored" in setting.known
    found = [one.rule.id for one in setting.ceilings(date(2018, 4, 4)) if one.since == date(2018, 4, 3)]
    assert found == ["decide-award"]


@pytest.mark.django_db
@pytest.mark.once
def test_final_offers_are_not_opened_before_their_time() -> None:
    town = methods.negotiated()
    methods.talk(town, date(2014, 3, 20))
    end = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **end)
    found = of(town, date(2014, 3, 22))
    due = date(2014, 4, 2)
    assert [(step.milestone, step.done, step.on) for step in found.table.steps[3:]] == [
        ("negotiated", True, None), ("quoted", False, due), ("scored", False, due), ("awarded", False, due),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.once
def test_whom_was_invited_is_over_once_the_call_is_out() -> None:
    """The day of the invitation is not kept; that it is over is known all the same, and the timetable stays."""
    on = date(2012, 3, 1)
    town = methods.begun("invited", "limited_suppliers", on, **{"acknowledge-jingan-negotiation": "供应商有限"})
    town.act("tender.draft", None, date(2012, 3, 2), town.purchaser, **methods.WORDS, factors=methods.FACTORS)
    assert methods.invite(town, date(2012, 3, 5), 5, 3).entry is not None
    due = {"bids_due_at": "2012-03-30T09:00", "opening_place": "区民政局"}
    town.act("tender.publish", town.latest(Tender), date(2012, 3, 6), town.purchaser, **due)
    found = of(town, date(2012, 3, 10))
    assert [(step.milestone, step.done, step.on) for step in found.table.steps] == [
        ("drafted", True, date(2012, 3, 2)), ("invited", True, None), ("announced", True, date(2012, 3, 6)),
        ("opened", False, date(2012, 3, 30)), ("scored", False, date(2012, 3, 30)),
        ("awarded", False, date(2012, 3, 30)),
    ]  # fmt: skip
    assert found.key == ""
