from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.disclosure.queries import notices_at
from gongyue.kernel.models import Obligation, Purchase
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.oversight.models import Feedback
from gongyue.oversight.queries import answered, contact_of, feedback_for
from tests.contracts.stages import attempt, rules

DAY = date(2010, 12, 1)


def sent(line: Line) -> Feedback:
    line.act("feedback.submit", None, DAY)
    return Feedback.objects.get()


@pytest.mark.clause("GZ-P-2.4b")
def test_the_public_sends_the_bureau_handles_and_the_result_is_published(filed: Line) -> None:
    feedback = sent(filed)
    owed = Obligation.objects.filter(purchase=filed.purchase, action__startswith="feedback", is_open=True)
    bureau = filed.cast.bureaus[filed.district][0]
    assert list(owed.values_list("action", "organisation", "due_on")) == [
        ("feedback.accept", bureau.organisation_id, None)
    ]
    filed.act("feedback.accept", feedback, DAY)
    assert list(owed.values_list("action", "due_on")) == [("feedback.answer", None)]
    assert list(answered(filed.purchase)) == []
    outcome = filed.act("feedback.answer", feedback, date(2010, 12, 3), actor=bureau)
    feedback.refresh_from_db()
    assert (feedback.state, feedback.received_on, feedback.accepted_on, feedback.answered_on) == (
        "answered", DAY, DAY, date(2010, 12, 3),
    )  # fmt: skip
    sequence()
    assert outcome.entry is not None
    assert [notice.kind for notice in notices_at(outcome.entry.pk)] == ["feedback"]
    assert [row.public_text for row in answered(filed.purchase)] == ["活动室自下月起每周二、四晚上开放。"]


@pytest.mark.clause("GZ-P-2.4b")
def test_the_sender_is_nowhere_but_in_an_opening_that_can_be_erased(filed: Line) -> None:
    feedback = sent(filed)
    entry = Entry.objects.get(subject=feedback.key)
    assert ("13800000000" in entry.body, "活动室" in entry.body, contact_of(feedback)) == (False, False, "13800000000")
    filed.act("feedback.accept", feedback, DAY)
    filed.act("feedback.forget", feedback, DAY)
    feedback.refresh_from_db()
    assert (feedback.words, contact_of(feedback), entry.openings.count()) == ("", "", 0)


@pytest.mark.clause("GZ-P-3.3.5b")
def test_an_answer_for_all_holds_nobodys_number(filed: Line) -> None:
    feedback = sent(filed)
    filed.act("feedback.accept", feedback, DAY)
    outcome = attempt(filed, "feedback.answer", feedback, DAY, public_text="请来信人拨打 13800138000。")
    assert outcome.form.errors["public_text"] == ["文中含有疑似身份证号或手机号（138…00），公开前请删去"]


@pytest.mark.clause("GZ-P-2.4b")
def test_the_provider_never_learns_of_it(filed: Line) -> None:
    feedback = sent(filed)
    cast = filed.cast
    seeing = [cast.social[0], cast.streets[filed.street.pk], cast.bureaus[filed.district][0]]
    assert [feedback.visible_to(post) for post in seeing] == [False, False, True]


@pytest.mark.clause("GZ-P-2.4b")
def test_passed_on_it_is_the_other_offices_to_answer(filed: Line) -> None:
    feedback = sent(filed)
    street, bureau = filed.cast.streets[filed.street.pk], filed.cast.bureaus[filed.district][0]
    provider = filed.cast.social[0].organisation_id
    assert list(attempt(filed, "feedback.transfer", feedback, DAY, to=str(provider)).form.errors) == ["to"]
    everything = Purchase.objects.all()
    assert [list(feedback_for(post, everything)) for post in (street, bureau)] == [[], [feedback]]
    filed.act("feedback.transfer", feedback, DAY)
    assert [list(feedback_for(post, everything)) for post in (street, bureau)] == [[feedback], [feedback]]
    owed = Obligation.objects.get(purchase=filed.purchase, action="feedback.answer", is_open=True)
    assert owed.organisation == street.organisation
    assert rules(attempt(filed, "feedback.answer", feedback, DAY, actor=bureau)) == ["kernel.owner"]
    filed.act("feedback.answer", feedback, DAY, actor=street)


def test_receipts_cannot_be_guessed(filed: Line) -> None:
    for _n in range(3):
        filed.act("feedback.submit", None, DAY)
    receipts = list(Feedback.objects.values_list("receipt", flat=True))
    assert ([len(r) for r in receipts], len(set(receipts))) == ([16, 16, 16], 3)


def test_passed_on_it_is_forgotten_by_whom_it_is_with(filed: Line) -> None:
    """By no other office: neither the district that passed it on, nor another that could have had it."""
    feedback = sent(filed)
    cast = filed.cast
    street, bureau = cast.streets[filed.street.pk], cast.bureaus[filed.district][0]
    filed.act("feedback.transfer", feedback, DAY)
    for other in (bureau, cast.finances[filed.district]):
        refused = attempt(filed, "feedback.forget", feedback, DAY, actor=other)
        assert (rules(refused), refused.entry) == (["kernel.owner"], None)
    filed.act("feedback.forget", feedback, DAY, actor=street)
    feedback.refresh_from_db()
    assert (feedback.words, contact_of(feedback)) == ("", "")
