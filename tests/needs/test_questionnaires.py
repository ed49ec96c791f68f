"""Questions that anybody may answer once, without an account; closing puts their count and root into the ledger."""

from __future__ import annotations

import threading
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.ledger import merkle
from gongyue.ledger.canonical import canonical
from gongyue.needs import results
from gongyue.needs.domain.answering import Kept, answer, turn_away
from gongyue.needs.models import Answer, NeedsAssessment, NeedsSurvey, Questionnaire, SatisfactionSurvey
from gongyue.needs.questions import AnswerForm, questions_of
from tests.parties.acts import attempt, content, done, errors, refusals

QUESTIONS = [
    {"text": "您的年龄", "kind": "single", "options": "60岁以下; 60岁及以上", "required": "on"},
    {"text": "需要哪些服务", "kind": "多选", "options": "长者照顾\n亲子活动；课后照管；长者照顾", "required": "on"},
    {"text": "有多迫切", "kind": "scale", "options": "无用", "required": "on"},
    {"text": "家里几口人", "kind": "number", "options": "", "required": ""},
    {"text": "建议", "kind": "text", "options": "", "required": ""},
]
NOON = datetime(2010, 9, 10, 12, tzinfo=LOCAL)


@pytest.fixture
def street(line: Line) -> Post:
    line.open(date(2010, 9, 6))
    return line.cast.streets[line.street.pk]


def draft(line: Line, actor: Post, on: str = "2010-09-07", /, **data: Any) -> Any:
    given = {"title": "居民需求问卷", "introduction": "", "questions": QUESTIONS} | data
    born = NeedsSurvey(purchase=line.purchase, purpose="needs")
    return attempt("needs_survey.draft", born, actor, on, **given)


@pytest.fixture
def opened(line: Line, street: Post) -> Questionnaire:
    """Since 8 September 2010, until the twentieth."""
    done(draft(line, street))
    line.act("needs_survey.open", line.latest(NeedsSurvey), date(2010, 9, 8), closes_on="2010-09-20")
    found: Questionnaire = line.latest(NeedsSurvey)
    return found


def keep(survey: Questionnaire, data: dict[str, Any], at: datetime = NOON, key: UUID | None = None) -> Kept:
    return answer(survey, key=key or uuid4(), data=data, at=at)


@pytest.mark.clause("GZ-P-2.1b")
def test_a_questionnaire_is_written(line: Line, street: Post) -> None:
    kept = done(draft(line, street))
    assert (kept.state, kept.purpose, kept.token) == ("drafted", "needs", None)
    assert [(row["kind"], row["options"], row["required"]) for row in kept.questions] == [
        ("single", "60岁以下；60岁及以上", True),
        ("multiple", "长者照顾；亲子活动；课后照管", True),
        ("scale", "", True),
        ("number", "", False), ("text", "", False),
    ]  # fmt: skip


def test_a_choice_needs_options(line: Line, street: Post) -> None:
    refused = draft(
        line, street, questions=[QUESTIONS[0] | {"options": "只有一个；只有一个"}, QUESTIONS[2] | {"text": ""}]
    )
    assert errors(refused) == {
        "questions": [
            "第 1 行 选项（用分号隔开）：选择题须有 2 至 20 个不同的选项，用分号隔开",
            "第 2 行 问题：这个字段是必填项。",
        ]
    }
    assert Questionnaire.objects.count() == 0


@pytest.mark.clause("GZ-P-2.1b")
def test_who_asks_for_needs_and_who_for_satisfaction(line: Line, street: Post) -> None:
    for other in (line.cast.city[0], line.cast.social[0]):
        assert refusals(draft(line, other)) == ["kernel.capacity"]
    born = SatisfactionSurvey(purchase=line.purchase, purpose="satisfaction")
    given = {"title": "满意度", "introduction": "", "questions": QUESTIONS}
    assert refusals(attempt("satisfaction_survey.draft", born, street, "2010-09-07", **given)) == ["kernel.capacity"]
    bureau = line.cast.bureaus[line.district][0]
    assert done(attempt("satisfaction_survey.draft", born, bureau, "2010-09-07", **given)).purpose == "satisfaction"
    assert (NeedsSurvey.objects.count(), SatisfactionSurvey.objects.count()) == (0, 1)


@pytest.mark.clause("GZ-P-2.1b")
def test_who_does_not_assess_needs_asks_nobody(line: Line, street: Post) -> None:
    city = line.cast.city[0]
    assert refusals(draft(line, city)) == ["kernel.capacity"]
    kept = done(draft(line, street))
    again = {"title": "第二稿", "introduction": "", "questions": QUESTIONS}
    assert refusals(attempt("needs_survey.revise", kept, city, "2010-09-07", **again)) == ["kernel.capacity"]
    assert refusals(attempt("needs_survey.open", kept, city, "2010-09-08")) == ["kernel.capacity"]
    line.act("needs_survey.open", kept, date(2010, 9, 8))
    assert refusals(attempt("needs_survey.close", kept, city, "2010-09-15")) == ["kernel.capacity"]


def test_one_is_written_at_a_time_and_may_be_written_anew(line: Line, street: Post) -> None:
    kept = done(draft(line, street))
    assert refusals(draft(line, street)) == ["kernel.conflict"]
    again = {"title": "第二稿", "introduction": "请填写", "questions": QUESTIONS[2:3]}
    revised = done(attempt("needs_survey.revise", kept, street, "2010-09-07", **again))
    assert (revised.title, len(revised.questions), revised.version) == ("第二稿", 1, 2)


def test_it_opens_at_an_address_nobody_guesses(opened: Questionnaire, street: Post) -> None:
    assert (opened.state, opened.opened_on, opened.closes_on) == ("opened", date(2010, 9, 8), date(2010, 9, 20))
    assert opened.token is not None
    assert (len(opened.token), set(opened.token) <= set("abcdefghjkmnpqrstuvwxyz23456789")) == (12, True)
    given = {"title": "改", "introduction": "", "questions": QUESTIONS}
    assert refusals(attempt("needs_survey.revise", opened, street, "2010-09-09", **given)) == ["kernel.state"]


def test_it_does_not_end_before_it_begins(line: Line, street: Post) -> None:
    kept = done(draft(line, street))
    refused = attempt("needs_survey.open", kept, street, "2010-09-08", closes_on="2010-09-07")
    assert errors(refused) == {"closes_on": ["填答截止日不能早于发布当日"]}


def test_an_answer_is_kept_once(opened: Questionnaire) -> None:
    key = uuid4()
    data = {"1": "60岁以下", "2": ["亲子活动"], "3": 4}
    assert (keep(opened, data, key=key), keep(opened, data, key=key)) == (Kept.NEW, Kept.REPEATED)
    row = Answer.objects.get()
    assert (row.data, row.at) == (data, NOON)
    opened.refresh_from_db()
    assert (opened.version, opened.answers) == (2, None)


def test_none_comes_late(opened: Questionnaire) -> None:
    assert keep(opened, {"3": 1}, datetime(2010, 9, 20, 23, tzinfo=LOCAL)) is Kept.NEW
    assert keep(opened, {"3": 1}, datetime(2010, 9, 21, 0, tzinfo=LOCAL)) is Kept.CLOSED


def test_the_database_keeps_answers_as_they_are(opened: Questionnaire) -> None:
    keep(opened, {"3": 1})
    for change in (lambda: Answer.objects.update(data={}), lambda: Answer.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.clause("GZ-P-2.1b")
def test_closing_puts_count_and_root_into_the_ledger(opened: Questionnaire, street: Post, line: Line) -> None:
    said = [{"1": "60岁以下", "2": ["亲子活动", "课后照管"], "3": 4}, {"2": ["亲子活动"], "3": 5, "5": "多开夜间班"}]
    keys = [uuid4(), uuid4()]
    for key, data in zip(keys, said, strict=True):
        keep(opened, data, key=key)
    outcome = attempt("needs_survey.close", opened, street, "2010-09-15", answers="999")
    leaves = [merkle.leaf_hash(canonical({"key": k, "data": d}).encode()) for k, d in zip(keys, said, strict=True)]
    root = merkle.root(leaves).hex()
    assert content(outcome.entry)["input"] == {"answers": {"rows": 2, "root": root}}
    assert outcome.entry is not None
    assert "多开夜间班" not in outcome.entry.body
    closed = done(outcome)
    assert (closed.answers, closed.root, closed.closed_on) == (2, root, date(2010, 9, 15))
    assert keep(closed, {"3": 1}) is Kept.CLOSED
    assert results.counted(closed) == results.Counted(2, root)


@pytest.mark.clause("GZ-P-2.1b")
def test_what_was_answered_is_the_sample(opened: Questionnaire, line: Line) -> None:
    for mark in (3, 4, 5):
        keep(opened, {"3": mark})
    line.act("needs_survey.close", opened, date(2010, 9, 15))
    line.act("needs.start", None, date(2010, 9, 16))
    line.act("needs.conclude", line.latest(NeedsAssessment), date(2010, 9, 20), sample="412")
    assert line.latest(NeedsAssessment).sample == 3


def test_results_are_counted(opened: Questionnaire, django_assert_num_queries: Any) -> None:
    keep(opened, {"1": "60岁以下", "2": ["亲子活动", "课后照管"], "3": 4, "4": 3})
    keep(opened, {"1": "60岁及以上", "2": ["亲子活动"], "3": 5, "5": "多开夜间班"})
    keep(opened, {"1": "60岁及以上", "2": ["长者照顾"], "3": 4})
    turn_away(opened)
    turn_away(opened)
    with django_assert_num_queries(2):
        told = results.results(opened)
    assert (told.answers, told.turned_away, told.mean_bp) == (3, 2, 8667)
    assert [one.distribution for one in told.questions] == [
        [("60岁以下", 1), ("60岁及以上", 2)],
        [("长者照顾", 1), ("亲子活动", 2), ("课后照管", 1)],
        [("1", 0), ("2", 0), ("3", 0), ("4", 2), ("5", 1)],
        [], [],
    ]  # fmt: skip
    assert (told.questions[3].total, told.questions[4].texts) == (3, ["多开夜间班"])
    assert [one.mean_bp for one in told.questions] == [None, None, 8667, None, None]


def test_there_is_no_mean_of_nothing(opened: Questionnaire) -> None:
    told = results.results(opened)
    assert (told.answers, told.mean_bp) == (0, None)


def test_satisfaction_is_read_once_closed(line: Line, street: Post) -> None:
    bureau = line.cast.bureaus[line.district][0]
    line.act("satisfaction_survey.draft", None, date(2010, 9, 7), actor=bureau)
    line.act("satisfaction_survey.open", line.latest(SatisfactionSurvey), date(2010, 9, 8), actor=bureau)
    survey = line.latest(SatisfactionSurvey)
    keep(survey, {"1": 5, "2": 4})
    assert results.satisfaction(line.purchase) == []
    line.act("satisfaction_survey.close", survey, date(2010, 9, 12), actor=bureau)
    ((row, told),) = results.satisfaction(line.purchase)
    assert (row.answers, told.answers, told.mean_bp) == (1, 1, 9000)


def test_what_was_answered_must_fit_the_question(opened: Questionnaire) -> None:
    typed = {"key": str(uuid4()), "q1": "不在其中", "q2": [], "q3": "6", "q4": "-1", "q5": "长" * 501}
    form = AnswerForm(questions_of(opened), typed)
    assert sorted(form.errors) == ["q1", "q2", "q3", "q4", "q5"]


@pytest.mark.django_db(transaction=True)
def test_none_slips_past_closing(line: Line, request: pytest.FixtureRequest) -> None:
    """Many answer while it is closed: what the ledger counts is what is there."""
    street: Post = request.getfixturevalue("street")
    survey: Questionnaire = request.getfixturevalue("opened")
    kept: list[Kept] = []

    def many() -> None:
        try:
            kept.extend(keep(survey, {"3": 1 + n % 5}) for n in range(12))
        finally:
            connection.close()

    several = [threading.Thread(target=many) for _n in range(3)]
    for one in several:
        one.start()
    outcome = attempt("needs_survey.close", survey, street, "2010-09-15")
    for one in several:
        one.join()
    closed = done(outcome)
    assert Answer.objects.filter(questionnaire=survey.pk).count() == closed.answers == kept.count(Kept.NEW)
    assert results.counted(closed).root == closed.root
