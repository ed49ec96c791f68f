"""询问与答疑: one answer for all, and nobody learns who asked."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Refused, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Clarification, Enquiry, Tender
from gongyue.tendering.queries import answers, secrets

from .conftest import attempt, moment, objections, open_bids, submit_bids

pytestmark = pytest.mark.django_db


def asker(line: Line) -> Post:
    return line.cast.social[4]


def ask(line: Line, on: date = date(2010, 11, 10)) -> Clarification:
    line.act("enquiry.ask", None, on, actor=asker(line))
    found: Clarification = line.latest(Clarification)
    return found


@pytest.mark.clause("GZ-P-3.2.2c")
def test_the_purchaser_owes_an_answer_without_a_day(announced: Line) -> None:
    pending = ask(announced)
    (owed,) = Obligation.objects.filter(purchase=announced.purchase, action="clarification.give", is_open=True)
    purchaser = announced.actor("tender.publish")
    assert (owed.subject, owed.organisation_id, owed.due_on) == (pending.key, purchaser.organisation_id, None)
    announced.act("clarification.give", pending, date(2010, 11, 12))
    owed.refresh_from_db()
    assert (owed.is_open, owed.late_days) == (False, 0)


@pytest.mark.clause("GZ-P-3.2.2c")
def test_every_call_is_given_with_the_same_answers(announced: Line) -> None:
    pending = ask(announced)
    tender = announced.latest(Tender)
    assert answers([tender]) == {}
    announced.act("clarification.give", pending, date(2010, 11, 12))
    (told,) = answers([tender])[tender.pk]
    assert (told.question, told.answer) == (
        "申请书所附的机构财务报表是否须经审计？", "招标文件未要求审计，提供机构自行编制并盖章的报表即可。",
    )  # fmt: skip


@pytest.mark.clause("GZ-P-3.2.2c")
@pytest.mark.parametrize(
    ("on", "hour", "expected"), [("2010-11-30", 10, []), ("2010-12-01", 9, []), ("2010-12-01", 10, ["enquiry-in-time"])]
)
def test_enquiries_are_accepted_until_the_bids_close(announced: Line, on: str, hour: int, expected: list[str]) -> None:
    outcome = attempt(announced, "enquiry.ask", None, moment(on, hour), actor=asker(announced))
    assert [finding.rule for finding in outcome.findings] == expected
    assert (outcome.entry is None) == bool(expected)


def test_only_a_social_organisation_asks_and_only_while_a_call_stands(announced: Line) -> None:
    at = moment("2010-11-10")
    officer = announced.actor("tender.publish")
    assert find("enquiry.ask", actor=officer, at=at, purchase=announced.purchase) is None
    announced.act("tender.fail", announced.latest(Tender), date(2010, 11, 11), reason="延期重招")
    assert find("enquiry.ask", actor=asker(announced), at=at, purchase=announced.purchase) is None


def test_one_may_ask_twice_and_each_is_answered_once(announced: Line) -> None:
    first, second = ask(announced), ask(announced, date(2010, 11, 11))
    assert (first.pk != second.pk, Obligation.objects.filter(action="clarification.give", is_open=True).count()) == (
        True, 2,
    )  # fmt: skip
    announced.act("clarification.give", first, date(2010, 11, 12))
    first.refresh_from_db()
    again = attempt(announced, "clarification.give", first, moment("2010-11-13"))
    assert objections(again) == ["kernel.done"]


@pytest.mark.clause("GZ-P-3.2.2c")
def test_others_do_not_answer(announced: Line) -> None:
    pending = ask(announced)
    outcome = attempt(announced, "clarification.give", pending, moment("2010-11-12"), actor=asker(announced))
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.2.2c")
def test_no_office_asks(announced: Line) -> None:
    officer = announced.actor("tender.publish")
    mine = Enquiry(
        purchase=announced.purchase, tender=announced.latest(Tender), organisation=officer.organisation
    )  # fmt: skip
    outcome = attempt(announced, "enquiry.ask", mine, moment("2010-11-12"), actor=officer)
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.2.2c")
@pytest.mark.parametrize("field", ["question", "answer"])
def test_a_text_that_names_the_asker_is_not_published(announced: Line, field: str) -> None:
    pending = ask(announced)
    told: dict[str, Any] = {field: f"答复{asker(announced).organisation.name}：见文件第三章"}
    outcome = attempt(announced, "clarification.give", pending, moment("2010-11-12"), **told)
    assert (outcome.entry, dict(outcome.form.errors)) == (None, {field: ["公布的内容不得写出提问单位，请删去"]})


@pytest.mark.clause("GZ-P-3.2.2c")
def test_who_asked_stands_nowhere_but_in_the_sealed_entry(announced: Line) -> None:
    pending = ask(announced)
    announced.act("clarification.give", pending, date(2010, 11, 12))
    own = asker(announced)
    assert Role.objects.filter(purchase=announced.purchase, organisation=own.organisation).count() == 0
    entry = Entry.objects.get(action="enquiry.ask")
    body = json.loads(entry.body)["content"]
    assert body["input"] == {"question": body["input"].get("question")} or body["input"] == {}
    assert "财务报表" not in entry.body
    for other in Entry.objects.filter(purchase=announced.purchase.pk).exclude(pk=entry.pk):
        assert own.organisation.name not in other.body
        assert f"enquiry:{pending.enquiry_id}" not in other.body


@pytest.mark.clause("GZ-P-3.2.2c")
def test_the_enquiry_is_secret_like_a_bid_and_stays_so_for_other_bidders(announced: Line) -> None:
    ask(announced)
    key, at = announced.latest(Enquiry).key, moment("2010-11-10")
    officer, rival = announced.actor("tender.publish"), announced.cast.social[0]

    def hidden(post: Post | None) -> bool:
        return key in secrets(announced.purchase, post, at).subjects

    assert [hidden(None), hidden(officer), hidden(rival), hidden(asker(announced))] == [True, True, True, False]
    open_bids(submit_bids(announced))
    assert [hidden(None), hidden(officer), hidden(rival), hidden(asker(announced))] == [True, False, True, False]


def test_a_refused_enquiry_is_kept_for_the_ledger_of_refusals(announced: Line) -> None:
    attempt(announced, "enquiry.ask", None, moment("2010-12-01", 10), actor=asker(announced))
    assert Refused.objects.filter(action="enquiry.ask").count() == 1
