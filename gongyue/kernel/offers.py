"""What may be done now, by whom, what stands in the way, under which article: asked before anyone presses a button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongyue.clock import LOCAL
from gongyue.policy import Finding, Regime, Rule

from . import regimes
from .actions import ACTIONS, Action, Facts, kinds
from .actions import of as actions_of
from .capacities import Standing, in_purchase, standing
from .dossier import Dossier
from .findings import kernel
from .forms import ActionForm
from .models import Post, Purchase, PurchaseSubject, Subject
from .perform import ask, gate, milestone


@dataclass(frozen=True)
class Offer:
    """An action as a page shows it.

    `mine`: the actor has a capacity for it. `findings`: what blocks or warns now. `pending`: rules that will be
    asked once the form is filled. `who`/`cite`: the capacities that may do it and the article that says so.
    """

    action: Action
    subject: Subject
    form: ActionForm
    who: tuple[str, ...]
    cite: str
    mine: bool
    findings: list[Finding]
    pending: list[Rule]

    @property
    def ready(self) -> bool:
        return self.mine and not any(f.blocks for f in self.findings)

    @property
    def side(self) -> bool:
        """A way out of the main line (退回, 终止)."""
        return self.action.sources is not None


def offers(subject: Subject, *, actor: Post, at: datetime) -> list[Offer]:
    """The actions whose milestone has come for this subject, for one actor."""
    purchase = subject.parent_purchase
    regime = regimes.current(subject.regime_code)
    here = standing(actor, subject, regime, at.astimezone(LOCAL).date())
    dossier = Dossier(purchase or Purchase(), at=at, regime=regime)
    return _offers(subject, dossier, here, regime, actor, at, {})


def panel(
    purchase: Purchase, *, actor: Post, at: datetime, dossier: Dossier | None = None, here: Standing | None = None,
    section: str | None = None,
) -> list[Offer]:  # fmt: skip
    """Every next step of a purchase: the actor's own first, then the others', in the order of the rooms.

    `here`: the actor's standing, where the caller has read it already. `section`: of these kinds only.
    """
    dossier = dossier or Dossier(purchase, at=at, regime=regimes.current(purchase.regime))
    regime = dossier.regime
    here = here or in_purchase(actor, purchase, regime, dossier.today)
    facts: dict[tuple[type[Facts], str, str], Facts] = {}
    found: list[Offer] = []
    for subject in subjects(dossier, actor, section):
        found += _offers(subject, dossier, here, regime, actor, at, facts, section)
    return sorted(found, key=lambda offer: (not offer.ready, not offer.mine, offer.side))


def subjects(dossier: Dossier, actor: Post, section: str | None = None) -> Iterable[Subject]:
    """Everything in a purchase that can be acted on, with what could be brought into the world now.

    Of a numerous kind only what could be born: its rows have pages of their own.
    """
    if section in (None, dossier.purchase.section):
        yield dossier.purchase
    for kind in kinds():
        if not issubclass(kind, PurchaseSubject):
            continue
        if section is not None and all(act.section != section for act in actions_of(kind)):
            continue
        if dossier.regime.acts(kind.kind) and not kind.idle(dossier):
            if not kind.numerous:
                yield from (subject for subject in dossier.all(kind) if subject.visible_to(actor))
            yield from kind.unborn(dossier, actor)


def _offers(
    subject: Subject, dossier: Dossier, here: Standing, regime: Regime, actor: Post, at: datetime,
    facts: dict[tuple[type[Facts], str, str], Facts], section: str | None = None,
) -> list[Offer]:  # fmt: skip
    out = []
    for act in actions_of(type(subject)):
        who = regime.who(act.name, dossier.today if subject.dated else None)
        if who is None or section not in (None, act.section) or milestone(act, subject, regime) is not None:
            continue
        held = here.holding(act.name, who.capacities)
        mine = bool(held) and subject.open_to(actor.organisation_id, held)
        if subject.owner is not None and subject.owner.pk != actor.organisation_id:
            mine = False
        if subject.doer is not None and subject.doer.pk != actor.pk:
            mine = False
        form = act.form(subject=subject, dossier=dossier, actor=actor)
        findings: list[Finding] = []
        pending: list[Rule] = []
        if mine:
            findings = gate(act, subject, actor, here, regime, at, dossier) + _shared(act, here, regime, actor)
        if mine and not any(f.blocks for f in findings) and regime.rules(act.name, dossier.today):
            key = (act.facts, subject.key, subject.seed)
            if key not in facts:
                facts[key] = act.facts.of(subject, dossier)
            asked, pending = _ask(act, subject, regime, facts[key], at)
            findings += asked
        out.append(Offer(act, subject, form, who.capacities, who.cite, mine, findings, pending))
    return out


def _ask(act: Action, subject: Subject, regime: Regime, facts: Facts, at: datetime) -> tuple[list[Finding], list[Rule]]:
    """Rules about facts are answered now; rules about input are listed until there is input."""
    rules = regime.rules(act.name, at.astimezone(LOCAL).date())
    pending = [r for r in rules if any(name.startswith("input.") for name in r.names)]
    waiting = {r.id for r in pending}
    asked = ask(act, subject, regime, act.values(facts, {}, at), at)
    return [f for f in asked if f.rule not in waiting], pending


def _shared(act: Action, here: Standing, regime: Regime, actor: Post) -> list[Finding]:
    """Show, not forbid: one organisation holds both sides of a pair that two people must do."""
    out = []
    for pair in regime.incompatible:
        if act.name in pair.duties:
            sides = [regime.who(duty) for duty in pair.duties]
            if all(side and here.capacities & set(side.capacities) for side in sides):
                first, second = pair.duties
                out.append(
                    kernel(
                        "same_organisation",
                        pair.cite,
                        "warn",
                        organisation=str(actor.organisation),
                        first=first,
                        second=second,
                    )
                )
    return out


def find(
    name: str, *, actor: Post, at: datetime, pk: int | None = None, purchase: Purchase | None = None, seed: str = ""
) -> Subject | None:
    """The subject a page's address means: a row by its key, or the unborn one with this seed (without one: the only
    one there is); None: no such thing."""
    kind = ACTIONS[name].subject
    if pk is not None:
        related = getattr(kind, "related", ())
        return kind._default_manager.select_related(*related).filter(pk=pk).first()
    dossier = Dossier(purchase, at=at, regime=regimes.current(purchase.regime)) if purchase else None
    unborn = kind.unborn(dossier, actor)
    if not seed and len(unborn) == 1:
        return unborn[0]
    return next((subject for subject in unborn if subject.seed == seed), None)
