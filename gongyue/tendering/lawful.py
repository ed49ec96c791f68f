"""哪些方式可以用: every method the house knows put to the regime's own rules, as if it were chosen on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongyue.budget.models import PlanItem
from gongyue.budget.procurement import ProcurementFacts
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.dossier import Dossier
from gongyue.policy import Finding

from . import methods
from .methods import Admitted, Ground, Way
from .models import Method
from .models.method import settled

CHOOSE = "method.choose"


@dataclass(frozen=True)
class Verdict:
    """One method on a day. `since`: the article it waits for, where its instrument is not in force; `grounds`: those
    on which it may be chosen; `findings`: what stands against it, or has to be explained, on the ground that has the
    fewest objections; `approval`: it would have to be approved before it starts; `practicable`: the regime says how it
    goes on and who does it."""

    way: Way
    cite: str
    since: str
    grounds: tuple[Ground, ...]
    findings: tuple[Finding, ...]
    approval: bool
    practicable: bool = True

    @property
    def lawful(self) -> bool:
        return self.practicable and not self.since and not any(finding.blocks for finding in self.findings)


@dataclass(frozen=True)
class Lawful:
    """All of them, by the amounts in `given`; `chosen`: what was chosen, `holds`: whether that is settled."""

    chosen: Method | None
    holds: bool
    given: Mapping[str, Any]
    verdicts: tuple[Verdict, ...]


def lawful(dossier: Dossier) -> Lawful | None:
    """None where the regime has no such step, or nothing to be bought is known yet."""
    item = dossier.latest(PlanItem) if dossier.regime.acts(Method.kind) else None
    if item is None:
        return None
    chosen = dossier.latest(Method)
    act = ACTIONS[CHOOSE]
    subject = chosen or Method(purchase=dossier.purchase)
    given = _given(dossier, chosen, item)
    facts = act.values(act.facts.of(subject, dossier), {}, dossier.at)
    verdicts = tuple(_verdict(dossier, way, facts, given) for way in Way if _known(dossier, way))
    return Lawful(chosen, settled(dossier) is not None, given, verdicts)


def _known(dossier: Dossier, way: Way) -> bool:
    return methods.entry(dossier.regime, way) is not None


def _given(dossier: Dossier, chosen: Method | None, item: PlanItem) -> dict[str, Any]:
    """The amounts as they were typed, before that as the regime and the item have them."""
    if chosen is not None:
        names = ("year_fen", "listed", "limit_fen", "open_limit_fen", "adjusted", "others_fen", "nature", "size")
        return {name: getattr(chosen, name) for name in names}
    judged = ProcurementFacts.of(dossier, item)
    open_limit = methods.figure(dossier.regime, methods.OPEN_LIMIT, dossier.today)
    return {
        "year_fen": item.amount_fen, "listed": bool(judged.listed), "limit_fen": judged.limit_fen,
        "open_limit_fen": open_limit, "adjusted": False, "others_fen": 0, "nature": methods.nature(judged),
        "size": methods.size(item.amount_fen, open_limit),
    }  # fmt: skip


def _verdict(dossier: Dossier, way: Way, facts: Mapping[str, Any], given: Mapping[str, Any]) -> Verdict:
    regime, on = dossier.regime, dossier.today
    found = methods.find(regime, way, on)
    if found is None:
        cite = str(methods.entry(regime, way)["cite"])  # type: ignore[index]
        founded = methods.founded(regime, way, on)
        return Verdict(way, cite, "" if founded else cite, (), (), False, practicable=not founded)
    tried = {ground: _asked(dossier, found, ground, facts, given) for ground in (*found.grounds, None)}
    grounds = tuple(one for one, against in tried.items() if one is not None and not _blocked(against))
    best = min(tried.values(), key=lambda against: (_blocked(against), len(against)))
    large = given["nature"] == Method.Nature.PROCUREMENT and given["size"] == Method.Size.ABOVE
    course = methods.course(regime, found, "", kind=Method.kind, large=large, on=on)
    return Verdict(way, found.cite, "", grounds, tuple(best), bool(course))


def _blocked(against: Iterable[Finding]) -> bool:
    return any(finding.blocks for finding in against)


def _asked(
    dossier: Dossier, found: Admitted, ground: Ground | None, facts: Mapping[str, Any], given: Mapping[str, Any]
) -> list[Finding]:
    """What the rules say of this method on this ground. What else would be typed is taken to be in order."""
    typed = {
        **given, "way": found.way.value, "ground": ground.id if ground else "", "undefined": False,
        "original_fen": None, "added_fen": None, "consent": "—", "reason": "—", "category": "", "limit_source": "",
    }  # fmt: skip
    values = {**facts, **{f"input.{name}": value for name, value in typed.items()}}
    return dossier.regime.ask(CHOOSE, values, dossier.today, soften=dossier.purchase.by_reference)
