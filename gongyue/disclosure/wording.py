"""How a published value is called and shown: units, codes and moments in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.forms import Field
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.models import Series
from gongyue.clock import LOCAL
from gongyue.contracts.models import Moment
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.findings import state_label
from gongyue.kernel.models import Division, Purchase
from gongyue.policy import Regime
from gongyue.policy.words import shown
from gongyue.tendering.models import Link

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CODES: Mapping[str, type[Any]] = {
    "purchase.scope": Purchase.Scope,
    "assessment.moment": Moment,
    "complaint.link": Link,
    "evaluation.series": Series,
    "instalment.requires": Moment,
    "payment.payer_level": Division.Level,
    "share.payer_level": Division.Level,
}
# Names for the facts that the packs publish; any other is called by what its room's facts say it means.
LABELS: Mapping[str, StrOrPromise] = {
    "action.at": _("办理时间"),
    "purchase.scope": _("购买范围"),
    "purchase.mode": _("运作模式"),
    "tender.ceiling_fen": _("最高限价"),
    "tender.briefing_on": _("信息沟通会日期"),
    "tender.announced_at": _("采购文件发出时间"),
    "tender.bids_due_at": _("提交文件截止时间"),
    "tender.opened_at": _("开标（开启）时间"),
    "tender.price_points": _("价格分值"),
    "tender.total_points": _("总分值"),
    "tender.keys_needed": _("开标所需的钥匙数"),
    "tender.lock": _("密封锁的摘要"),
    "award.winner": _("中标（成交）供应商"),
    "award.price_fen": _("中标（成交）价"),
    "award.awarded_on": _("确定供应商日期"),
    "contract.number": _("合同编号"),
    "contract.purchaser": _("购买主体"),
    "contract.provider": _("承接主体"),
    "contract.amount_fen": _("合同金额"),
    "contract.starts_on": _("资助期起"),
    "contract.ends_on": _("资助期止"),
    "contract.approved_on": _("审定日期"),
    "contract.signed_on": _("签订日期"),
    "contract.filed_on": _("备案日期"),
    "assessment.moment": _("评估时点"),
    "assessment.evaluator": _("评估机构"),
    "complaint.link": _("质疑的环节"),
    "complaint.filed_on": _("收到投诉的日期"),
    "evaluation.series": _("评估类别"),
    "evaluation.evaluator": _("评估机构"),
    "evaluation.reported_on": _("评估报告日期"),
    "evaluation.quality_bp": _("质量得分"),
    "evaluation.quantity_bp": _("数量完成"),
    "instalment.number": _("期次"),
    "instalment.amount_fen": _("本期金额"),
    "feedback.received_on": _("收到日期"),
    "payment.payer": _("付款单位"),
    "payment.amount_fen": _("金额"),
}
REMARK = re.compile(r"[；：（]|\s*\(")
UNITS = {"yuan": "fen", "percent": "bp"}  # what a field's widget says, and what is kept


def label_of(action: str, name: str) -> str:
    """What a name means, without its unit and its remarks."""
    if name.startswith("input."):
        meaning = str(_field(action, name).label)
    else:
        meaning = str(LABELS.get(name) or _documented(action).get(name, name))
    return REMARK.split(meaning)[0]


def _field(action: str, name: str) -> Field:
    return ACTIONS[action].form.base_fields[name.removeprefix("input.")]


@lru_cache(maxsize=256)
def _documented(action: str) -> dict[str, str]:
    return ACTIONS[action].documentation()


def worded(action: str, name: str, value: Any, facts: Mapping[str, Any], regime: Regime, lang: str) -> str:
    """One value as people read it: yuan, percent, the name of a code, a local minute, yes or no."""
    if isinstance(value, str):
        return _code(name, value, facts, regime, lang) or _choice(action, name, value) or _moment(value)
    return shown(value, _unit(action, name), lang)


def _unit(action: str, name: str) -> str:
    if name.startswith("input."):
        return UNITS.get(_field(action, name).widget.attrs.get("data-unit", ""), "")
    ending = name.rpartition("_")[2]
    return ending if ending in UNITS.values() else ""


def _code(name: str, value: str, facts: Mapping[str, Any], regime: Regime, lang: str) -> str:
    """The words for a code that a fact holds; "" where it is none."""
    subject, _dot, last = name.rpartition(".")
    if last == "state":
        return state_label(f"{subject}:{value}")
    if last == "mode":
        programme = regime.programmes.get(facts.get("purchase.programme", ""))
        mode = programme.modes.get(value) if programme else None
        return mode.name[lang] if mode else ""
    choices = CODES.get(name)
    return str(choices(value).label) if choices and value in choices.values else ""


def _choice(action: str, name: str, value: str) -> str:
    """The words of a form's own choices."""
    choices = getattr(_field(action, name), "choices", ()) if name.startswith("input.") else ()
    return next((str(words) for code, words in choices if code == value), "")


def _moment(text: str) -> str:
    """A moment as the ledger writes it, as a local minute; any other text as it is."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError:
        return text
    return moment.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
