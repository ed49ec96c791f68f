"""What the exported lists say of each row. What a row has to fetch comes with the list's query, never by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Purchase
from gongyue.policy import Regime

from .export import Column
from .words import action_name, kind_name, mode_name, stage_state


def _district(purchase: Purchase) -> str:
    parent = purchase.division.parent
    return parent.name if parent else ""


def _stage(purchase: Purchase) -> str:
    kind = purchase.stage.partition(":")[0] or purchase.kind
    return f"{kind_name(kind)} {stage_state(purchase.stage) if purchase.stage else purchase.get_state_display()}"


def purchases(regime: Regime) -> list[Column]:
    """Of purchases annotated with `due`, the next day something is due."""
    return [
        Column(_("采购"), lambda row: row.title, width=44),
        Column(_("所在区"), _district),
        Column(_("所在街道"), lambda row: row.division.name),
        Column(_("运作模式"), lambda row: mode_name(row, regime)),
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


def calls(mine: Mapping[int, Any]) -> list[Column]:
    """`mine`: the reader's own bids by tender; nobody else's are told."""
    return [
        Column(_("名称"), lambda row: row.title, width=44),
        Column(_("所在街道"), lambda row: row.purchase.division.name),
        Column(_("最高限价（元）"), lambda row: row.ceiling_fen, "money"),
        Column(_("投标截止"), lambda row: row.bids_due_at, "time"),
        Column(_("开标地点"), lambda row: row.opening_place, width=36),
        Column(_("本机构投标"), lambda row: mine[row.pk].get_state_display() if row.pk in mine else ""),
    ]


OBLIGATIONS = [
    Column(_("事项"), lambda row: action_name(row.action), width=28),
    Column(_("采购"), lambda row: row.purchase.title if row.purchase else "", width=44),
    Column(_("期限"), lambda row: row.due_on, "day", 14),
    Column(_("岗位"), lambda row: row.post.title if row.post else ""),
    Column(_("姓名"), lambda row: row.post.person.name if row.post else ""),
]
