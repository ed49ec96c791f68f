"""Open obligations as work to be done: whose they are, and the address where each is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from gongyue.kernel import obligations, regimes
from gongyue.kernel.actions import ACTIONS, kinds
from gongyue.kernel.models import Obligation, Post, Purchase, Subject
from gongyue.policy import Regime

from .words import action_name, seed_name, subject_name

SOON = timedelta(days=7)
NAME = 60  # characters of a subject's name in a list


def inbox(post: Post) -> QuerySet[Obligation]:
    """What waits for a post: its organisation's open obligations, without those that bind another person alone."""
    return obligations.inbox(post.organisation).filter(Q(personal=False) | Q(post=post))


def overdue(post: Post, today: date) -> QuerySet[Obligation]:
    """Past their day, and not suspended. Asked by `queue_on`, which the inbox's index leads by."""
    return inbox(post).filter(queue_on__lt=today, suspended_on=None)


def due_soon(post: Post, today: date) -> QuerySet[Obligation]:
    """Due within the next seven calendar days."""
    return inbox(post).filter(queue_on__gte=today, queue_on__lte=today + SOON, suspended_on=None)


def regimes_of(rows: Iterable[Obligation]) -> dict[str, Regime]:
    """The regime of each purchase named: one query a regime, none a row."""
    return {code: regimes.current(code) for code in sorted({row.purchase.regime for row in rows if row.purchase})}


def subjects_of(rows: Iterable[Obligation]) -> dict[str, Subject]:
    """What the obligations are about, by its key: one query a kind."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        if ":" in row.subject and "#" not in row.subject:
            name, _colon, pk = row.subject.partition(":")
            wanted.setdefault(name, []).append(pk)
    found: dict[str, Subject] = {}
    for kind in kinds():
        if pks := wanted.get(kind.kind):
            related = getattr(kind, "related", ())
            found |= {one.key: one for one in kind._default_manager.select_related(*related).filter(pk__in=pks)}
    return found


def work_url(row: Obligation, regime: Regime | None) -> str:
    """Straight to the page where it is done; to the purchase where several subjects could be meant."""
    act = ACTIONS.get(row.action)
    kind, seeded, seed = row.subject.partition("#")
    if act is None:
        return purchase_url(row)
    if not seeded and ":" in row.subject:
        return reverse("desk:do", args=[row.action, row.subject.rpartition(":")[2]])
    if row.purchase_id is None:
        return reverse("desk:begin", args=[row.action])
    if seeded or (regime and begins(act.reaches, act.subject.kind, regime) and act.sources is None):
        wanted = {"purchase": row.purchase_id} | ({"seed": seed} if seed else {})
        return f"{reverse('desk:begin', args=[row.action])}?{urlencode(wanted)}"
    return purchase_url(row)


def matter(row: Obligation, subject: Subject | None = None) -> str:
    """What is to be done, and to which subject: one of several unborn, or by the name it has beside its purchase's."""
    kind, seeded, seed = row.subject.partition("#")
    which = seed_name(kind, seed) if seeded else which_one(row, subject)
    return action_name(row.action, subject) + (f" · {which}" if which else "")


def which_one(row: Obligation, subject: Subject | None) -> str:
    """The name of a subject of a purchase; "" where its purchase's title says as much."""
    if subject is None or row.purchase is None or subject == row.purchase:
        return ""
    name = subject_name(subject)
    return "" if name.startswith(row.purchase.title) else Truncator(name).chars(NAME)


def place_of(row: Obligation, regime: Regime | None, *, mine: bool) -> str:
    """Where its holder does it; for others the purchase; "" where others have nothing to look at."""
    if mine and row.is_open:
        return work_url(row, regime)
    return purchase_url(row) if row.purchase_id else ""


def begins(milestone: str | None, kind: str, regime: Regime) -> bool:
    """Whether this milestone is the first of its kind: the action that reaches it brings the subject into the world."""
    order = regime.order(kind)
    return order is not None and order.milestones[:1] == (milestone,)


def purchase_url(row: Obligation) -> str:
    """The part of the purchase's page on which it is done."""
    if not row.purchase_id:
        return reverse("desk:workbench")
    act = ACTIONS.get(row.action)
    if act is None or act.section == Purchase.section:
        return reverse("desk:purchase", args=[row.purchase_id])
    return reverse("desk:purchase-tab", args=[row.purchase_id, act.section])
