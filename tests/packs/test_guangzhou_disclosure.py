"""What Guangzhou's public reads."""

from __future__ import annotations

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime

from .conftest import IN_FORCE


def test_only_these_acts_are_published(guangzhou: Regime) -> None:
    listed = {a: [d.kind for d in guangzhou.disclosures_of(a, IN_FORCE)] for a in vocabulary().actions}
    assert {action: kinds for action, kinds in listed.items() if kinds} == {
        "tender.publish": ["notice"], "clarification.give": ["clarification"],
        "tender.award": ["award"], "contract.sign": ["contract"],
        "contract.file": ["filing"], "projectfacts.publish": ["project"], "feedback.answer": ["feedback"],
        "feedback.reply": ["objection"],
        "evaluation.conclude": ["evaluation"], "evaluation.withdraw": ["evaluation"],
        "assessment.conclude": ["evaluation"],
    }  # fmt: skip


def test_the_public_never_reads_how_many_bid_or_who_judges(guangzhou: Regime) -> None:
    named = {n for a in vocabulary().actions for d in guangzhou.disclosures_of(a) for n in d.fields}
    secret = {"tender.bids", "tender.reviewed", "tender.qualified", "tender.panel", "tender.sheets"}
    assert named & secret == set()


@pytest.mark.clause("GZ-P-2.3a")
def test_the_results_of_evaluations_are_published_without_reasons_and_findings(guangzhou: Regime) -> None:
    results = {
        one.id: tuple(one.fields)
        for action in ("evaluation.conclude", "evaluation.withdraw", "assessment.conclude")
        for one in guangzhou.disclosures_of(action, IN_FORCE)
    }
    assert results == {
        "evaluation-result": (
            "evaluation.series", "evaluation.evaluator", "evaluation.reported_on", "evaluation.quality_bp",
            "evaluation.quantity_bp", "input.result",
        ),
        "evaluation-result-withdrawn": ("evaluation.series", "evaluation.evaluator"),
        "assessment-result": ("assessment.moment", "assessment.evaluator", "input.quality", "input.quantity"),
    }  # fmt: skip
