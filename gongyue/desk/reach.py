"""What a post reaches of a subject by its key alone: files and proofs name their subject and say no more of it."""

from __future__ import annotations

from gongyue.kernel.actions import kinds
from gongyue.kernel.models import Post, Subject

from .context import opens

REGISTERS = {
    "organisation": "organisations", "organisationimport": "organisations", "post": "posts", "postimport": "posts",
    "fund": "funds", "catalogue": "catalogues", "servicestandard": "standards", "departmentbudget": "departments",
    "investment": "investments",
    "recommendation": "recommendations", "framework": "frameworks", "profile": "profile", "profileitem": "profile",
} | dict.fromkeys(
    ("programme", "norm", "opinion", "task", "stagereport", "streetcount", "candidate"), "programme"
)  # fmt: skip


def named(key: str) -> Subject | None:
    """The subject of this key, with what its name and its owner need. One query; none for a kind there is not."""
    kind, _colon, number = key.partition(":")
    model = next((one for one in kinds() if one.kind == kind), None)
    if model is None or not number.isdigit():
        return None
    return model._default_manager.select_related(*getattr(model, "related", ())).filter(pk=number).first()


def within(subject: Subject | None, post: Post) -> bool:
    """Of a purchase the post may see: whether it may know of this very subject."""
    return subject is not None and subject.visible_to(post)


def beside(subject: Subject | None, post: Post) -> bool:
    """Of what lies beside any purchase: whoever opens its list in its own city, as far as it is not kept from them."""
    register = REGISTERS.get(subject.kind) if subject is not None else None
    if subject is None or register is None or not opens(register, post.organisation):
        return False
    return subject.regime_code == post.organisation.regime_code and subject.visible_to(post)
