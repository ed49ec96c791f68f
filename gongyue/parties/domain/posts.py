"""Posts: who sits where, from when, and who carries on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation, Post, Subject
from gongyue.parties.domain.people import person
from gongyue.parties.facts import PostGate
from gongyue.parties.forms import AssignForm, HandOverForm, MailForm
from gongyue.parties.queries import clocks


@action("post.assign", Post, reaches=Post.State.HELD, label=_("任命岗位"), form=AssignForm, facts=PostGate)
def assign(
    post: Post, *, at: datetime, actor: Post, dossier: Dossier, organisation: Organisation, username: str, name: str,
    title: str, since: date,
) -> Iterable[Subject] | None:  # fmt: skip
    """Give a person a seat, from a day on. Obligations of the organisation that had nobody get an owner."""
    post.organisation, post.person = organisation, person(username, name)
    post.title, post.since = title, since
    post.save()
    Obligation.objects.filter(organisation=organisation, post=None, is_open=True).update(post=post)
    return None


@action(
    "post.hand_over", Post, reaches=Post.State.LEFT, label=_("岗位交接"), form=HandOverForm, facts=PostGate,
    sources=[Post.State.HELD],
)  # fmt: skip
def hand_over(
    post: Post, *, at: datetime, actor: Post, dossier: Dossier, until: date, successor: Post | None
) -> Iterable[Subject] | None:
    """Leave, and pass the open obligations on. What binds the person by appointment stays with the person."""
    post.until = until
    if successor is not None:
        clocks(post).update(post=successor)
    return None


@action(
    "post.mail", Post, reaches=None, label=_("设置提醒邮箱"), form=MailForm, facts=PostGate, sources=[Post.State.HELD],
)  # fmt: skip
def set_mail(post: Post, *, at: datetime, actor: Post, dossier: Dossier, email: str) -> Iterable[Subject] | None:
    """Where this post's person gets the daily digest, whatever post it is about; "" ends it."""
    post.person.email = email
    post.person.save(update_fields=["email"])
    return None
