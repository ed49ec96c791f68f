"""The contract as a Word document: what is on record, and what is missing named as missing."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from gongyue.contracts import paper
from gongyue.contracts.models import Contract
from gongyue.demonstration.chapters.programme import norms_issued
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Purchase
from gongyue.needs.models import ServiceProposal

from . import stages

pytestmark = pytest.mark.django_db
TODAY = date(2010, 10, 21)


def read(line: Line, contract: Contract, today: date = TODAY) -> tuple[list[str], list[list[str]]]:
    """The paragraphs and the rows of the one table of what was written."""
    document = Document(BytesIO(paper.write(contract, line.purchase, line.regime, today)))
    (table,) = document.tables
    return [one.text for one in document.paragraphs], [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.clause("GZ-P-3.3.2a")
def test_every_mandatory_term_stands_in_the_paper(awarded: Line) -> None:
    texts, rows = read(awarded, stages.signed(awarded))
    assert texts[:5] == [
        "政府购买服务合同", "", "合同编号：YX-2010-01", f"购买项目：{awarded.purchase.title}",
        "甲方（购买主体）：越秀区民政局",
    ]  # fmt: skip
    assert texts[5] == f"乙方（承接主体）：{awarded.cast.social[0].organisation.name}"
    for term in (
        "自2010年11月1日起，至2011年10月31日止。", "提供家庭、长者、青少年服务。", "个案按期结案率不低于九成。",
        "人民币 1,950,000.00 元（大写：壹佰玖拾伍万元整）。", "分三期支付。", "甲方按期付款，乙方保证质量。",
        "签订日期：2010年10月20日",
    ):  # fmt: skip
        assert texts.count(term) == 1, term
    assert rows == [
        ["期次", "应付日期", "金额（元）", "大写", "付款前须完成"],
        ["1", "2010年12月1日", "780,000.00", "柒拾捌万元整", "—"],
        ["2", "2011年5月10日", "780,000.00", "柒拾捌万元整", "中期评估"],
        ["3", "2011年11月30日", "390,000.00", "叁拾玖万元整", "年终评估"],
    ]


def test_a_draft_says_that_it_is_unsigned_and_what_is_empty(awarded: Line) -> None:
    texts, _rows = read(awarded, stages.drafted(awarded, rights_duties="", starts_on=""))
    assert texts[1] == "未签署"
    assert "自（未填写）起，至2011年10月31日止。" in texts
    assert texts[texts.index("六、双方权利义务") + 1] == "（未填写）"
    assert texts[-2:] == ["签订日期：未签署", "审定：未审定　　备案：未备案"]


def test_approval_and_filing_stand_in_it_with_their_numbers(awarded: Line) -> None:
    texts, _rows = read(awarded, stages.filed(awarded), date(2010, 11, 1))
    assert texts[-1] == "审定：越民审〔2010〕7号 2010年10月14日　　备案：穗民备〔2010〕3号 2010年10月27日"


@pytest.mark.clause("GZ-S-4.5c")
def test_without_an_issued_agreement_the_paper_says_that_it_is_missing(awarded: Line) -> None:
    texts, _rows = read(awarded, stages.drafted(awarded))
    assert texts[7] == "协议范本：缺：社区综合服务中心资助及服务协议（试行）尚未颁布"


@pytest.mark.clause("GZ-S-4.5c")
@pytest.mark.parametrize(
    ("issued", "named"),
    [
        (date(2010, 10, 20), "协议范本：《广州市社区综合服务中心资助及服务协议（试行）》"
         "（第 1 稿，穗民（演示）3号，2010年10月20日颁布）"),
        (date(2010, 10, 21), "协议范本：缺：社区综合服务中心资助及服务协议（试行）尚未颁布"),
    ],
)  # fmt: skip
def test_the_agreement_in_force_on_the_day_of_signing_is_named(awarded: Line, issued: date, named: str) -> None:
    contract = stages.signed(awarded)
    norms_issued(awarded.cast, date(2010, 10, 1), issued)
    texts, _rows = read(awarded, contract, date(2010, 11, 1))
    assert texts[7] == named


def test_what_looks_like_markup_or_a_template_is_text(awarded: Line) -> None:
    typed = "甲 & 乙 <w:p> {{ number }} {% if x %}\x0b"
    texts, _rows = read(awarded, stages.drafted(awarded, rights_duties=typed))
    assert texts[texts.index("六、双方权利义务") + 1] == "甲 & 乙 <w:p> {{ number }} {% if x %}"


SERVICES = [
    {"service": name, "category": category, "phase": "first", "ready": True, "standard": "演示条目"}
    for name, category in (("家庭个案辅导", "family"), ("亲子小组", "family"), ("长者居家关怀", "individual"))
]


def bought(line: Line, scope: str) -> list[str]:
    """What the contract of a purchase of this scope says is bought."""
    ServiceProposal.objects.filter(purchase=line.purchase).delete()
    ServiceProposal.objects.create(purchase=line.purchase, services=SERVICES, state="argued")
    Purchase.objects.filter(pk=line.purchase.pk).update(scope=scope)
    line.purchase.refresh_from_db()
    texts, _rows = read(line, stages.drafted(line))
    return texts[texts.index("二、服务要求") + 1 : texts.index("三、质量标准")]


@pytest.mark.clause("GZ-P-1.1b")
def test_the_contract_of_a_whole_centre_has_a_part_for_each_kind_of_service(awarded: Line) -> None:
    assert bought(awarded, "centre") == [
        "购买范围：整体营办社区综合服务中心", "家庭服务：家庭个案辅导、亲子小组", "个人服务：长者居家关怀",
        "整合归并的社区服务：（未填写）", "提供家庭、长者、青少年服务。",
    ]  # fmt: skip


@pytest.mark.clause("GZ-P-1.1b")
def test_the_contract_of_a_single_project_has_its_own_items_only(awarded: Line) -> None:
    assert bought(awarded, "project") == [
        "购买范围：一项具体的社会服务项目", "服务项目：家庭个案辅导、亲子小组、长者居家关怀",
        "提供家庭、长者、青少年服务。",
    ]  # fmt: skip


def test_what_was_not_argued_is_not_in_the_contract(awarded: Line) -> None:
    said = bought(awarded, "project")
    ServiceProposal.objects.filter(purchase=awarded.purchase).update(state="submitted")
    texts, _rows = read(awarded, awarded.contract())
    assert (said[1], texts[texts.index("二、服务要求") + 2]) == (
        "服务项目：家庭个案辅导、亲子小组、长者居家关怀", "服务项目：（未填写）",
    )  # fmt: skip
