"""现在可以办什么: the offers of a purchase as the panel shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.findings import capacity_names, say
from gongyue.kernel.models import Obligation, Role
from gongyue.kernel.offers import Offer
from gongyue.policy import Regime

from .citations import Chip, all_findings, chip
from .words import action_name, listed, subject_name

BEGUN = 2  # the place of what begins something that nothing asks for
SHARED = "kernel.same_organisation"  # says that two officers are needed; it neither blocks nor asks for a reason


@dataclass
class Row:
    """One action in the panel: `label`, where it is done, what stands in the way, and who may do it."""

    label: str
    about: str
    url: str
    findings: list[dict[str, Any]]
    asked: list[Chip]
    note: str
    who: str
    cite: Chip
    side: bool
    primary: bool = False


@dataclass
class Panel:
    """What is mine and open, mine and blocked, mine but beside the main line, and other people's."""

    ready: list[Row] = field(default_factory=list)
    blocked: list[Row] = field(default_factory=list)
    aside: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.ready or self.blocked or self.aside)


def arrange(
    offers: Iterable[Offer], regime: Regime, roles: Iterable[Role], *, owed: Iterable[Obligation], today: date
) -> Panel:
    """Sort the offers; several of one action are told apart by their subject. The first open one is the main one,
    unless nothing asks for it.

    What an obligation of `owed` asks for comes first, by its day; then what leads on along an order; last what begins
    something that nothing asks for. A remedy waits aside until what calls for it is late.
    """
    due = [row for row in owed if row.is_open]
    late = {ACTIONS[row.action].subject.kind for row in due if row.action in ACTIONS and row.days_late(today)}
    found = sorted(offers, key=lambda offer: _urgency(offer, due))
    several = Counter(offer.action.name for offer in found)
    holders = _holders(roles)
    panel = Panel()
    for offer in found:
        row = _row(offer, regime, holders, told_apart=several[offer.action.name] > 1)
        if not offer.mine:
            panel.others.append(row)
        elif _beside(offer) or (_remedy(offer) and offer.subject.remedy not in late):
            panel.aside.append(row)
        elif offer.ready:
            row.primary = not panel.ready and _urgency(offer, due)[0] < BEGUN
            panel.ready.append(row)
        else:
            panel.blocked.append(row)
    return panel


def _urgency(offer: Offer, due: Iterable[Obligation]) -> tuple[int, date]:
    """Where an offer stands among the others; equal ones keep their order."""
    subject = offer.subject
    meant = {"", subject.key, f"{subject.kind}#{subject.seed}"}
    days = [row.due_on or date.max for row in due if row.action == offer.action.name and row.subject in meant]
    if days:
        return 0, min(days)
    if _remedy(offer):
        return BEGUN + 1, date.max
    return (1 if subject.pk is not None or subject.staged else BEGUN), date.max


def _beside(offer: Offer) -> bool:
    """Whether it leads nowhere along an order: it reaches no milestone of it, and none waits for it."""
    return (offer.side or offer.action.reaches is None) and offer.action.name not in offer.subject.pressing


def _remedy(offer: Offer) -> bool:
    """Whether it would begin a case about what went wrong; one that is under way goes on like anything else."""
    return offer.subject.remedy is not None and offer.subject.pk is None


def offer_url(offer: Offer) -> str:
    """The page where it is done."""
    subject = offer.subject
    if subject.pk is not None:
        return reverse("desk:do", args=[offer.action.name, subject.pk])
    purchase = subject.parent_purchase
    wanted: dict[str, int | str] = {"purchase": purchase.pk} if purchase else {}
    wanted |= {"seed": subject.seed} if subject.seed else {}
    return reverse("desk:begin", args=[offer.action.name]) + (f"?{urlencode(wanted)}" if wanted else "")


def _row(offer: Offer, regime: Regime, holders: dict[str, list[str]], *, told_apart: bool) -> Row:
    about = subject_name(offer.subject) if told_apart or (offer.subject.pk is None and offer.subject.seed) else ""
    own = {capacity: [str(side)] for capacity, side in offer.subject.sides.items()}
    organisations = list(dict.fromkeys(name for c in offer.who for name in own.get(c, holders.get(c, []))))
    if offer.subject.owner is not None:
        organisations = [str(offer.subject.owner)]
    shared = [f for f in offer.findings if f.rule == SHARED]
    blocked = any(f.blocks for f in offer.findings)
    return Row(
        label=action_name(offer.action.name, offer.subject) + (f" · {about}" if about else ""),
        about=about,
        url=offer_url(offer),
        findings=all_findings([f for f in offer.findings if f.rule != SHARED], regime),
        asked=[chip(regime, rule.cite) for rule in offer.pending],
        note=" ".join(say(f, regime) for f in shared) if shared and not blocked else "",
        who=listed(organisations) or capacity_names(offer.who, regime),
        cite=chip(regime, offer.cite),
        side=offer.side,
    )


def _holders(roles: Iterable[Role]) -> dict[str, list[str]]:
    """Who stands in which capacity; people appointed in person are not named here."""
    out: dict[str, list[str]] = {}
    for role in roles:
        if role.post_id is None:
            out.setdefault(role.capacity, []).append(role.organisation.name)
    return out
