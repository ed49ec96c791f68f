"""What a post may see, and what has been done: reads that stay quick at a hundred thousand purchases.

Every page starts from `visible`. What is not visible does not exist for the reader: 404, not 403.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongyue import clock
from gongyue.ledger.models import Entry

from .models import Post, Purchase, Role

FEW = 1000  # up to here the purchases are named one by one; beyond, each is asked whether it is among them
MANY = 1000  # where counting stops


def visible(post: Post, *, on: date | None = None) -> QuerySet[Purchase]:
    """The purchases a post may see, newest first: its organisation's and its own, while the capacity lasts.

    `on`: the legal day, by default today. One query decides how to ask, because no single way is quick for both a
    provider with three purchases and a city bureau with all of them: a list of keys suits the few, a test of each
    row as it comes suits the many. Filter it, slice it, but count it with `bounded_count` only.
    """
    roles = _roles(post, on)
    few = list(_purchases(roles)[: FEW + 1])
    if len(few) <= FEW:
        return Purchase.objects.filter(pk__in=few).order_by("-pk")
    return Purchase.objects.filter(Exists(roles.filter(purchase=OuterRef("pk")))).order_by("-pk")


def visible_purchase(post: Post, pk: int, *, on: date | None = None) -> Purchase | None:
    """That purchase, if the post may see it. One query."""
    among = Exists(_roles(post, on).filter(purchase=OuterRef("pk")))
    return Purchase.objects.filter(among, pk=pk).select_related("division__parent").first()


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
