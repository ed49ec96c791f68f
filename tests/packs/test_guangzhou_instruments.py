"""Guangzhou's instruments: their numbers and days, and what the sources do not give."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase
from gongyue.policy import Regime
from gongyue.programmes.facts import ValidityFacts

from .conftest import OWN, at


@pytest.mark.clause("GZ-P-0")
def test_the_norm_is_kept_with_its_number_its_annex_and_as_a_trial(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert (norm.number, norm.trial, norm.loaded) == ("穗民〔2010〕320号附件1", True, True)
    assert str(guangzhou.citation("gz-procedure-2010#三(二)2")) == "穗民〔2010〕320号附件1 三(二)2"


def test_the_provinces_measures_are_listed_and_the_pilot_is_finished_without_them(guangzhou: Regime) -> None:
    """Part 2(1) would refuse every share of city and district, part 10(1) widen who may provide."""
    measures = guangzhou.instruments["gd-purchase-2012"]
    assert (measures.effective, measures.loaded) == (date(2012, 5, 24), False)
    assert "没有叠加" in measures.note["zh"] and "二（一）" in measures.note["zh"]
    assert not any(rule.cite.startswith("gd-purchase-2012#") for rule in guangzhou.all_rules())


@pytest.mark.clause("GZ-P-5.3")
def test_the_end_of_the_norms_two_years_cannot_be_computed(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert norm.assumed is not None
    assert (norm.effective, norm.expires, norm.expiry_unknown) == (date(2010, 8, 31), None, True)
    assert guangzhou.body["instruments"]["gz-procedure-2010"]["expires"] == {"value": 2, "unit": "year"}
    assert (norm.in_force(date(2010, 8, 30)), norm.in_force(date(2013, 1, 1))) == (False, True)


@pytest.fixture
def dated(tmp_path: Path) -> Regime:
    """Guangzhou with the missing date filled in: the norm was published on 2010-09-15."""
    packs = Path(shutil.copytree(OWN, tmp_path / "packs"))
    path = packs / "cn-gd-guangzhou" / "pack.yaml"
    before, found, after = path.read_text(encoding="utf-8").partition("    assumed_from:\n      date: 2010-08-31\n")
    _because, expires, rest = after.partition("    expires: {value: 2")
    assert found and expires
    path.write_text(f"{before}    effective: 2010-09-15\n{expires}{rest}", encoding="utf-8")
    lead = packs / "cn-gd-guangzhou" / "parameters" / "tender.yaml"
    lead.write_text(lead.read_text(encoding="utf-8").replace("2010-08-31:", "2010-09-15:"), encoding="utf-8")
    return Regime.load([packs], "cn-gd-guangzhou", vocabulary())


@pytest.mark.clause("GZ-P-5.3")
def test_two_years_from_the_assumed_day_are_reckoned_and_end_nothing(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert (norm.reckoned, norm.ends_from(date(2010, 8, 30)), norm.expires) == (
        date(2012, 8, 31), date(2012, 8, 30), None,
    )  # fmt: skip
    assert guangzhou.instruments["procurement-law"].ends_from(date(2010, 8, 30)) is None


def test_with_the_missing_date_filled_in_the_norm_ends(dated: Regime) -> None:
    norm = dated.instruments["gz-procedure-2010"]
    assert (norm.reckoned, norm.expires) == (None, date(2012, 9, 15))
    assert [norm.in_force(date(2012, 9, day)) for day in (15, 16)] == [True, False]


@pytest.mark.django_db
@pytest.mark.clause("GZ-P-5.3")
def test_once_the_end_is_filled_in_it_is_asked_on_the_last_day(dated: Regime) -> None:
    """The day after, the norm itself is asked nothing more; this one article is cited as of its last day."""

    def asked(today: str) -> list[tuple[str, str, str]]:
        moment = at(f"{today} 10:00")
        known = ValidityFacts.of(Dossier(Purchase(), at=moment, regime=dated))
        assert (known.ends_on, known.reckoned_on) == (date(2012, 9, 15), None)
        facts = {
            "action.at": moment, "street.listed": True, "street.projects": 0, "validity.ends_on": known.ends_on,
            "validity.asked_on": known.asked_on,
        }  # fmt: skip
        return [(f.rule, f.severity, f.cite) for f in dated.ask("purchase.open", facts, date.fromisoformat(today))]

    assert asked("2012-09-15") == []
    assert asked("2012-09-16") == [("norm-valid", "warn", "gz-procedure-2010#五第3款")]


def test_the_scheme_has_no_date_of_its_own(guangzhou: Regime) -> None:
    scheme = guangzhou.instruments["gz-scheme-2010"]
    assert scheme.assumed is not None
    assert (scheme.number, scheme.effective, scheme.by_reference) == ("穗民〔2010〕213号", date(2010, 1, 1), False)


def test_what_the_sources_do_not_give_is_listed(guangzhou: Regime) -> None:
    assert [slot.id for slot in guangzhou.slots if slot.pack == "cn-gd-guangzhou"] == [
        "gz-annex-1", "gz-quality-standard", "gz-funding-agreement", "gz-procedure-date", "gz-scheme-date",
        "gz-carry-over", "gz-dropped-words", "gz-fiscal-opinion", "gz-half-year-day",
        "gz-evaluation-publication", "gz-briefing-cycle", "gz-coordination-time", "gz-spot-check-cycle",
        "gz-feedback-days", "gz-objection-days",
    ]  # fmt: skip
