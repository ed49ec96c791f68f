"""What the desk calls things that have no label of their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from gongyue.kernel.actions import ACTIONS, kinds
from gongyue.kernel.findings import language, state_label
from gongyue.kernel.models import Purchase, Subject
from gongyue.policy import Regime


def kind_name(kind: str) -> str:
    """What people call a kind of subject; of one that no room declares any more, its code."""
    return next((str(one.called or kind) for one in kinds() if one.kind == kind), kind)


def stage_state(stage: str) -> str:
    """The milestone of `kind:state` in words, without the kind's own name in front."""
    return state_label(stage).removeprefix(kind_name(stage.partition(":")[0]))


def action_name(action: str, subject: Subject | None = None) -> str:
    """The label of an action, in the words of its subject's variant where it has its own; of one that no room declares
    any more, its code."""
    if subject is not None and action in subject.says:
        return str(subject.says[action])
    return str(ACTIONS[action].label) if action in ACTIONS else action


def mode_name(purchase: Purchase, regime: Regime) -> str:
    """How the centre is run, in the programme's own words; "" where none is set."""
    programme = regime.programmes.get(purchase.programme)
    if programme is None or purchase.mode not in programme.modes:
        return purchase.mode
    return str(programme.modes[purchase.mode].name[language()])


def programme_name(purchase: Purchase, regime: Regime) -> str:
    programme = regime.programmes.get(purchase.programme)
    return str(programme.name[language()]) if programme else ""


def named(model: type[Model], field: str) -> str:
    """What a field of a model is called."""
    return str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def subject_name(subject: Subject) -> str:
    """A subject among others of its kind: what it is called, or which of the unborn it is."""
    if subject.pk is None and subject.seed:
        return subject.seed_words or seed_name(subject.kind, subject.seed)
    return str(subject)


def seed_name(kind: str, seed: str) -> str:
    """An unborn subject by what tells it apart: an instalment's number, an assessment's moment."""
    model = next((one for one in kinds() if one.kind == kind), None)
    if model is not None and (told := model.of_seed(seed)):
        return told
    if kind == "spot_check":
        return _("第 %(n)s 次抽查") % {"n": seed}
    if kind == "framework":
        return _("第 %(n)s 版") % {"n": seed}
    if seed.isdecimal():
        return _("第 %(n)s 期") % {"n": seed}
    year, dash, number = seed.partition("-")
    if dash and year.isdecimal() and number.isdecimal():
        return _("第 %(year)s 年第 %(n)s 期") % {"year": year, "n": number}
    names = {
        "midterm": _("中期"), "yearend": _("年终"), "plan": _("方案制定评估"), "midpilot": _("试点中期评估"),
        "endpilot": _("试点末期评估"), "comprehensive": _("一年期满综合评估"),
        "self": _("年度服务自我评估"), "funds": _("年度资金使用报告"),
        "evaluation": _("评估结果"),
    }  # fmt: skip
    return names.get(seed, seed)


def listed(names: Iterable[str]) -> str:
    return (", " if language() == "en" else "、").join(names)
