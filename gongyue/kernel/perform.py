"""The one doorway. Somebody, in a capacity, does something to something, at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from gongyue.clock import LOCAL
from gongyue.ledger.append import append
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.policy import Finding, Order, Regime

from . import batches, obligations, regimes, storage
from .actions import ACTIONS, Action
from .capacities import Standing, standing
from .dossier import Dossier
from .findings import as_json, kernel
from .forms import ActionForm
from .models import Document, Draft, Post, Purchase, Refused, Subject

log = logging.getLogger(__name__)
ACKNOWLEDGE = "acknowledge-"  # data["acknowledge-<rule id>"] = the reason for going on despite a warning


@dataclass(frozen=True)
class Outcome:
    """What came of it. A refusal is a value: `findings` stand in the way, the bound `form` keeps what was typed.

    Done when `entry` is there; warnings that were acknowledged are then in `findings` too.
    """

    form: ActionForm
    subject: Subject
    entry: Entry | None = None
    findings: list[Finding] = field(default_factory=list)
    born: list[Subject] = field(default_factory=list)
    repeated: bool = False


def perform(
    name: str, subject: Subject, *, actor: Post, at: datetime, data: Mapping[str, Any], seen: int, request_id: UUID
) -> Outcome:
    """Do it, or say why not, in one transaction.

    `at`: legal time, aware. `seen`: the subject's version the page showed (0: not yet born). `request_id` makes a
    repeat the same act. Warnings pass when `data["acknowledge-<rule>"]` gives a reason, which is kept.
    """
    if at.tzinfo is None:
        raise ValueError("at must be an aware datetime")
    act = ACTIONS[name]
    if not isinstance(subject, act.subject):
        raise TypeError(f"{name} is done to a {act.subject.kind}, not a {subject.kind}")
    before = copy(subject)  # what is not born yet is changed by its verb, also where nothing comes of it
    try:
        with transaction.atomic():
            return _perform(act, subject, actor, at, data, seen, request_id)
    except IntegrityError:
        log.warning("%s on %s refused by a constraint", name, before.key, exc_info=True)
        return _conflict(act, before, actor, at, data, request_id)


def _perform(
    act: Action, subject: Subject, actor: Post, at: datetime, data: Mapping[str, Any], seen: int, request_id: UUID
) -> Outcome:
    regime = regimes.current(subject.regime_code)
    locked, dossier = _lock(subject, actor, regime, at)
    form = _form(act, data, locked, actor, dossier)
    if repeat := Entry.objects.filter(request_id=request_id).first():
        return _repeated(repeat, act, locked, actor, form)
    if locked.version != seen:
        return Outcome(form, locked, findings=[kernel("stale")])
    here = standing(actor, locked, regime, at.astimezone(LOCAL).date())
    if objections := gate(act, locked, actor, here, regime, at, dossier):
        return _refuse(act, locked, actor, at, form, objections)
    if not form.is_valid():
        return Outcome(form, locked)
    for rows in act.locks(locked) if act.locks else ():
        list(rows.select_for_update())
    values = act.values(act.facts.of(locked, dossier), form.cleaned_data, at)
    findings = ask(act, locked, regime, values, at)
    reasons = {f.rule: str(data.get(ACKNOWLEDGE + f.rule, "")).strip() for f in findings if not f.blocks}
    if any(f.blocks or not reasons.get(f.rule) for f in findings):
        return _refuse(act, locked, actor, at, form, findings)
    return _do(act, locked, dossier, actor, at, form, values, findings, reasons, regime, request_id)


def _conflict(
    act: Action, subject: Subject, actor: Post, at: datetime, data: Mapping[str, Any], request_id: UUID
) -> Outcome:
    """Another one was quicker. Where that was this very request, sent twice at once, it is the same act."""
    dossier = Dossier(subject.parent_purchase or Purchase(), at=at, regime=regimes.current(subject.regime_code))
    form = _form(act, data, subject, actor, dossier)
    if repeat := Entry.objects.filter(request_id=request_id).first():
        return _repeated(repeat, act, subject, actor, form)
    return Outcome(form, subject, findings=[kernel("conflict")])


def _form(act: Action, data: Mapping[str, Any], subject: Subject, actor: Post, dossier: Dossier | None) -> ActionForm:
    return act.form(data, data, subject=subject, dossier=dossier, actor=actor)


def _lock(subject: Subject, actor: Post, regime: Regime, at: datetime) -> tuple[Subject, Dossier]:
    """The purchase's row first, then the subject's own: one purchase, one act at a time.

    Where neither is there yet, the actor's post: a page sent twice at once is then still noticed to be one.
    """
    purchase = subject.parent_purchase
    if purchase is not None:
        purchase = Purchase.objects.select_for_update(of=("self",)).select_related("division").get(pk=purchase.pk)
    dossier = Dossier(purchase or Purchase(), at=at, regime=regime)
    if subject.pk is None:
        if purchase is not None:
            subject.purchase = purchase  # type: ignore[attr-defined]
        else:
            Post.objects.select_for_update(no_key=True).get(pk=actor.pk)
        return subject, dossier
    if purchase is not None and isinstance(subject, Purchase):
        return purchase, dossier
    related = getattr(subject, "related", ())
    rows = type(subject)._default_manager.select_for_update(of=("self",)).select_related(*related)
    locked = rows.get(pk=subject.pk)
    if purchase is not None:
        locked.purchase = purchase  # type: ignore[attr-defined]
        dossier.put(locked)
    return locked, dossier


def _awaited(subject: Subject, dossier: Dossier, actor: Post) -> None:
    """What is to be born must still be awaited now that the purchase is locked: its page may be older than that."""
    if subject.pk is not None or subject.parent_purchase is None:
        return
    if all(one.seed != subject.seed for one in type(subject).unborn(dossier, actor)):
        raise IntegrityError(f"{subject.kind} {subject.seed}: born meanwhile")


def _repeated(entry: Entry, act: Action, subject: Subject, actor: Post, form: ActionForm) -> Outcome:
    """The same request again is the same act; another act, or one on another subject, under its number is not."""
    purchase = subject.parent_purchase
    about = entry.subject == subject.key if subject.pk else purchase is None or entry.purchase == purchase.pk
    if entry.action != act.name or entry.post_id != actor.pk or not about:
        return Outcome(form, subject, findings=[kernel("request")])
    if subject.pk is None:
        subject = act.subject._default_manager.get(pk=entry.subject.rpartition(":")[2])
    return Outcome(form, subject, entry=entry, repeated=True)


def gate(
    act: Action, subject: Subject, actor: Post, here: Standing, regime: Regime, at: datetime, dossier: Dossier
) -> list[Finding]:
    """What stands in the way before any rule is asked: the first of the post, capacity, duties, recusal, milestone."""
    first = next(_objections(act, subject, actor, here, regime, at, dossier), None)
    return [first] if first else []


def _objections(
    act: Action, subject: Subject, actor: Post, here: Standing, regime: Regime, at: datetime, dossier: Dossier
) -> Iterator[Finding]:
    on, last = at.astimezone(LOCAL).date(), dossier.purchase.last_at
    who = regime.who(act.name, on if subject.dated else None)
    if who is None:
        yield kernel("procedure", action=act.name)
        return
    if not actor.held_on(on):
        yield kernel("post", who.cite)
    held = here.capacities & set(who.capacities)
    if not held:
        yield kernel("capacity", who.cite, action=act.name, who=list(who.capacities))
    elif not (held := here.holding(act.name, held)):
        yield kernel("mandate", who.cite, action=act.name)
    if held and not subject.open_to(actor.organisation_id, held):
        yield kernel("owner", who.cite, action=act.name, who=str(subject.sides[min(held)]))
    if subject.owner is not None and subject.owner.pk != actor.organisation_id:
        yield kernel("owner", who.cite, action=act.name, who=str(subject.owner))
    if subject.doer is not None and subject.doer.pk != actor.pk:
        yield kernel("doer", who.cite, action=act.name)
    if here.recused:
        yield kernel("recused", who.cite, reason=here.recused)
    yield from _incompatible(act, subject, here, regime, on)
    if wrong := milestone(act, subject, regime):
        yield wrong
    if last is not None and at < last:
        yield kernel("backdated", last=last.astimezone(LOCAL).date().isoformat())


def _incompatible(act: Action, subject: Subject, here: Standing, regime: Regime, on: date) -> Iterator[Finding]:
    for pair in regime.incompatible:
        if act.name not in pair.duties or not pair.in_force(on):
            continue
        other = pair.duties[1] if act.name == pair.duties[0] else pair.duties[0]
        done = {key for name, key in here.acted if name == other}
        if subject.key in done if pair.within == "subject" else done:
            yield kernel("incompatible", pair.cite, first=other, second=act.name)


def milestone(act: Action, subject: Subject, regime: Regime) -> Finding | None:
    """A regime lists the milestones it uses, in order; an action starts from the one before its own."""
    if not act.serves(subject.method):
        return kernel("procedure", action=act.name)
    if act.sources is not None:
        order = regime.order(subject.kind, subject.method) if act.last else None
        wrong = subject.state not in act.sources or (order is not None and subject.state != order.milestones[-1])
        return _misplaced(act, subject, "") if wrong else None
    if act.reaches is None:
        return None if subject.version else _misplaced(act, subject, "")
    return _along(act, act.reaches, subject, regime.order(subject.kind, subject.method))


def _along(act: Action, reaches: str, subject: Subject, order: Order | None) -> Finding | None:
    """Whether the milestone before the one it reaches is where the subject stands."""
    if order is None or reaches not in order.milestones:
        return kernel("procedure", action=act.name)
    place = order.milestones.index(reaches)
    before = order.milestones[place - 1] if place else ""
    if subject.state == before or subject.state in act.also_from:
        return None
    if subject.state in order.milestones[place:]:
        return kernel("done", order.cite, action=act.name, state=f"{subject.kind}:{subject.state}")
    return _misplaced(act, subject, before, order.cite)


def _misplaced(act: Action, subject: Subject, before: str, cite: str = "gongyue") -> Finding:
    wanted = before or next(iter(sorted(act.sources or ())), "")
    return kernel(
        "state", cite, action=act.name, state=f"{subject.kind}:{subject.state}" if subject.state else "—",
        before=f"{subject.kind}:{wanted}",
    )  # fmt: skip


def ask(act: Action, subject: Subject, regime: Regime, values: Mapping[str, Any], at: datetime) -> list[Finding]:
    """The rules in force on the day; for a purchase that follows a norm by reference, that norm warns."""
    purchase = subject.parent_purchase or (subject if isinstance(subject, Purchase) else None)
    soften = purchase is not None and purchase.by_reference
    return regime.ask(act.name, values, at.astimezone(LOCAL).date(), soften=soften)


def _refuse(
    act: Action, subject: Subject, actor: Post, at: datetime, form: ActionForm, findings: list[Finding]
) -> Outcome:
    """Keep what is worth keeping: everything but an unacknowledged warning and a milestone already passed."""
    if any(f.blocks and f.rule not in {"kernel.state", "kernel.done", "kernel.procedure"} for f in findings):
        keep_refusal(act.name, subject, actor=actor, at=at, findings=findings)
    return Outcome(form, subject, findings=findings)


def keep_refusal(name: str, subject: Subject, *, actor: Post, at: datetime, findings: list[Finding]) -> None:
    """Who tried what, when, and under which article it was refused; also of what never came as far as the doorway."""
    Refused.objects.create(
        purchase=subject.parent_purchase, subject=subject.key, action=name, post=actor, at=at,
        findings=as_json(findings),
    )  # fmt: skip


def _do(
    act: Action, subject: Subject, dossier: Dossier, actor: Post, at: datetime, form: ActionForm,
    values: dict[str, Any], findings: list[Finding], reasons: dict[str, str], regime: Regime, request_id: UUID,
) -> Outcome:  # fmt: skip
    _awaited(subject, dossier, actor)
    files = {n: v for n, v in form.cleaned_data.items() if isinstance(v, File)}
    draft = subject.draft_key
    born = list(act.verb(subject, at=at, actor=actor, dossier=dossier, **form.cleaned_data) or ())
    if act.reaches is not None:
        subject.state = act.reaches
    subject.version += 1
    subject.save()
    stored = {name: storage.keep(file) for name, file in files.items()}
    met = obligations.about_to_meet(act.name, subject, actor=actor)
    entry = _record(act, subject, actor, at, form, values, findings, reasons, regime, request_id, born, stored, met)
    _keep_documents(subject, form, stored, entry)
    batches.accept(form.cleaned_data.values(), entry)
    obligations.settle(
        act.name, subject, born, met=met, ends=act.sources is not None and act.reaches is not None, entry=entry,
        regime=regime, values=values,
    )  # fmt: skip
    _touch(act, subject, born, at)
    Draft.objects.filter(post=actor, action=act.name, subject=draft).delete()
    transaction.on_commit(sequence, robust=True)  # the act stands; what has no number yet gets it with the next one
    return Outcome(form, subject, entry=entry, findings=findings, born=born)


def _touch(act: Action, subject: Subject, born: Iterable[Subject], at: datetime) -> None:
    """The purchase remembers when it was last acted on, which milestone it shows, and what kinds were born in it."""
    purchase = subject if isinstance(subject, Purchase) else subject.parent_purchase
    if purchase is None:
        return
    purchase.last_at = at
    if subject.staged and act.reaches is not None:
        purchase.stage = f"{subject.kind}:{subject.state}"
    if purchase is subject and subject.version == 1:
        purchase.kinds = []
    if purchase.kinds is not None:
        purchase.kinds = sorted({*purchase.kinds, subject.kind, *(child.kind for child in born)})
    purchase.save(update_fields=["last_at", "stage", "kinds"])


def _keep_documents(subject: Subject, form: ActionForm, stored: Mapping[str, storage.Stored], entry: Entry) -> None:
    Document.objects.bulk_create(
        Document(
            purchase=subject.parent_purchase, subject=subject.key, field=name, name=kept.name, size=kept.size,
            sha256=kept.sha256, entry=entry.pk, restricted=getattr(form.fields[name], "restricted", False),
        )
        for name, kept in stored.items()
    )  # fmt: skip


def _record(
    act: Action, subject: Subject, actor: Post, at: datetime, form: ActionForm, values: Mapping[str, Any],
    findings: list[Finding], reasons: Mapping[str, str], regime: Regime, request_id: UUID, born: Iterable[Subject],
    stored: Mapping[str, storage.Stored], met: Iterable[Any],
) -> Entry:  # fmt: skip
    today = at.astimezone(LOCAL).date()
    data = {n: _plain(v) for n, v in form.cleaned_data.items() if n not in stored}
    hidden = {n for n, f in form.fields.items() if getattr(f, "personal", False) or getattr(f, "sealed", False)}
    body = {
        "input": {n: v for n, v in data.items() if n not in hidden},
        "facts": {n: v for n, v in values.items() if not n.startswith("input.")},
        "reaches": act.reaches or "",
        "findings": as_json(findings),
        "acknowledged": {rule: reason for rule, reason in reasons.items() if reason},
        "born": [child.key for child in born],
        "documents": {n: {"name": k.name, "size": k.size, "sha256": k.sha256} for n, k in stored.items()},
        "late": [
            {"rule": row.rule, "days": days, "organisation": row.organisation_id, "post": row.post_id}
            for row in met
            if (days := row.days_late(today))
        ],
    }
    purchase = subject if isinstance(subject, Purchase) else subject.parent_purchase
    return append(
        subject=subject.key, version=subject.version, action=act.name, purchase=purchase.pk if purchase else None,
        post=actor.pk, person=actor.person_id, organisation=actor.organisation_id, at=at, recorded_at=timezone.now(),
        request_id=request_id, regime=regime.digest, body=body,
        personal={f"input.{n}": data[n] for n in sorted(hidden) if data.get(n) not in (None, "", [])},
    )  # fmt: skip


def _plain(value: Any) -> Any:
    """As JSON keeps it; a chosen row by its key, unless it says itself how the ledger writes it (a batch)."""
    if hasattr(value, "ledger_value"):
        return value.ledger_value()
    if isinstance(value, Subject):
        return value.key
    if isinstance(value, list | tuple | QuerySet):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Model):
        return value.pk
    return value
