"""What a post may see, and what has been done: reads that stay quick at a hundred thousand purchases.

Every page starts from `visible`. What is not visible does not exist for the reader: 404, not 403.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongyue import clock
from gongyue.ledger.models import Entry

from .models import Obligation, Post, Purchase, Role

FEW = 1000  # up to here the purchases are named one by one; beyond, each is asked whether it is among them
MANY = 1000  # where counting stops


def visible(post: Post, *, on: date | None = None) -> QuerySet[Purchase]:
    """The purchases a post may see whole, newest first: its organisation's and its own, while the capacity lasts.

    `on`: the legal day, by default today. One query decides how to ask, because no single way is quick for both a
    provider with three purchases and a city bureau with all of them: a list of keys suits the few, a test of each
    row as it comes suits the many. Filter it, slice it, but count it with `bounded_count` only.
    """
    return _among(_roles(post, on).filter(partial=False))


def seated(post: Post, *, on: date | None = None) -> QuerySet[Purchase]:
    """Also those in which its organisation was let in for a matter of its own: of these it sees that matter, and what
    is public."""
    return _among(_roles(post, on))


def _among(roles: QuerySet[Role]) -> QuerySet[Purchase]:
    few = list(_purchases(roles)[: FEW + 1])
    if len(few) <= FEW:
        return Purchase.objects.filter(pk__in=few).order_by("-pk")
    return Purchase.objects.filter(Exists(roles.filter(purchase=OuterRef("pk")))).order_by("-pk")


def visible_purchase(post: Post, pk: int, *, on: date | None = None) -> Purchase | None:
    """That purchase, if the post may see it whole. One query."""
    return _one(_roles(post, on).filter(partial=False), pk)


def seated_purchase(post: Post, pk: int, *, on: date | None = None) -> Purchase | None:
    """That purchase, if the post sees all of it or at least a matter of its own. One query."""
    return _one(_roles(post, on), pk)


def _one(roles: QuerySet[Role], pk: int) -> Purchase | None:
    among = Exists(roles.filter(purchase=OuterRef("pk")))
    return Purchase.objects.filter(among, pk=pk).select_related("division__parent").first()


def own_matters(purchase: Purchase, post: Post) -> frozenset[str]:
    """Keys of the subjects in a purchase that the post's organisation was asked to act on, or has acted on. Two
    queries."""
    asked = Obligation.objects.filter(purchase=purchase, organisation=post.organisation_id).exclude(subject="")
    done = Entry.objects.filter(purchase=purchase.pk, organisation_id=post.organisation_id)
    keys = {*asked.values_list("subject", flat=True), *done.values_list("subject", flat=True)}
    return frozenset(key for key in keys if ":" in key)


def deadlines_for(post: Post, *, on: date | None = None) -> Q:
    """Of the obligations of purchases: all where the post sees the purchase whole, else its organisation's own."""
    whole = _roles(post, on).filter(partial=False, purchase=OuterRef("purchase"))
    return Q(organisation=post.organisation_id) | Q(Exists(whole))


def _roles(post: Post, on: date | None) -> QuerySet[Role]:
    lasting = Q(until=None) | Q(until__gt=on or clock.today())
    return Role.objects.filter(lasting, Q(post=None) | Q(post=post), organisation=post.organisation_id)


def _purchases(roles: QuerySet[Role]) -> QuerySet[Role, int]:
    """Keys, newest first, each once: read off the index (organisation, purchase) and stopped where it is sliced."""
    return roles.order_by("-purchase").values_list("purchase", flat=True).distinct()


def bounded_count(rows: QuerySet[Any], most: int = MANY) -> int:
    """How many rows there are, exactly up to `most`; `most` + 1 says: more than that."""
    return rows.order_by()[: most + 1].count()


def done_by(post: Post) -> QuerySet[Entry]:
    """已办: what its person has done for its organisation, latest first."""
    return Entry.objects.filter(person_id=post.person_id, organisation_id=post.organisation_id).order_by("-pk")


def timeline(purchase: Purchase) -> QuerySet[Entry]:
    """Everything that was done in a purchase, in order."""
    return Entry.objects.filter(purchase=purchase.pk).order_by("pk")
