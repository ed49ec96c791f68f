"""A regime as its public page shows it: every instrument, every article and what the program does because of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongyue.kernel.actions import ACTIONS, kinds
from gongyue.kernel.findings import language
from gongyue.policy import ObligationRule, Regime, Rule
from gongyue.policy.entries import Dated, Instrument, Parameter, Period
from gongyue.policy.words import PLACE, fill, length, shown

DAYS = {  # what periods run from, where a pack counts from the act itself or a date of its papers
    "action.at": gettext_lazy("办理当日"),
    "contract.mid_on": gettext_lazy("合同期中间日"),
    "contract.ends_on": gettext_lazy("合同期满日"),
    "instalment.payable_on": gettext_lazy("本期应付日"),
}
ROOMS = {  # where an act belongs, in the order of a purchase's life
    "programmes": gettext_lazy("试点与立项"), "needs": gettext_lazy("需求"), "budget": gettext_lazy("计划与预算"),
    "tendering": gettext_lazy("采购"), "contracts": gettext_lazy("合同"), "payments": gettext_lazy("资金"),
    "delivery": gettext_lazy("服务"), "assessment": gettext_lazy("评估"), "oversight": gettext_lazy("监督"),
    "disclosure": gettext_lazy("公开"), "circulation": gettext_lazy("会签、抄送与公文"),
    "parties": gettext_lazy("机构与人员"),
}  # fmt: skip
NUMERALS = str.maketrans({c: str(n) for n, c in enumerate("一二三四五六七八九", 1)})
SEVERAL = 2  # milestones that make an order
TIMES = frozenset({"day", "workday", "month", "year"})


@dataclass(frozen=True)
class Interval:
    """When something holds; `until` None: no end is known."""

    since: date | None
    until: date | None


@dataclass(frozen=True)
class RuleView:
    """A rule with its refusal, the conditions as written, and its reading where the text is unclear."""

    id: str
    sentence: str
    severity: str
    cite: str
    label: str
    interval: Interval
    sources: dict[str, str]
    reading: str
    clauses: tuple[str, ...]
    as_of: str
    pack: str
    current: bool
    first: bool  # whether this is where the page's links to the rule lead


@dataclass(frozen=True)
class ActionView:
    """An action with who may do it and the rules that are asked."""

    name: str
    label: str
    who: str
    who_cite: str
    who_label: str
    rules: list[RuleView]


@dataclass(frozen=True)
class RoomView:
    """What belongs together on the page: the acts of one room, or the deadlines that follow from them."""

    name: str
    rows: list[Any]

    @property
    def rules(self) -> int:
        """How many rules its acts are asked, each counted once."""
        return len({rule.id for action in self.rows for rule in action.rules})


@dataclass(frozen=True)
class DeadlineView:
    id: str  # "" where another of its id, for other days, has its place on the page already
    name: str
    after: str
    who: str
    period: str
    when: str
    cite: str
    label: str
    interval: Interval
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class ValueView:
    text: str
    interval: Interval
    cite: str
    label: str
    checked_on: date | None


@dataclass(frozen=True)
class ParameterView:
    name: str
    title: str
    values: list[ValueView]


@dataclass(frozen=True)
class ConflictView:
    """Where higher law prevails: whom the place's text would have act (`whom`, `aside`), who acts instead (`by`)."""

    what: str
    since: date
    reading: str
    cite: str
    label: str
    aside: str
    aside_label: str
    whom: str
    by: str


@dataclass
class Article:
    """One article, and everything that rests on it: (address on the page, words)."""

    cite: str
    article: str
    rules: list[tuple[str, str]] = field(default_factory=list)
    deadlines: list[tuple[str, str]] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class InstrumentView:
    instrument: Instrument
    title: str
    issuer: str
    note: str
    assumed: str
    articles: list[Article]
    in_force: bool
    own: bool  # of the place itself, not of the law above it


class Statute:
    """Read by the template: `statute.instruments`, `.actions`, `.deadlines`, `.parameters`, `.orders`, `.slots`."""

    def __init__(self, regime: Regime, today: date) -> None:
        self.regime, self.today, self.lang = regime, today, language()
        self._shown: set[str] = set()  # rules that have their place on the page

    @property
    def name(self) -> str:
        return self.regime.name[self.lang]

    # --- articles -----------------------------------------------------------------------------------------------

    @cached_property
    def articles(self) -> dict[str, Article]:
        """By citation, with what rests on each."""
        out: dict[str, Article] = {}

        def at(cite: str) -> Article:
            return out.setdefault(cite, Article(cite, cite.partition("#")[2]))

        for rule in self.regime.all_rules():
            if any(self.regime.who(name) for name in rule.on):
                at(rule.cite).rules.append((f"rule-{rule.id}", _labels(rule.on)))
            else:
                at(rule.cite).others.append(_("本地程序没有的步骤：%(actions)s") % {"actions": _labels(rule.on)})
        for duty in self.regime.all_obligations():
            at(duty.cite).deadlines.append((f"deadline-{duty.id}", duty.name[self.lang]))
        for parameter in self.regime.parameters():
            for value in parameter.values:
                at(value.cite).figures.append((f"figure-{parameter.name}", parameter.title[self.lang]))
        for cite, words in self._others():
            at(cite).others.append(words)
        return out

    def _others(self) -> Iterator[tuple[str, str]]:
        done: dict[str, list[str]] = {}
        for name in self.regime.body["actions"]:
            if who := self.regime.who(name):
                done.setdefault(who.cite, []).append(name)
        for cite, names in done.items():
            yield cite, _("谁来办：%(actions)s") % {"actions": _labels(names)}
        for _kind, milestones, cite, _label in self.orders:
            yield cite, _("办理顺序：%(steps)s") % {"steps": " → ".join(milestones)}
        for pair in self.regime.incompatible:
            yield pair.cite, _("不得由同一人办理：%(duties)s") % {"duties": _labels(pair.duties)}
        for disclosure in self.regime.body["disclosures"]:
            if not disclosure.get("drop"):
                yield disclosure["cite"], _("公开：%(name)s") % {"name": disclosure["name"][self.lang]}
        for conflict in self.conflicts:
            yield conflict.cite, _("上位法优先：%(what)s") % {"what": conflict.what}
        for slot in self.regime.slots:
            yield slot.cite, _("缺：%(what)s") % {"what": slot.what[self.lang]}

    @cached_property
    def instruments(self) -> list[InstrumentView]:
        """The loaded ones with something resting on them: the place's own first, then by the day they took effect."""
        return sorted((view for view in self._loaded if view.articles), key=self._rank)

    @property
    def background(self) -> list[InstrumentView]:
        """The loaded ones on whose articles nothing rests directly (the holidays of each year, say)."""
        return sorted((view for view in self._loaded if not view.articles), key=self._rank)

    @cached_property
    def _loaded(self) -> list[InstrumentView]:
        return [self._instrument(one) for one in self.regime.instruments.values() if one.loaded]

    def _rank(self, view: InstrumentView) -> tuple[bool, date]:
        return not view.own, view.instrument.effective or date.max

    @cached_property
    def missing(self) -> list[InstrumentView]:
        """Listed, their text not at hand: they never refuse, and nothing later stands in for them."""
        return [self._instrument(one) for one in self.regime.instruments.values() if not one.loaded]

    def _instrument(self, one: Instrument) -> InstrumentView:
        articles = [a for cite, a in self.articles.items() if cite.partition("#")[0] == one.id]
        note = one.note if isinstance(one.note, str) else one.note[self.lang]
        return InstrumentView(
            one, one.title[self.lang], one.issuer[self.lang] if one.issuer else "", note,
            one.assumed[self.lang] if one.assumed else "", sorted(articles, key=lambda a: numbered(a.article)),
            one.in_force(self.today), one.pack == self.regime.code,
        )  # fmt: skip

    def cited(self, cite: str) -> str:
        return str(self.regime.citation(cite))

    # --- rules --------------------------------------------------------------------------------------------------

    @cached_property
    def actions(self) -> list[ActionView]:
        """Every action the regime has, in the order of the rooms, with the rules asked of it."""
        rules = self.regime.all_rules()
        out = []
        for name, act in ACTIONS.items():
            who = self.regime.who(name)
            if who is None or self.regime.order(act.subject.kind) is None:
                continue
            asked = [self._rule(rule, name) for rule in rules if name in rule.on]
            capacities = self._capacities(who.capacities)
            out.append(ActionView(name, str(act.label), capacities, who.cite, self.cited(who.cite), asked))
        return out

    @property
    def rooms(self) -> list[RoomView]:
        """The actions by room."""
        return _by_room(self.actions, lambda action: action.name)

    def _rule(self, rule: Rule, action: str) -> RuleView:
        first = rule.id not in self._shown
        self._shown.add(rule.id)
        return RuleView(
            id=rule.id, sentence=self._sentence(rule), severity=rule.severity, cite=rule.cite,
            label=self.cited(rule.cite), interval=Interval(rule.from_, rule.until), sources=rule.sources,
            reading=rule.reading[self.lang] if rule.reading else "", clauses=rule.clauses, as_of=rule.as_of,
            pack=rule.pack, current=rule in self.regime.rules(action, self.today), first=first,
        )  # fmt: skip

    def _sentence(self, rule: Rule) -> str:
        """The refusal with the parameters of the day the rule begins (or of today, where it is in force)."""
        on = self.today if rule.in_force(self.today) else rule.from_ or self.today
        known = {name: value for name, value in self.regime.params(on).items() if value is not None}
        message = PLACE.sub(lambda m: m[0] if m[1].strip() in known else "……", rule.message[self.lang])
        return fill(message, known, self.units, self.lang)

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit of each figure that a refusal may name."""
        return {f"param.{parameter.name}": parameter.unit for parameter in self.regime.parameters()}

    # --- deadlines and figures ----------------------------------------------------------------------------------

    @cached_property
    def deadlines(self) -> list[DeadlineView]:
        found = self.regime.all_obligations()
        first = {duty.id: place for place, duty in reversed(list(enumerate(found)))}
        return [self._deadline(duty, first[duty.id] == place) for place, duty in enumerate(found)]

    @property
    def deadline_rooms(self) -> list[RoomView]:
        """The deadlines by the room of the act that they follow."""
        return _by_room(list(zip(self.regime.all_obligations(), self.deadlines, strict=True)), lambda p: p[0].after[0])

    def _deadline(self, duty: ObligationRule, first: bool) -> DeadlineView:
        return DeadlineView(
            id=duty.id if first else "", name=duty.name[self.lang], after=_labels(duty.after),
            who=self._capacities(duty.who),
            period=self._period(duty), when=duty.when, cite=duty.cite, label=self.cited(duty.cite),
            interval=Interval(duty.since, duty.until), clauses=duty.clauses,
        )  # fmt: skip

    def _period(self, duty: ObligationRule) -> str:
        if duty.fixed_on is not None:
            return _("%(day)s 之前") % {"day": duty.fixed_on.isoformat()}
        if duty.within is None:
            return _("以%(date)s为期") % {"date": self._date_name(duty)} if duty.from_ and duty.every is None else ""
        span = self._span(duty.within)
        return _("自%(date)s起 %(span)s内") % {"date": self._date_name(duty), "span": span}

    def _date_name(self, duty: ObligationRule) -> str:
        """What the day is called that the period runs from."""
        after = next((a for a in duty.after if a in ACTIONS), "")
        if duty.from_ in DAYS:
            return str(DAYS[duty.from_])
        words = ACTIONS[after].documentation().get(duty.from_, "") if after else ""
        return re.split("[；：（]", words)[0] or duty.from_

    def _span(self, period: Period) -> str:
        if not period.param:
            return length(period.value, period.unit, self.lang)
        found = self.regime.parameter(period.param, self.today)
        values = next(p for p in self.regime.parameters() if p.name == period.param).values
        dated = found or (values[-1] if values else None)
        return length(dated.value if dated else None, period.unit, self.lang)

    @cached_property
    def parameters(self) -> list[ParameterView]:
        return [self._parameter(one) for one in self.regime.parameters()]

    @cached_property
    def own_parameters(self) -> list[ParameterView]:
        """Those that an instrument of the place itself gives a value."""
        own = {view.instrument.id for view in self._loaded if view.own}
        return [one for one in self.parameters if any(value.cite.partition("#")[0] in own for value in one.values)]

    @property
    def other_parameters(self) -> list[ParameterView]:
        """Those of the law above."""
        return [one for one in self.parameters if one not in self.own_parameters]

    def _parameter(self, one: Parameter) -> ParameterView:
        return ParameterView(one.name, one.title[self.lang], [self._value(value) for value in one.values])

    def _value(self, value: Dated) -> ValueView:
        say = length if value.unit in TIMES else shown
        text = say(value.value, value.unit, self.lang)
        return ValueView(text, Interval(value.since, value.until), value.cite, self.cited(value.cite), value.checked_on)

    # --- who, and in what order ---------------------------------------------------------------------------------

    def _capacities(self, names: Iterable[str]) -> str:
        known = self.regime.capacities
        return ("、" if self.lang == "zh" else ", ").join(known[n].name[self.lang] if n in known else n for n in names)

    @cached_property
    def orders(self) -> list[tuple[str, list[str], str, str]]:
        """(kind in words, milestones in words, citation, its label) of every kind that passes through several, each of
        its variants after it."""
        out = []
        for kind in kinds():
            common = self.regime.order(kind.kind)
            for method, name in {"": "", **kind.variants}.items():
                order = self.regime.order(kind.kind, method)
                if order is None or len(order.milestones) < SEVERAL or (method and order is common):
                    continue
                called = f"{kind.called or kind.kind} · {name}" if name else str(kind.called or kind.kind)
                words = [str(kind.State(m).label) for m in order.milestones]
                out.append((called, words, order.cite, self.cited(order.cite)))
        return out

    @cached_property
    def roles(self) -> list[tuple[str, str]]:
        """(how a capacity is held, the capacities held so)."""
        how = {"award": _("因中标"), "appointment": _("因聘请"), "registration": _("因登记"), "opening": _("因立项"),
               "same_level": _("因与立项单位同级")}  # fmt: skip
        held: dict[str, list[str]] = {}
        for capacity in self.regime.capacities.values():
            held.setdefault(how.get(capacity.by, _("因机构类别与所在区划")), []).append(capacity.id)
        return [(words, self._capacities(names)) for words, names in held.items()]

    @cached_property
    def pairs(self) -> list[tuple[str, str, str]]:
        """(duties that one person may not both do, citation, its label)."""
        return [(_labels(pair.duties), pair.cite, self.cited(pair.cite)) for pair in self.regime.incompatible]

    @cached_property
    def conflicts(self) -> list[ConflictView]:
        """Where higher law prevails over the place's own text, with what each says."""
        out = []
        for kind, name, over in self.regime.conflicts:
            own = self.regime.overruled(name) if kind == "action" else None
            what = _labels([name]) if kind == "action" else name
            whom = self._capacities(own[0].capacities) if own else ""
            held = self.regime.who(name) if kind == "action" else None
            by = self._capacities(held.capacities) if held else ""
            aside = own[0].cite if own else ""
            out.append(ConflictView(
                what, over.since, over.reading[self.lang] if over.reading else "", over.cite, self.cited(over.cite),
                aside, self.cited(aside) if aside else "", whom, by,
            ))  # fmt: skip
        return out

    @property
    def slots(self) -> list[tuple[str, str, str]]:
        return [(slot.what[self.lang], slot.cite, self.cited(slot.cite)) for slot in self.regime.slots]


def _by_room(rows: list[Any], action: Callable[[Any], str]) -> list[RoomView]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        act = ACTIONS.get(action(row))
        found.setdefault(act.verb.__module__.split(".")[1] if act else "", []).append(row)
    names = {**ROOMS, **{room: _("其他") for room in found if room not in ROOMS}}
    return [RoomView(str(name), found[room]) for room, name in names.items() if room in found]


def label(action: str) -> str:
    return str(ACTIONS[action].label) if action in ACTIONS else action


def _labels(actions: Iterable[str]) -> str:
    return (", " if language() == "en" else "、").join(label(name) for name in actions)


def numbered(article: str) -> list[Any]:
    """Sorts articles as they are counted: 一 before 二, 2 before 10."""
    plain = article.translate(NUMERALS).replace("十", "10")
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", plain) if part]
