"""What the exported lists say of each row. What a row has to fetch comes with the list's query, never by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.models import Obligation, Purchase
from gongyue.policy import Regime

from .export import Column
from .todo import matter
from .words import action_name, kind_name, mode_name, stage_state


def _district(purchase: Purchase) -> str:
    parent = purchase.division.parent
    return parent.name if parent else ""


def _stage(purchase: Purchase) -> str:
    kind = purchase.stage.partition(":")[0] or purchase.kind
    return f"{kind_name(kind)} {stage_state(purchase.stage) if purchase.stage else purchase.get_state_display()}"


def purchases(regime: Regime) -> list[Column]:
    """Of purchases annotated with `due`, the next day something is due."""
    piloting = bool(regime.programmes)
    return [
        Column(_("采购"), lambda row: row.title, width=44),
        Column(_("所在区") if piloting else _("上级地区"), _district),
        Column(_("所在街道") if piloting else _("服务地区"), lambda row: row.division.name),
        *([Column(_("运作模式"), lambda row: mode_name(row, regime))] if piloting else []),
        Column(_("阶段"), _stage, width=28),
        Column(_("立项时间"), lambda row: row.opened_at, "time"),
        Column(_("最近期限"), lambda row: row.due, "day", 14),
    ]


ORGANISATIONS = [
    Column(_("名称"), lambda row: row.name, width=36),
    Column(_("类别"), lambda row: row.get_organisation_kind_display()),
    Column(_("登记类型"), lambda row: row.get_registration_display()),
    Column(_("所在区划"), lambda row: row.division.name),
    Column(_("统一社会信用代码"), lambda row: row.credit_code, width=24),
]

POSTS = [
    Column(_("岗位"), lambda row: row.title),
    Column(_("姓名"), lambda row: row.person.name),
    Column(_("机构"), lambda row: row.organisation.name, width=36),
    Column(_("任职"), lambda row: row.since, "day", 14),
    Column(_("离任"), lambda row: row.until, "day", 14),
    Column(_("状态"), lambda row: row.get_state_display()),
]

FUNDS = [
    Column(_("指标"), lambda row: row.name, width=36),
    Column(_("指标文号"), lambda row: row.indicator_number, width=26),
    Column(_("出资方"), lambda row: row.payer.name, width=26),
    Column(_("年度"), lambda row: row.year, "count", 10),
    Column(_("用途"), lambda row: row.get_purpose_display()),
    Column(_("指标金额（元）"), lambda row: row.amount_fen, "money"),
    Column(_("已落实（元）"), lambda row: row.committed_fen, "money"),
    Column(_("已拨付（元）"), lambda row: row.paid_fen, "money"),
    Column(_("可用（元）"), lambda row: row.available_fen, "money"),
]

ITEMS = [
    Column(_("采购"), lambda row: row.purchase.title, width=44),
    Column(_("所在区划"), lambda row: row.purchase.division.name),
    Column(_("年度"), lambda row: row.year, "count", 10),
    Column(_("服务内容"), lambda row: row.content, width=44),
    Column(_("服务目标"), lambda row: row.goals, width=36),
    Column(_("金额（元）"), lambda row: row.amount_fen, "money"),
    Column(_("属政府采购项目"), lambda row: "" if row.procurement is None else _("是") if row.procurement else _("否")),
    Column(_("政府采购预算（元）"), lambda row: row.procurement_fen or None, "money"),
    Column(_("状态"), lambda row: row.get_state_display()),
    Column(_("填报日期"), lambda row: row.filed_on, "day", 14),
    Column(_("财政审核日期"), lambda row: row.reviewed_on, "day", 14),
    Column(_("批复日期"), lambda row: row.approved_on, "day", 14),
    Column(_("预算调整日期"), lambda row: row.adjusted_on, "day", 14),
    Column(_("阶段"), lambda row: _stage(row.purchase), width=28),
]


def calls(mine: Mapping[int, Any]) -> list[Column]:
    """`mine`: the reader's own bids by tender; nobody else's are told."""
    return [
        Column(_("名称"), lambda row: row.title, width=44),
        Column(_("所在街道"), lambda row: row.purchase.division.name),
        Column(_("采购方式"), lambda row: row.get_way_display()),
        Column(_("最高限价（元）"), lambda row: row.ceiling_fen, "money"),
        Column(_("截止时间"), lambda row: row.bids_due_at, "time"),
        Column(_("开标（提交）地点"), lambda row: row.opening_place, width=36),
        Column(_("本机构投标（响应）"), lambda row: mine[row.pk].get_state_display() if row.pk in mine else ""),
    ]


OBLIGATIONS = [
    Column(_("事项"), lambda row: action_name(row.action), width=28),
    Column(_("采购"), lambda row: row.purchase.title if row.purchase else "", width=44),
    Column(_("期限"), lambda row: row.due_on, "day", 14),
    Column(_("岗位"), lambda row: row.post.title if row.post else ""),
    Column(_("姓名"), lambda row: row.post.person.name if row.post else ""),
]


def holder_in(row: Obligation) -> str:
    """The organisation with the post and the person that hold it, as far as they are set."""
    seat = [row.post.title, row.post.person.name] if row.post else []
    return " · ".join([*([row.organisation.name] if row.organisation else []), *seat])


def holder_of(row: Mapping[str, Any]) -> str:
    """The same of a line of counts."""
    parts = (row["organisation__name"], row.get("post__title"), row.get("post__person__name"))
    return " · ".join(part for part in parts if part)


def _owed(row: Obligation) -> str:
    """The article it is owed under."""
    regime = regimes.at_digest(row.regime)
    rule = next((r for r in regime.all_obligations() if r.id == row.rule), None)
    return str(regime.citation(rule.cite)) if rule else ""


WHOSE = [
    Column(_("事项"), matter, width=28),
    Column(_("采购"), lambda row: row.purchase.title if row.purchase else "", width=44),
    Column(_("责任单位"), lambda row: row.organisation.name if row.organisation else "", width=28),
    Column(_("岗位"), lambda row: row.post.title if row.post else ""),
    Column(_("姓名"), lambda row: row.post.person.name if row.post else ""),
    Column(_("期限"), lambda row: row.due_on, "day", 14),
]


def overdue(today: date) -> list[Column]:
    """Obligations past their day."""
    return [
        *WHOSE,
        Column(_("逾期天数"), lambda row: row.days_late(today), "count", 12),
        Column(_("依据"), _owed, width=36),
    ]


MET_LATE = [
    *WHOSE,
    Column(_("办结时间"), lambda row: row.met_at, "time"),
    Column(_("逾期天数"), lambda row: row.late_days, "count", 12),
    Column(_("依据"), _owed, width=36),
]


def longest(row: Mapping[str, Any], today: date) -> int:
    """In days, of what is done and of what is still open."""
    still = (today - row["first"]).days if row["first"] else 0
    return max(int(row["longest"]), still)


def holders(today: date) -> list[Column]:
    """Counts of lateness by post or by organisation."""
    return [
        Column(_("责任单位"), lambda row: row["organisation__name"], width=36),
        Column(_("岗位"), lambda row: row.get("post__title")),
        Column(_("姓名"), lambda row: row.get("post__person__name")),
        Column(_("逾期次数"), lambda row: row["times"], "count", 12),
        Column(_("其中未办"), lambda row: row["open"], "count", 12),
        Column(_("其中已办结"), lambda row: row["met"], "count", 12),
        Column(_("已办结的逾期合计（天）"), lambda row: row["days"], "count", 22),
        Column(_("最长逾期（天）"), lambda row: longest(row, today), "count", 16),
    ]


def payers(today: date) -> list[Column]:
    """Late payment by payer."""
    return [
        Column(_("付款单位"), lambda row: row["payer__name"], width=36),
        Column(_("应付笔数"), lambda row: row["payments"], "count", 12),
        Column(_("逾期付清（笔）"), lambda row: row["paid_late"], "count", 16),
        Column(_("逾期付清（元）"), lambda row: row["late_fen"], "money"),
        Column(_("逾期未付（笔）"), lambda row: row["unpaid"], "count", 16),
        Column(_("逾期未付（元）"), lambda row: row["unpaid_fen"], "money"),
        Column(_("已付清的逾期合计（天）"), lambda row: row["days"], "count", 22),
        Column(_("最长逾期（天）"), lambda row: longest(row, today), "count", 16),
    ]
