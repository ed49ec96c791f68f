"""What a post reaches outside any purchase: the capacities of its organisation there, and the rows of the registers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongyue.kernel.capacities import territorial
from gongyue.kernel.models import Organisation, Post
from gongyue.policy import Regime


def may(names: Iterable[str], post: Post, regime: Regime) -> list[str]:
    """Of these actions, which belong to no purchase, those that the post's organisation has a capacity for."""
    held = territorial(post.organisation, post.organisation.division, regime)
    return [name for name in names if (who := regime.who(name)) is not None and held & set(who.capacities)]


def in_city(post: Post) -> Q:
    """Organisations of the reader's own city."""
    top = post.organisation.division.path.split("/")[0]
    return Q(division__path__startswith=f"{top}/")


def organisations(post: Post) -> QuerySet[Organisation]:
    """Those of the reader's city, by place."""
    return Organisation.objects.filter(in_city(post)).select_related("division").order_by("division__path", "pk")


def named(text: str) -> Q:
    """Organisations by name or 统一社会信用代码."""
    return Q(name__icontains=text) | Q(credit_code__icontains=text)


def posts(post: Post, *, registrar: bool) -> QuerySet[Post]:
    """A registrar's whole city; anybody else's own organisation."""
    rows = Post.objects.select_related("person", "organisation").order_by("state", "organisation__division__path", "pk")
    if not registrar:
        return rows.filter(organisation=post.organisation_id)
    top = post.organisation.division.path.split("/")[0]
    return rows.filter(organisation__division__path__startswith=f"{top}/")


def held_by(text: str) -> Q:
    """Posts by the person's name or username, the title or the organisation."""
    return (
        Q(person__name__icontains=text) | Q(person__username__icontains=text) | Q(title__icontains=text)
        | Q(organisation__name__icontains=text)
    )  # fmt: skip
