"""What the kernel itself may object to, and the one place where any finding becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext_noop as _

from gongyue.policy import Finding, Regime

SENTENCES = {
    "kernel.stale": _("页面打开之后已有办理，请先查看最新情况，再决定是否办理"),
    "kernel.request": _("这次提交的编号已用于另一件事，请重新打开页面"),
    "kernel.conflict": _("刚刚有人办理了同一件事，或数额已超出限度；没有任何改变"),
    "kernel.backdated": _("办理时间早于本采购最近一次办理（{last}），不能倒填"),
    "kernel.post": _("该岗位在办理当日不在任"),
    "kernel.procedure": _("本地规则的程序中没有“{action}”这一步"),
    "kernel.capacity": _("“{action}”须由{who}办理"),
    "kernel.mandate": _("委托协议没有把“{action}”交给贵单位办理，不得超越代理权限"),
    "kernel.incompatible": _("同一人不得既办理“{first}”又办理“{second}”，请由另一名经办人员办理"),
    "kernel.recused": _("您已回避本采购：{reason}"),
    "kernel.state": _("当前为“{state}”，不能{action}；须先完成“{before}”"),
    "kernel.done": _("“{action}”已经办过，当前为“{state}”"),
    "kernel.owner": _("“{action}”须由{who}办理，不是您所在的机构"),
    "kernel.doer": _("“{action}”须由本人办理，同一单位的其他人不能代办"),
    "kernel.same_organisation": _("{organisation}同时承担“{first}”和“{second}”：须由不同人员分别办理"),
}
UNDETERMINED = gettext_lazy("无法判断（{missing}），因此不能办理")


def kernel(rule: str, cite: str = "gongyue", severity: str = "block", **figures: Any) -> Finding:
    """An objection of the kernel's own; `cite` is the article behind it (of the roles, of the procedure) if any."""
    assert f"kernel.{rule}" in SENTENCES
    return Finding(rule=f"kernel.{rule}", severity=severity, cite=cite, figures=figures)  # type: ignore[arg-type]


def language() -> str:
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def capacity_names(capacities: Iterable[str], regime: Regime) -> str:
    """What a regime calls these capacities, in the reader's language; one it does not have, by its code."""
    lang = language()
    names = [regime.capacities[c].name[lang] if c in regime.capacities else c for c in capacities]
    return (" / " if lang == "en" else "、").join(names)


def say(finding: Finding, regime: Regime | None, lang: str | None = None) -> str:
    """The sentence, in the reader's language; figures were kept, so it may be rendered again at any time."""
    from django.utils.translation import gettext, override

    lang = lang or language()
    with override("en" if lang == "en" else "zh-hans"):
        if finding.rule in SENTENCES:
            named = {k: _name(v, regime, lang) for k, v in finding.figures.items()}
            return gettext(SENTENCES[finding.rule]).format(**named)
        if finding.missing:
            sentence = regime.say(finding, lang) if regime else finding.rule
            return f"{sentence} — {str(UNDETERMINED).format(missing=_missing(finding.missing, lang))}"
    return regime.say(finding, lang) if regime else finding.rule


def _missing(what: str, lang: str) -> str:
    """What could not be evaluated, in words: a fact by what its declaration says, a calendar by its year."""
    from .actions import ACTIONS

    if lang == "en":
        return what
    if year := re.fullmatch(r"working days of (\d{4}) not yet known", what):
        return f"{year[1]} 年的工作日安排尚未公布"
    return next((text for act in ACTIONS.values() if (text := act.documentation().get(what))), what)


def _name(value: Any, regime: Regime | None, lang: str) -> str:
    """Capacities and actions are kept by their code and named when they are shown."""
    from .actions import ACTIONS

    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_name(v, regime, lang) for v in value)
    if value in ACTIONS:
        return str(ACTIONS[value].label)
    if regime and value in regime.capacities:
        return regime.capacities[value].name[lang]
    if isinstance(value, str) and ":" in value and (label := state_label(value)):
        return label
    return str(value)


def state_label(stage: str) -> str:
    """The words for `kind:state`."""
    from .actions import kinds

    name, _sep, state = stage.partition(":")
    for kind in kinds():
        if kind.kind == name and state in kind.State.values:
            return str(kind.State(state).label)
    return ""


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {"rule": f.rule, "severity": f.severity, "cite": f.cite, "figures": dict(f.figures)}
        | ({"missing": f.missing} if f.missing else {})
        for f in findings
    ]


def from_json(rows: Iterable[dict[str, Any]]) -> list[Finding]:
    return [Finding(**({"missing": ""} | row)) for row in rows]
