"""草稿: what was typed and not sent. What is sealed or personal is never kept: a draft lies open in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.models import Draft, Post, Purchase
from gongyue.kernel.queries import seated

from .session import whole
from .words import action_name, kind_name

if TYPE_CHECKING:
    from .sheet import Sheet


def keep(name: str, subject: str, post: Post, typed: QueryDict) -> None:
    """One draft a post, action and subject; typing on replaces it, an empty form removes it."""
    open_fields = {
        field for field, kind in ACTIONS[name].form.base_fields.items()
        if not getattr(kind, "sealed", False) and not getattr(kind, "personal", False)
    }  # fmt: skip
    kept = {key: typed.getlist(key) for key in typed if key.split("-")[0] in open_fields and any(typed.getlist(key))}
    data = {key.replace("\0", ""): [text.replace("\0", "") for text in texts] for key, texts in kept.items()}
    if not data:
        Draft.objects.filter(post=post, action=name, subject=subject).delete()
        return
    Draft.objects.update_or_create(post=post, action=name, subject=subject, defaults={"data": data})


def restored(sheet: Sheet, post: Post) -> dict[str, Any]:
    """First values for the form's fields, as its widgets read them."""
    found = Draft.objects.filter(post=post, action=sheet.act.name, subject=sheet.draft_subject).first()
    if found is None:
        return {}
    typed = QueryDict(mutable=True)
    for key, values in found.data.items():
        typed.setlist(key, values)
    fields = sheet.act.form(subject=sheet.subject, dossier=sheet.dossier, actor=post).fields
    none: MultiValueDict[str, Any] = MultiValueDict()
    return {
        name: field.widget.value_from_datadict(typed, none, name)
        for name, field in fields.items()
        if not field.widget.needs_multipart_form and not field.widget.value_omitted_from_data(typed, none, name)
    }


@dataclass(frozen=True)
class Kept:
    """A draft in the list: what it would do, about which purchase, and where it goes on."""

    what: str
    about: str
    url: str
    saved_at: datetime


def drafts_of(post: Post) -> QuerySet[Draft]:
    return Draft.objects.filter(post=post).order_by("-saved_at")


def listed(rows: Sequence[Draft], post: Post, on: date) -> list[Kept]:
    """Two queries at most: the drafts are read, the purchases they name are looked up together."""
    numbers = {number for row in rows if (number := _purchase(row.subject))}
    seen = seated(post, on=on).filter(pk__in=numbers) if numbers else Purchase.objects.none()
    titles = dict(seen.values_list("pk", "title"))
    return [_kept(row, titles) for row in rows if row.action in ACTIONS]


def _kept(row: Draft, titles: Mapping[int, str]) -> Kept:
    about = titles.get(_purchase(row.subject)) or kind_name(row.subject.partition(":")[0])
    return Kept(action_name(row.action), about, _url(row), row.saved_at)


def _purchase(subject: str) -> int:
    """The purchase that `kind:new:<purchase>:<seed>` names; 0: none."""
    parts = subject.split(":")
    if len(parts) != 4 or parts[1] != "new":
        return 0
    return whole(parts[2]) or 0


def _url(row: Draft) -> str:
    parts = row.subject.split(":")
    if len(parts) == 2:
        return reverse("desk:do", args=[row.action, parts[1]])
    number = _purchase(row.subject)
    wanted: dict[str, Any] = {"purchase": number} if number else {}
    wanted |= {"seed": parts[3]} if parts[3:] and parts[3] else {}
    return reverse("desk:begin", args=[row.action]) + (f"?{urlencode(wanted)}" if wanted else "")
