"""Rows staged in bulk: the root over them, what is wrong in them, and that one action takes them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import repeat
from uuid import uuid4

import pytest
from django import forms
from django.db import IntegrityError, connections
from django.utils.translation import override

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.batches import (
    BatchFacts,
    accept,
    accepted_before,
    accepted_rows,
    choices,
    columns,
    proven_rows,
    stage,
)
from gongyue.kernel.checking import CHUNK
from gongyue.kernel.fields import NamedChoiceField
from gongyue.kernel.models import Batch, BatchRow, Post, Purchase
from gongyue.kernel.perform import perform
from gongyue.ledger import merkle
from gongyue.ledger.models import Entry
from gongyue.needs.forms import AnswerRow
from gongyue.needs.models import NeedsAssessment, SurveyAnswer
from tests.town import at

KIND = "test.visits"


class Visit(forms.Form):
    """A row with every turn a row can take."""

    place = forms.CharField(label="地点", max_length=10)
    on = forms.DateField(label="日期")
    turn = NamedChoiceField(label="班次", choices=[("early", "早班（1）"), ("late", "晚班 2")])


def visit(place: str = "文化站", on: str = "2010-09-01", turn: str = "早班(1)") -> dict[str, str]:
    return {"place": place, "on": on, "turn": turn}


@pytest.fixture
def post(cast: Cast) -> Post:
    return next(iter(cast.streets.values()))


@pytest.fixture
def purchase(line: Line) -> Purchase:
    return line.open(date(2010, 9, 6))


def staged(
    post: Post, rows: Iterable[Mapping[str, str]], purchase: Purchase | None = None, source: str = "走访.csv"
) -> Batch:
    batch = stage(kind=KIND, row_form=Visit, rows=rows, post=post, purchase=purchase, source=source)
    return Batch.objects.get(pk=batch.pk)


def accepted(batch: Batch) -> Batch:
    accept([batch], Entry.objects.latest("pk"))
    return Batch.objects.get(pk=batch.pk)


# --- the rows and their root ----------------------------------------------------------------------------------------


def test_the_root_is_that_of_the_rows(post: Post) -> None:
    batch = staged(post, [visit(), visit("居委会", turn="late"), visit("小学", turn="晚班２")])
    texts = [
        '{"on":"2010-09-01","place":"文化站","turn":"early"}',
        '{"on":"2010-09-01","place":"居委会","turn":"late"}',
        '{"on":"2010-09-01","place":"小学","turn":"late"}',
    ]
    leaves = [merkle.leaf_hash(text.encode()) for text in texts]
    assert batch.root == merkle.root(leaves).hex()
    assert (batch.rows, batch.faults, batch.source, batch.accepted_by) == (3, 0, "走访.csv", None)
    kept = list(BatchRow.objects.filter(batch=batch).order_by("number").values_list("number", "digest", "fault"))
    assert kept == [(number, leaf.hex(), "") for number, leaf in enumerate(leaves, 1)]
    assert batch.ledger_value() == {"rows": 3, "root": batch.root, "source": "走访.csv"}


def test_more_rows_than_are_written_at_once(post: Post) -> None:
    batch = staged(post, (visit(f"第{n}户") for n in range(2 * CHUNK + 1)))
    digests = BatchRow.objects.filter(batch=batch).order_by("number").values_list("digest", flat=True)
    assert batch.rows == len(digests) == 2 * CHUNK + 1
    assert batch.root == merkle.root([bytes.fromhex(digest) for digest in digests]).hex()


def test_the_input_is_read_as_it_is_written(post: Post) -> None:
    """By the time the third chunk is asked for, two have been kept."""
    kept: list[int] = []

    def rows() -> Iterator[dict[str, str]]:
        for number in range(2 * CHUNK + 1):
            if number % CHUNK == 0:
                kept.append(BatchRow.objects.filter(batch__kind=KIND).count())
            yield visit()

    staged(post, rows())
    assert kept == [0, CHUNK, 2 * CHUNK]


def test_what_the_input_raises_leaves_nothing_behind(post: Post) -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield from repeat(visit(), CHUNK + 500)
        raise LookupError("第几行")

    with pytest.raises(LookupError, match="第几行"):
        staged(post, rows())
    assert (Batch.objects.count(), BatchRow.objects.count()) == (0, 0)


def test_what_is_sealed_does_not_stand_in_a_batch(post: Post) -> None:
    class Named(forms.Form):
        name = forms.CharField()

    Named.base_fields["name"].sealed = True  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="Named has fields that must not stand in a batch"):
        stage(kind=KIND, row_form=Named, rows=[], post=post, purchase=None, source="x.csv")


def test_what_is_personal_is_committed_to_and_stands_beside_the_row(post: Post) -> None:
    class Named(forms.Form):
        name = forms.CharField(required=False)
        place = forms.CharField()

    Named.base_fields["name"].personal = True  # type: ignore[attr-defined]
    rows = [{"name": "某人", "place": "越秀"}, {"name": "", "place": "越秀"}, {"name": "某人", "place": ""}]
    batch = stage(kind=KIND, row_form=Named, rows=rows, post=post, purchase=None, source="x.csv")
    first, second, third = BatchRow.objects.filter(batch=batch).order_by("number")
    assert (list(first.data["name"]), first.data["place"]) == (["commitment"], "越秀")
    assert (second.data, second.personal) == ({"name": "", "place": "越秀"}, None)
    assert (list(third.data["name"]), third.personal["name"]["value"]) == (["commitment"], "某人")
    assert [row["name"] for _number, row in accepted_rows(batch)] == ["某人", "", "某人"]
    assert first.personal["name"]["salt"] != third.personal["name"]["salt"]


# --- what is wrong in them ------------------------------------------------------------------------------------------


def test_faults_name_their_row_and_column(post: Post) -> None:
    with override("en"):
        batch = staged(post, [visit(), visit("", "九月"), visit(turn="夜班"), visit("文\0化\n站" * 9, turn="夜\0班")])
    faulty = BatchRow.objects.filter(batch=batch).exclude(fault="").order_by("number")
    assert [(row.number, row.fault.split("\n")) for row in faulty] == [
        (2, ["地点：这个字段是必填项。", "日期：输入一个有效的日期。"]),
        (3, ["班次：选择一个有效的选项。 夜班 不在可用的选项中。"]),
        (4, [
            "地点：确保该变量包含不超过 10 字符 (目前字符数 45)。", "地点：不允许是用空字符串。",
            "班次：选择一个有效的选项。 夜\ufffd班 不在可用的选项中。",
        ]),
    ]  # fmt: skip
    assert faulty[0].data == {"place": "", "on": "九月", "turn": "早班(1)"}
    assert (batch.rows, batch.faults) == (4, 3)


def test_columns_are_named_in_chinese_for_every_reader() -> None:
    with override("en"):
        assert columns(AnswerRow) == {
            "社区": "community", "年龄段": "age_band", "最需要的服务": "service", "紧迫程度": "urgency",
        }  # fmt: skip


def test_a_corrected_file_replaces_the_faulty_one(post: Post, purchase: Purchase) -> None:
    staged(post, [visit("")])
    elsewhere = staged(post, [visit("")], purchase)
    good = staged(post, [visit()], purchase)
    assert list(Batch.objects.filter(purchase=purchase)) == [good]
    assert not Batch.objects.filter(pk=elsewhere.pk).exists()
    assert Batch.objects.filter(purchase=None).count() == 1


def test_repeated_rows_are_counted(post: Post, purchase: Purchase) -> None:
    first = staged(post, [visit("甲"), visit("乙"), visit("甲"), visit("甲"), visit("")], purchase)
    assert BatchFacts.of(first) == BatchFacts(rows=5, faults=1, repeated=2)
    accepted(staged(post, [visit("乙"), visit("丙")], purchase))
    accepted(staged(post, [visit("丁")]))
    second = staged(post, [visit("甲"), visit("乙"), visit("丙"), visit("乙"), visit("丁")], purchase)
    assert BatchFacts.of(second) == BatchFacts(rows=5, faults=0, repeated=3)


def test_facts_are_three_queries(post: Post, django_assert_num_queries: object) -> None:
    batch = staged(post, [visit()])
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert BatchFacts.of(batch) == BatchFacts(rows=1, faults=0, repeated=0)


# --- who may take them, and once --------------------------------------------------------------------------------------


def test_an_organisation_chooses_among_its_own(post: Post, purchase: Purchase, cast: Cast) -> None:
    own, other = staged(post, [visit()], purchase), list(cast.streets.values())[1]
    staged(other, [visit()], purchase)
    staged(post, [visit()])
    Batch.objects.create(kind=KIND, post=post, purchase=purchase, source="还没传完.csv")
    assert list(choices(kind=KIND, purchase=purchase, organisation=post.organisation)) == [own]
    assert list(choices(kind="test.other", purchase=purchase, organisation=post.organisation)) == []
    accepted(own)
    assert list(choices(kind=KIND, purchase=purchase, organisation=post.organisation)) == []


def test_the_same_file_again_is_known(post: Post, purchase: Purchase) -> None:
    rows = [visit("甲"), visit("乙")]
    again, turned, elsewhere = staged(post, rows, purchase), staged(post, rows[::-1], purchase), staged(post, rows)
    accepted(staged(post, rows, purchase))
    assert [accepted_before(batch) for batch in (again, turned, elsewhere)] == [True, False, False]


def test_the_kernel_accepts_a_batch_once(post: Post, purchase: Purchase) -> None:
    batch = accepted(staged(post, [visit()], purchase))
    assert batch.accepted_by == Entry.objects.latest("pk").pk
    batch.accepted_by = None
    with pytest.raises(IntegrityError):
        accept(["something else", batch], Entry.objects.latest("pk"))


def test_rows_that_were_changed_after_staging_are_not_taken(post: Post) -> None:
    batch = staged(post, [visit("甲"), visit("乙")])
    assert [(number, data["place"]) for number, data in accepted_rows(batch)] == [(1, "甲"), (2, "乙")]
    BatchRow.objects.filter(batch=batch, number=2).update(data={"place": "丙", "on": "2010-09-01", "turn": "late"})
    with pytest.raises(ValueError, match="are not those that were staged"):
        list(accepted_rows(batch))
    with pytest.raises(ValueError, match="are not those that were staged"):
        proven_rows(batch)


def test_a_digest_changed_with_its_row_does_not_help(post: Post) -> None:
    batch = staged(post, [visit("甲"), visit("乙")])
    assert [row.data["place"] for row in proven_rows(batch)] == ["甲", "乙"]
    text = '{"on":"2010-09-01","place":"丙","turn":"late"}'
    BatchRow.objects.filter(batch=batch, number=2).update(
        data={"place": "丙", "on": "2010-09-01", "turn": "late"}, digest=merkle.leaf_hash(text.encode()).hex()
    )
    with pytest.raises(ValueError, match="are not those that were staged"):
        proven_rows(batch)


def test_a_row_left_out_is_noticed(post: Post) -> None:
    batch = staged(post, [visit("甲"), visit("乙")])
    BatchRow.objects.filter(batch=batch, number=2).delete()
    with pytest.raises(ValueError, match="are not those that were staged"):
        proven_rows(batch)


ANSWER = {"community": "都府社区", "age_band": "60岁及以上", "service": "居家照料", "urgency": "5"}


def reach(assessment: NeedsAssessment, actor: Post, batch: Batch) -> str:
    """Accept it under the version just read, again while somebody else was quicker; what came of it."""
    try:
        while True:
            seen = NeedsAssessment.objects.get(pk=assessment.pk)
            outcome = perform(
                "needs.accept_answers", seen, actor=actor, at=at("2010-09-20"), data={"batch": batch.pk},
                seen=seen.version, request_id=uuid4(),
            )  # fmt: skip
            if outcome.entry is not None:
                return "done"
            if [finding.rule for finding in outcome.findings] != ["kernel.stale"]:
                return ",".join(outcome.form.errors)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_many_hands_take_it_once(line: Line) -> None:
    line.open(date(2010, 9, 6))
    line.act("needs.start", None, date(2010, 9, 8))
    assessment: NeedsAssessment = line.latest(NeedsAssessment)
    actor = line.actor("needs.accept_answers")
    batch = stage(
        kind="needs.answers", row_form=AnswerRow, rows=repeat(ANSWER, 30), post=actor, purchase=line.purchase,
        source="问卷.csv",
    )  # fmt: skip
    with ThreadPoolExecutor(max_workers=6) as pool:
        came = Counter(pool.map(lambda _n: reach(assessment, actor, batch), range(12)))
    assert came == {"done": 1, "batch": 11}
    assert SurveyAnswer.objects.filter(assessment=assessment).count() == 30
    assert Entry.objects.filter(action="needs.accept_answers").count() == 1
