"""What a regime says of one action, in lines of text: for `gongyue packs explain` and for reading a pack over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from .entries import ObligationRule, Parameter, Period
from .regime import Regime
from .rules import Rule
from .words import length, shown

WORDS = {
    "zh": {
        "absent": "本地规则没有这一步", "who": "办理", "order": "程序", "rules": "规则", "obligations": "时限",
        "parameters": "数值", "none": "（无）", "block": "不得办理", "warn": "提示", "when": "适用于",
        "require": "要求", "reading": "理解", "as_of": "依当日规定", "after": "此后", "from": "自", "every": "每",
        "next": "下一步，无期限", "incompatible": "不得由同一人办理", "pack": "规则包", "fixed": "最迟", "on": "于",
    },
    "en": {
        "absent": "this regime does not have the action", "who": "Done by", "order": "Order", "rules": "Rules",
        "obligations": "Deadlines", "parameters": "Figures", "none": "(none)", "block": "blocks", "warn": "warns",
        "when": "when", "require": "requires", "reading": "reading", "as_of": "as of", "after": "then", "from": "from",
        "every": "every", "next": "a next step without a deadline", "incompatible": "not by the same person",
        "pack": "pack", "fixed": "by", "on": "on",
    },
}  # fmt: skip


def describe(regime: Regime, action: str, lang: str, on: date) -> list[str]:
    """Who may do it, where it stands in the order, its rules, the deadlines it opens and the figures used, as of a
    day. Raises KeyError for an action the vocabulary does not have."""
    spec, words = regime.vocabulary.actions[action], WORDS[lang]
    who = regime.who(action, on) or regime.who(action)
    lines = [f"{regime.name[lang]} · {action} · {on}"]
    if who is None:
        return [*lines, words["absent"]]
    names = [regime.capacities[capacity].name[lang] for capacity in who.capacities]
    lines.append(f"{words['who']}: {_list(names, lang)} [{regime.citation(who.cite)}]")
    order = regime.order(spec.subject, on=on) or regime.order(spec.subject)
    if order:
        steps = [f"[{m}]" if m == spec.reaches else m for m in order.milestones]
        lines.append(f"{words['order']}: {' → '.join(steps)} [{regime.citation(order.cite)}]")
    for pair in regime.incompatible:
        if action in pair.duties and pair.in_force(on):
            lines.append(f"{words['incompatible']}: {_list(list(pair.duties), lang)} [{regime.citation(pair.cite)}]")
    rules = regime.rules(action, on)
    lines += _part(words["rules"], words, [line for rule in rules for line in _rule(regime, rule, lang)])
    duties = [duty for duty in regime.obligations_after(action) if regime.holds(duty, on)]
    lines += _part(words["obligations"], words, [line for duty in duties for line in _duty(regime, duty, lang, on)])
    used = {name for rule in rules for name in rule.names} | {f"param.{d.within.param}" for d in duties if d.within}
    figures = [parameter for parameter in regime.parameters() if f"param.{parameter.name}" in used]
    return lines + _part(words["parameters"], words, [_figure(regime, parameter, lang, on) for parameter in figures])


def _part(title: str, words: Mapping[str, str], lines: list[str]) -> list[str]:
    return [f"{title}:", *(lines or [f"  {words['none']}"])]


def _list(names: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(names)


def _interval(since: date | None, until: date | None) -> str:
    return f"{since or ''}..{until or ''}"


def _rule(regime: Regime, rule: Rule, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    yield f"  {rule.id} ({words[rule.severity]}) {_interval(rule.from_, rule.until)} [{regime.citation(rule.cite)}]"
    for key, source in rule.sources.items():
        yield f"    {words[key]}: {' '.join(source.split())}"
    yield f"    “{rule.message[lang]}”"
    if rule.as_of:
        yield f"    {words['as_of']}: {rule.as_of}"
    if rule.reading:
        yield f"    {words['reading']}: {rule.reading[lang]}"
    yield f"    {words['pack']}: {rule.where}"


def _duty(regime: Regime, duty: ObligationRule, lang: str, on: date) -> Iterator[str]:
    words = WORDS[lang]
    who = _list([regime.capacities[capacity].name[lang] for capacity in duty.who], lang)
    yield f"  {duty.id}: {duty.name[lang]} {_interval(duty.since, duty.until)} [{regime.citation(duty.cite)}]"
    yield f"    {words['after']}: {duty.do} ({who}) — {_limit(regime, duty, lang, on)}"
    if duty.when:
        yield f"    {words['when']}: {' '.join(duty.when.split())}"
    yield f"    {words['pack']}: {duty.where}"


def _limit(regime: Regime, duty: ObligationRule, lang: str, on: date) -> str:
    words = WORDS[lang]
    if duty.fixed_on:
        return f"{words['fixed']} {duty.fixed_on}"
    parts = [_length(regime, duty.within, lang, on)] if duty.within else []
    parts += [f"{words['every']} {_length(regime, duty.every, lang, on)}"] if duty.every else []
    if parts:
        return f"{', '.join(parts)} {words['from']} {duty.from_}"
    return f"{words['on']} {duty.from_}" if duty.from_ else words["next"]


def _length(regime: Regime, period: Period, lang: str, on: date) -> str:
    value = regime.params(on)[f"param.{period.param}"] if period.param else period.value
    return length(value, period.unit, lang) + (f" (param.{period.param})" if period.param else "")


def _figure(regime: Regime, parameter: Parameter, lang: str, on: date) -> str:
    dated = regime.parameter(parameter.name, on)
    value = shown(dated.value if dated else None, parameter.unit, lang)
    cite = f" {_interval(dated.since, dated.until)} [{regime.citation(dated.cite)}]" if dated else ""
    return f"  {parameter.name} = {value} ({parameter.unit}; {parameter.title[lang]}){cite}"
