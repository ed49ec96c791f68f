"""Guangzhou's instruments: their numbers and days, and what the sources do not give."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.policy import Regime


@pytest.mark.clause("GZ-P-0")
def test_the_norm_is_kept_with_its_number_its_annex_and_as_a_trial(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert (norm.number, norm.trial, norm.loaded) == ("穗民〔2010〕320号附件1", True, True)
    assert str(guangzhou.citation("gz-procedure-2010#三(二)2")) == "穗民〔2010〕320号附件1 三(二)2"


@pytest.mark.clause("GZ-P-5.3")
def test_the_end_of_the_norms_two_years_cannot_be_computed(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert norm.assumed is not None
    assert (norm.effective, norm.expires, norm.expiry_unknown) == (date(2010, 8, 31), None, True)
    assert guangzhou.body["instruments"]["gz-procedure-2010"]["expires"] == {"value": 2, "unit": "year"}
    assert (norm.in_force(date(2010, 8, 30)), norm.in_force(date(2013, 1, 1))) == (False, True)


def test_the_scheme_has_no_date_of_its_own(guangzhou: Regime) -> None:
    scheme = guangzhou.instruments["gz-scheme-2010"]
    assert scheme.assumed is not None
    assert (scheme.number, scheme.effective, scheme.by_reference) == ("穗民〔2010〕213号", date(2010, 1, 1), False)


def test_what_the_sources_do_not_give_is_listed(guangzhou: Regime) -> None:
    assert [slot.id for slot in guangzhou.slots if slot.pack == "cn-gd-guangzhou"] == [
        "gz-annex-1", "gz-quality-standard", "gz-funding-agreement", "gz-procedure-date", "gz-scheme-date",
        "gz-carry-over", "gz-dropped-words", "gz-fiscal-opinion", "gz-half-year-day",
        "gz-evaluation-publication", "gz-briefing-cycle", "gz-coordination-time", "gz-spot-check-cycle",
        "gz-feedback-days",
    ]  # fmt: skip
