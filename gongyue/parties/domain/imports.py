"""Organisations, and people with their seats, taken in from a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.batches import accepted_rows
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Batch, Obligation, Organisation, Person, Post, Subject
from gongyue.parties.domain.organisations import join
from gongyue.parties.domain.people import person
from gongyue.parties.facts import ImportGate, OrganisationGate
from gongyue.parties.models import OrganisationImport, PostImport
from gongyue.parties.rows import OrganisationsForm
from gongyue.parties.staffrows import StaffForm


@action(
    "organisations.import", OrganisationImport, reaches=OrganisationImport.State.IMPORTED, label=_("导入机构"),
    form=OrganisationsForm, facts=OrganisationGate,
)  # fmt: skip
def take_in(
    taken: OrganisationImport, *, at: datetime, actor: Post, dossier: Dossier, batch: Batch
) -> Iterable[Subject] | None:
    """Register them all, or none: each stands at once in the purchases already open in its place."""
    taken.batch, taken.rows, taken.imported_on = batch, batch.rows, dossier.today
    taken.save()
    written = Organisation.objects.bulk_create(_organisation(row) for _number, row in accepted_rows(batch))
    registered = Organisation.objects.filter(pk__in=[row.pk for row in written]).select_related("division")
    for organisation in registered.order_by("pk"):
        join(organisation, dossier.regime, dossier.today)
    return None


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(
        state=Organisation.State.REGISTERED, name=row["name"], organisation_kind=row["organisation_kind"],
        registration=row["registration"], body=row.get("body", ""), division_id=row["division"],
        credit_code=row["credit_code"] or None, credit_code_override=row["credit_code_override"],
    )  # fmt: skip


@action(
    "posts.import", PostImport, reaches=PostImport.State.IMPORTED, label=_("导入岗位"), form=StaffForm,
    facts=ImportGate,
)  # fmt: skip
def seat(taken: PostImport, *, at: datetime, actor: Post, dossier: Dossier, batch: Batch) -> Iterable[Subject] | None:
    """Seat them all, or none. Who is new cannot log in until a password is set; what waited for somebody in an
    organisation goes to its first new post."""
    taken.batch, taken.rows, taken.imported_on = batch, batch.rows, dossier.today
    taken.save()
    people: dict[str, Person] = {}
    posts: list[Post] = []
    for _number, row in accepted_rows(batch):
        someone = people.setdefault(row["username"], person(row["username"], row["name"]))
        if row["email"] and someone.email != row["email"]:
            someone.email = row["email"]
            someone.save(update_fields=["email"])
        posts.append(Post(
            state=Post.State.HELD, person=someone, organisation_id=row["organisation"], title=row["title"],
            since=row["since"],
        ))  # fmt: skip
    written = Post.objects.bulk_create(posts)
    first = {post.organisation_id: post for post in reversed(written)}
    for organisation, post in first.items():
        Obligation.objects.filter(organisation=organisation, post=None, is_open=True).update(post=post)
    return None
