"""Which capacities a post's organisation holds outside any purchase: what the registers offer to whom."""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.kernel.capacities import territorial
from gongyue.kernel.models import Post
from gongyue.policy import Regime


def may(names: Iterable[str], post: Post, regime: Regime) -> list[str]:
    """Of these actions, which belong to no purchase, those that the post's organisation has a capacity for."""
    held = territorial(post.organisation, post.organisation.division, regime)
    return [name for name in names if (who := regime.who(name)) is not None and held & set(who.capacities)]
