"""The ledger of one purchase as its timeline: who did what, how late, and past which warnings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gongyue.kernel.actions import in_other_sections, in_section, kinds
from gongyue.kernel.findings import from_json
from gongyue.kernel.models import Post, Purchase, Subject
from gongyue.ledger.models import Entry
from gongyue.policy import Regime

from .citations import finding
from .words import action_name, kind_name

LATEST = 60  # moments of a section beside the line


@dataclass(frozen=True)
class Warned:
    """A warning that was passed, with the reason given for it."""

    finding: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Late:
    """How many calendar days late, and who held it."""

    days: int
    holder: str


@dataclass(frozen=True)
class Moment:
    """One entry: `number` is its leaf in the ledger's tree, "" while it has none."""

    at: datetime
    what: str
    who: str
    kind: str
    late: list[Late]
    warned: list[Warned]
    number: str
    digest: str
    proof_url: str

    @property
    def tone(self) -> str:
        return "cinnabar" if self.late else "ochre" if self.warned else "jade"


def entries_of(purchase: Purchase, section: str, regime: Regime) -> list[Entry]:
    """A purchase's entries of one section, latest first; what must not be known yet is for the caller to leave out.

    Those of the line come whole, with every duty that two people must do; of another section the latest come. One
    query.
    """
    rows = Entry.objects.filter(purchase=purchase.pk).select_related("leaf").order_by("-pk")
    if section == purchase.section:
        return list(rows.exclude(action__in=in_other_sections(section) - regime.shared_duties))
    return list(rows.filter(action__in=in_section(section))[:LATEST])


def about(section: str) -> Q:
    """What is about a subject of one section, where its `subject` is a key."""
    beside = Q(subject__in=())
    for kind in kinds():
        if (kind.section == section) != (section == Purchase.section):
            beside |= Q(subject__startswith=f"{kind.kind}:")
    return ~beside if section == Purchase.section else beside


def moments(
    entries: Iterable[Entry], regime: Regime, purchase: Purchase, held: Mapping[str, Subject] | None = None
) -> list[Moment]:  # fmt: skip
    """Two queries at most, however many entries there are: none for the entries, one for the posts they name.

    `held`: subjects that were read, by their keys: they may have words of their own.
    """
    found = [(entry, body_of(entry)) for entry in entries]
    posts = _posts(found)
    return [_moment(entry, body, posts, regime, purchase, (held or {}).get(entry.subject)) for entry, body in found]


def body_of(entry: Entry) -> dict[str, Any]:
    """What the kernel recorded, under the header the ledger put before it."""
    body: dict[str, Any] = json.loads(entry.body)["content"]
    return body


def _posts(found: Iterable[tuple[Entry, Mapping[str, Any]]]) -> dict[int, Post]:
    wanted = {entry.post_id for entry, _body in found}
    wanted |= {late["post"] for _entry, body in found for late in body.get("late", ())}
    return Post.objects.select_related("person", "organisation").in_bulk([pk for pk in wanted if pk])


def _moment(
    entry: Entry, body: Mapping[str, Any], posts: Mapping[int, Post], regime: Regime, purchase: Purchase,
    subject: Subject | None,
) -> Moment:  # fmt: skip
    leaf = getattr(entry, "leaf", None)
    reasons: Mapping[str, str] = body.get("acknowledged", {})
    return Moment(
        at=entry.at,
        what=action_name(entry.action, subject),
        who=holder(posts.get(entry.post_id or 0)),
        kind=kind_name(entry.subject.partition(":")[0]),
        late=[Late(late["days"], holder(posts.get(late["post"] or 0))) for late in body.get("late", ())],
        warned=[Warned(finding(f, regime), reasons.get(f.rule, "")) for f in from_json(body.get("findings", ()))],
        number=_("第 %(n)s 号") % {"n": leaf.seq} if leaf else "",
        digest=entry.digest[:12],
        proof_url=reverse("desk:proof", args=[purchase.pk, entry.pk]) if leaf else "",
    )


def holder(post: Post | None) -> str:
    """A seat and who sits in it: 越秀区民政局 采购经办 · 陈静."""
    return f"{post.organisation.name} {post.title} · {post.person.name}" if post else ""
