"""The quality standard an expert group writes, the documents that take it over, the factors that measure it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.written.tendering import STANDARD
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry
from gongyue.tendering.forms import DraftTenderForm
from gongyue.tendering.models import GroupMember, StandardGroup, Tender
from tests.parties.acts import content, errors
from tests.tendering.conftest import attempt, moment, objections

OTHER = "由专家组编写的服务质量标准：小组出席率、社工持证率。"
DUE = "2010-12-01T09:30"


@pytest.fixture
def bare(drafting: Line) -> Line:
    """As `drafting`, but no expert group has written anything."""
    GroupMember.objects.all().delete()
    StandardGroup.objects.all().delete()
    return drafting


def briefed(line: Line, **data: Any) -> Tender:
    line.act("tender.draft", None, date(2010, 10, 15), **data)
    line.act("tender.brief", line.latest(Tender), date(2010, 10, 20))
    tender: Tender = line.latest(Tender)
    return tender


@pytest.mark.clause("GZ-P-3.2.1b")
def test_members_are_kept_their_names_apart(drafting: Line) -> None:
    group = drafting.latest(StandardGroup)
    assert (group.organised, group.third_party) == ("third", "南岭学院社会工作系（演示）")
    assert (group.standard, group.written_on) == (STANDARD, date(2010, 10, 12))
    assert group.members == [
        {"organisation": "南岭学院（演示）", "speciality": "社会工作评估"},
        {"organisation": "家庭服务研究会（演示）", "speciality": "家庭与青少年服务"},
    ]
    assert [person.name for person in group.people.order_by("pk")] == ["孔某", "柯某"]
    assert "孔某" not in str(content(Entry.objects.get(purchase=drafting.purchase.pk, action="standardgroup.record")))


@pytest.mark.clause("GZ-P-3.2.1b")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"members": []}, {"members": ["至少填写 1 行"]}),
        ({"third_party": ""}, {"third_party": ["请填写受委托的第三方组织"]}),
        ({"standard": " "}, {"standard": ["这个字段是必填项。"]}),
        ({"written_on": "2010-10-14"}, {"written_on": ["制定日期晚于今天"]}),
    ],
)
def test_what_is_missing_is_said_at_its_field(bare: Line, wrong: dict[str, Any], said: object) -> None:
    assert errors(attempt(bare, "standardgroup.record", None, moment("2010-10-13"), **wrong)) == said
    assert not StandardGroup.objects.exists()


@pytest.mark.clause("GZ-P-3.2.1b")
def test_only_the_purchaser_records_the_group(bare: Line) -> None:
    street = bare.cast.streets[bare.street.pk]
    group = StandardGroup(purchase=bare.purchase)
    outcome = attempt(bare, "standardgroup.record", group, moment("2010-10-13"), actor=street)
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.2.1b")
def test_the_documents_begin_with_its_text(drafting: Line) -> None:
    form = DraftTenderForm(
        actor=drafting.actor("tender.draft"), subject=Tender(purchase=drafting.purchase),
        dossier=drafting.dossier(date(2010, 10, 15)),
    )  # fmt: skip
    assert form.get_initial_for_field(form.fields["quality_standard"], "quality_standard") == STANDARD


@pytest.mark.clause("GZ-P-3.2.1b")
def test_no_package_without_an_expert_written_standard(bare: Line) -> None:
    tender = briefed(bare)
    due = Obligation.objects.get(purchase=bare.purchase, action="standardgroup.record", is_open=True)
    assert str(due.organisation) == "越秀区民政局"
    refused = attempt(bare, "tender.publish", tender, moment("2010-11-08"), bids_due_at=DUE)
    assert objections(refused) == ["expert-standard"]
    bare.act("standardgroup.record", None, date(2010, 11, 1), organised="direct", third_party="")
    assert attempt(bare, "tender.publish", bare.latest(Tender), moment("2010-11-08"), bids_due_at=DUE).entry is not None


@pytest.mark.clause("GZ-P-3.2.1b")
def test_documents_with_another_standard_take_over_what_the_experts_wrote(drafting: Line) -> None:
    tender = briefed(drafting, quality_standard="采购人自拟：小组出席率、服务对象满意度、个案按期结案率。")
    refused = attempt(drafting, "tender.publish", tender, moment("2010-11-08"), bids_due_at=DUE)
    assert objections(refused) == ["expert-standard"]
    drafting.act("standardgroup.record", None, date(2010, 11, 1))
    assert drafting.latest(Tender).quality_standard == STANDARD
    published = attempt(drafting, "tender.publish", drafting.latest(Tender), moment("2010-11-08"), bids_due_at=DUE)
    assert published.entry is not None


@pytest.mark.clause("GZ-P-3.2.1b")
def test_what_was_issued_is_not_rewritten(announced: Line) -> None:
    announced.act("standardgroup.record", None, date(2010, 11, 10), standard=OTHER)
    assert announced.latest(Tender).quality_standard == STANDARD


@pytest.mark.clause("GZ-P-2.3b")
@pytest.mark.parametrize("point", ["", "社工持证率"])
def test_a_factor_that_measures_no_point_of_the_standard_is_warned_of(drafting: Line, point: str) -> None:
    factors = PAPERS["tender.draft"](drafting, Tender(), date(2010, 10, 15))["factors"]
    tender = briefed(drafting, factors=[factors[0] | {"measures": point}, *factors[1:]])
    assert [factor["name"] for factor in tender.loose] == ["服务方案"]
    outcome = attempt(drafting, "tender.publish", tender, moment("2010-11-08"), bids_due_at=DUE)
    assert [(f.rule, f.severity) for f in outcome.findings] == [("factors-measure-the-standard", "warn")]
    reason = {"acknowledge-factors-measure-the-standard": "本因素衡量的是筹备进度。"}
    done = attempt(drafting, "tender.publish", tender, moment("2010-11-08"), bids_due_at=DUE, **reason)
    assert done.entry is not None


@pytest.mark.clause("GZ-P-2.3b")
def test_the_price_measures_no_point(drafting: Line) -> None:
    assert briefed(drafting).loose == []
