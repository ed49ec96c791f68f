"""What residents answered, taken in by the hundred: one action, one entry, one count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.batches import stage
from gongyue.kernel.models import Batch, Post, Purchase
from gongyue.kernel.perform import Outcome
from gongyue.needs.facts import NeedsFacts
from gongyue.needs.forms import AnswerRow
from gongyue.needs.models import NeedsAssessment, SurveyAnswer
from tests.parties.acts import attempt, content, done, errors, refusals

ROWS = [
    {"community": "都府社区", "age_band": "60岁及以上", "service": "居家照料", "urgency": "5"},
    {"community": "都府社区", "age_band": "18 至 35 岁", "service": "亲子活动", "urgency": "2"},
    {"community": "仰忠社区", "age_band": "under_18", "service": "课后辅导", "urgency": "3"},
]


@pytest.fixture
def purchase(line: Line) -> Purchase:
    return line.open(date(2010, 9, 6))


@pytest.fixture
def street(line: Line) -> Post:
    return line.cast.streets[line.street.pk]


@pytest.fixture
def started(line: Line, purchase: Purchase) -> NeedsAssessment:
    """Since 8 September."""
    line.act("needs.start", None, date(2010, 9, 8))
    assessment: NeedsAssessment = line.latest(NeedsAssessment)
    return assessment


def staged(purchase: Purchase, post: Post, rows: list[dict[str, str]] = ROWS, source: str = "问卷.csv") -> Batch:
    return stage(kind="needs.answers", row_form=AnswerRow, rows=rows, post=post, purchase=purchase, source=source)


def accept(assessment: NeedsAssessment, actor: Post, batch: Any, on: str = "2010-09-20", /) -> Outcome:
    return attempt("needs.accept_answers", assessment, actor, on, batch=batch.pk)


def test_answers_are_taken_in(started: NeedsAssessment, street: Post) -> None:
    batch = staged(started.purchase, street)
    kept = done(accept(started, street, batch))
    assert (kept.state, kept.version, kept.answers) == ("started", 2, 3)
    rows = SurveyAnswer.objects.filter(assessment=started, batch=batch, purchase=started.purchase).order_by("number")
    assert list(rows.values_list("number", "community", "age_band", "service", "urgency")) == [
        (1, "都府社区", "60_over", "居家照料", 5),
        (2, "都府社区", "18_35", "亲子活动", 2),
        (3, "仰忠社区", "under_18", "课后辅导", 3),
    ]


def test_the_ledger_holds_the_count_and_the_root_and_no_row(started: NeedsAssessment, street: Post) -> None:
    batch = staged(started.purchase, street)
    entry = accept(started, street, batch).entry
    assert entry is not None
    assert content(entry)["input"] == {"batch": {"rows": 3, "root": batch.root, "source": "问卷.csv"}}
    assert f'"batch":{{"root":"{batch.root}","rows":3,"source":"问卷.csv"}}' in entry.body
    assert "都府社区" not in entry.body
    assert Batch.objects.get(pk=batch.pk).accepted_by == entry.pk


def test_staging_changes_nothing(started: NeedsAssessment, street: Post) -> None:
    before = Purchase.objects.filter(pk=started.purchase_id).values().get()
    staged(started.purchase, street)
    started.refresh_from_db()
    assert (started.version, started.answers, SurveyAnswer.objects.count()) == (1, 0, 0)
    assert Purchase.objects.filter(pk=started.purchase_id).values().get() == before


def test_several_files_add_up(started: NeedsAssessment, street: Post, line: Line) -> None:
    done(accept(started, street, staged(started.purchase, street)))
    kept = done(accept(started, street, staged(started.purchase, street, ROWS[:2]), "2010-09-21"))
    assert kept.answers == SurveyAnswer.objects.filter(assessment=started).count() == 5
    assert NeedsFacts.of(line.dossier(date(2010, 9, 22))) == NeedsFacts("started", None, None, answers=5)


def test_a_batch_with_faults_is_refused_with_their_number(started: NeedsAssessment, street: Post) -> None:
    faulty = staged(started.purchase, street, [*ROWS, ROWS[0] | {"urgency": "6"}, ROWS[0] | {"community": ""}])
    assert errors(accept(started, street, faulty)) == {"batch": ["这批数据有 2 行有误，请更正后重新上传"]}
    assert SurveyAnswer.objects.count() == 0


def test_a_batch_is_accepted_once(started: NeedsAssessment, street: Post) -> None:
    batch = staged(started.purchase, street)
    done(accept(started, street, batch))
    assert list(errors(accept(started, street, batch, "2010-09-21"))) == ["batch"]
    assert SurveyAnswer.objects.count() == 3


def test_the_same_file_is_not_counted_twice(started: NeedsAssessment, street: Post) -> None:
    done(accept(started, street, staged(started.purchase, street)))
    again = staged(started.purchase, street, source="问卷（副本）.csv")
    assert errors(accept(started, street, again, "2010-09-21")) == {"batch": ["内容完全相同的一批数据已经接收过"]}


def test_only_a_batch_of_ones_own_for_this_purchase(started: NeedsAssessment, street: Post, cast: Cast) -> None:
    finance = cast.finances["440104"]
    theirs = staged(started.purchase, finance)
    other = Line(cast, "440104", "建设街").open(date(2010, 9, 6))
    elsewhere = staged(other, street)
    for batch in (theirs, elsewhere):
        assert list(errors(accept(started, street, batch))) == ["batch"]
    assert done(accept(started, finance, theirs)).answers == 3


def test_while_it_is_assessed(started: NeedsAssessment, street: Post, line: Line) -> None:
    batch = staged(started.purchase, street)
    assert refusals(accept(started, line.cast.social[0], batch)) == ["kernel.capacity"]
    line.act("needs.conclude", started, date(2010, 9, 30))
    assert refusals(accept(started, street, batch, "2010-10-08")) == ["kernel.state"]
    assert SurveyAnswer.objects.count() == 0
