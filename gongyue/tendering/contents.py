"""招标文件的内容: what Order 87 (article 20) wants in the documents of a tender, item by item.

Of its sixteen items the invitation (1), the budget and ceiling (6) and the deadline, time and place (13) come with the
call itself, and the last (16) is whatever a province adds. The others are written: some where the documents keep them,
the rest by where in the documents they stand. Each has a rule of its own, with its number in the article.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongyue.policy import Regime

from . import terms

if TYPE_CHECKING:
    from .models import Tender

WRITTEN: Mapping[str, Promise] = {  # what is not kept elsewhere, in the order of the article
    "instructions": _("（二）投标人须知，投标文件的密封、签署、盖章要求"),
    "policy": _("（四）为落实政府采购政策，采购标的需满足的要求和证明材料"),
    "preparation": _("（五）投标文件编制、报价要求，保证金交纳、退还方式和不予退还的情形"),
    "acceptance": _("（七）验收要求"),
    "delivery": _("（九）服务提供的时间、地点、方式"),
    "payment": _("（十）采购资金的支付方式、时间、条件"),
    "invalidity": _("（十一）投标无效情形"),
    "validity": _("（十二）投标有效期"),
    "agency_fee": _("（十四）采购代理机构代理费用的收取标准和方式"),
    "credit": _("（十五）投标人信用信息查询渠道、截止时点、记录和使用规则"),
}


def listed_by(regime: Regime, on: date) -> bool:
    """Whether the order that lists them is known on a day: it is asked for from its first day in force, and may be
    written from the day it was issued."""
    order = regime.instruments.get("order-87")
    return order is not None and order.issued is not None and order.issued <= on


def lacking(tender: Tender) -> list[str]:
    """The items that are not in the documents, by their names in the code."""
    kept = {
        "proofs": bool(tender.conditions) and all(row.get("proof", "").strip() for row in tender.conditions),
        "specification": bool(tender.requirement.strip() and tender.quality_standard.strip()),
        "contract": bool(tender.contract_draft.strip()),
        "evaluation": terms.reviewed(tender),
    }
    written = {row["item"] for row in tender.contents}
    return [item for item, there in kept.items() if not there] + [item for item in WRITTEN if item not in written]
