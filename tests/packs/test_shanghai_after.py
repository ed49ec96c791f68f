"""Shanghai after the contract, and where its money comes from: who does what, in what order, and what is owed next."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.policy import Regime

from .conftest import loaded

ON = date(2012, 9, 3)
WATCHING = ("purchaser", "supervisor", "audit", "congress", "consultative")
WARNING = ("supervisor", "purchaser", "finance", "committee", "audit")
WHO = {
    "SH-1.2b": {"departmentbudget.record": ("finance",), "departmentbudget.adjust": ("finance",)},
    "SH-1.3": {
        "catalogue.draft": ("city_finance",), "catalogue.approve": ("government",),
        "catalogue.return": ("government",), "catalogue.publish": ("city_finance",),
    },
    "SH-2.3c": {"moneynotice.publish": ("purchaser",)},
    "SH-2.4b": {"purchase.start": ("purchaser",)},
    "SH-2.5b": {"purchase.start": ("purchaser",), "supervision.record": WATCHING},
    "SH-2.5a": {"checkpoint.commission": ("purchaser",), "checkpoint.record": ("purchaser", "evaluator")},
    "SH-2.5c": {
        "publication.log": ("purchaser",), "projectfacts.publish": ("provider",), "feedback.submit": ("public",),
        "feedback.accept": ("purchaser",), "feedback.answer": ("purchaser", "finance"),
    },
    "SH-2.5d": {"audit.record": ("audit",), "supervision.record": WATCHING},
    "SH-2.5e": {
        "alert.raise": (*WARNING, "congress", "consultative"), "alert.lift": (*WARNING, "congress", "consultative"),
        "alertmeasure.answer": WARNING,
    },
}  # fmt: skip
ORDER = {
    "SH-1.2b": {("departmentbudget", ""): ("recorded",)},
    "SH-1.3": {("catalogue", ""): ("drafted", "approved", "published")},
    "SH-2.1a": {("item", ""): ("proposed", "approved"), ("share", ""): ("arranged", "committed")},
    "SH-2.3c": {("moneynotice", ""): ("published",), ("fund", ""): ("opened",)},
    "SH-2.5a": {("checkpoint", ""): ("recorded",), ("checkpoint", "external"): ("commissioned", "recorded")},
    "SH-2.5c": {
        ("feedback", ""): ("received", "accepted", "answered"), ("publication", ""): ("logged",),
        ("projectfacts", ""): ("published",),
    },
    "SH-2.5d": {("audit", ""): ("recorded",)},
    "SH-2.5e": {("alert", ""): ("raised", "lifted"), ("alertmeasure", ""): ("sent", "answered")},
}  # fmt: skip
OWED = {  # after, then what, of which, by whom
    "SH-2.1a": {"approve-item": ("item.propose", "item.approve", "", ("committee", "city_budget"))},
    "SH-2.3c": {"tell-of-lottery-money": ("payment.pay", "moneynotice.publish", "", ("purchaser",))},
    "SH-2.5a": {
        "look-before-inside": ("tender.award", "checkpoint.record", "before-internal", ("purchaser",)),
        "look-before-outside": ("tender.award", "checkpoint.commission", "before-external", ("purchaser",)),
        "look-during-inside": ("contract.sign", "checkpoint.record", "during-internal", ("purchaser",)),
        "look-during-outside": ("contract.sign", "checkpoint.commission", "during-external", ("purchaser",)),
        "look-after-inside": ("contract.sign", "checkpoint.record", "after-internal", ("purchaser",)),
        "look-after-outside": ("contract.sign", "checkpoint.commission", "after-external", ("purchaser",)),
        "report-from-outside": ("checkpoint.commission", "checkpoint.record", "", ("evaluator",)),
    },
    "SH-2.5c": {
        "accept-feedback": ("feedback.submit", "feedback.accept", "", ("purchaser",)),
        "answer-feedback": ("feedback.accept", "feedback.answer", "", ("purchaser",)),
        "publish-project-facts": ("contract.sign", "projectfacts.publish", "", ("provider",)),
    },
    "SH-2.5d": {
        "audit-project": ("contract.sign", "audit.record", "project", ("audit",)),
        "audit-provider": ("audit.record", "audit.record", "extended", ("audit",)),
    },
    "SH-2.5e": {"act-on-alert": ("alert.raise", "alertmeasure.answer", "", WARNING)},
}


def each(table: dict[str, object]) -> list[object]:
    """A case for each clause, marked with it."""
    return [pytest.param(found, id=clause, marks=pytest.mark.clause(clause)) for clause, found in table.items()]


@pytest.fixture(scope="session")
def shanghai() -> Regime:
    return loaded("cn-sh")


@pytest.mark.parametrize("wanted", each({**WHO}))
def test_who_does_it(shanghai: Regime, wanted: dict[str, tuple[str, ...]]) -> None:
    whos = {name: shanghai.who(name) for name in wanted}
    assert {name: who and who.capacities for name, who in whos.items()} == wanted


@pytest.mark.parametrize("wanted", each({**ORDER}))
def test_in_what_order(shanghai: Regime, wanted: dict[tuple[str, str], tuple[str, ...]]) -> None:
    orders = {key: shanghai.order(*key, ON) for key in wanted}
    assert {key: order and order.milestones for key, order in orders.items()} == wanted


@pytest.mark.parametrize("wanted", each({**OWED}))
def test_what_is_owed_next(shanghai: Regime, wanted: dict[str, tuple[str, str, str, tuple[str, ...]]]) -> None:
    rules = {rule.id: rule for rule in shanghai.all_obligations()}
    found = {name: (rule.after[0], rule.do, rule.seed, rule.who) for name, rule in rules.items() if name in wanted}
    assert found == wanted


@pytest.mark.parametrize(
    ("act", "notice"),
    [
        pytest.param("tender.award", ("award-notice", "award"), marks=pytest.mark.clause("SH-2.1a")),
        pytest.param("tender.publish", ("tender-notice", "notice"), marks=pytest.mark.clause("SH-2.2c")),
    ],
)
def test_what_the_public_is_told(shanghai: Regime, act: str, notice: tuple[str, str]) -> None:
    assert [(one.id, one.kind) for one in shanghai.disclosures_of(act, ON)] == [notice]
