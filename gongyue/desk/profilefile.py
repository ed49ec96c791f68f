"""机构档案 as its pages show it: from the register, or from what a bid froze."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import repeat
from typing import Any

from django.utils.translation import gettext as _

from gongyue.kernel.models import Organisation
from gongyue.parties.profile import ProfileItem, ProviderProfile

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Line:
    """One item. `until`: "expired", "soon" or ""; `pk` None: it stands in a snapshot."""

    title: str
    person: str
    number: str
    issuer: str
    begins_on: str
    ends_on: str
    amount_fen: int | None
    text: str
    papers: list[Mapping[str, Any]]
    until: str
    pk: int | None = None


@dataclass(frozen=True)
class Part:
    """The items of one category; `action` enters one more."""

    label: str
    action: str
    lines: list[Line]


ENTER = {
    ProfileItem.Category.QUALIFICATION: "qualification.list", ProfileItem.Category.STAFF: "staffmember.list",
    ProfileItem.Category.PROJECT: "pastproject.list", ProfileItem.Category.PENALTY: "penalty.list",
}  # fmt: skip


def parts(taken: Mapping[str, Any], today: date, keys: list[int] | None = None) -> list[Part]:
    """The four categories of a snapshot, `keys` the items' numbers in its order where they can be acted on."""
    rows = list(zip(taken.get("items", ()), keys or repeat(None, len(taken.get("items", ()))), strict=True))
    return [
        Part(str(category.label), action, [_line(row, today, pk) for row, pk in rows if row["category"] == category])
        for category, action in ENTER.items()
    ]


def _line(row: Mapping[str, Any], today: date, pk: int | None) -> Line:
    dated = row["category"] in (ProfileItem.Category.QUALIFICATION, ProfileItem.Category.STAFF)
    until = expiry(row["ends_on"], today) if dated else ""
    told = {name: row[name] for name in ("title", "person", "number", "issuer", "begins_on", "ends_on", "text")}
    return Line(**told, amount_fen=row["amount_fen"], papers=row["papers"], until=until, pk=pk)


def expiry(day: str, today: date) -> str:
    """Whether something valid until a day has expired, or will within sixty days."""
    if not day:
        return ""
    left = date.fromisoformat(day) - today
    return "expired" if left.days < 0 else "soon" if left <= SOON else ""


def basics(taken: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and values of what stands at the head of a profile; empty where none was kept."""
    organisation, kept = taken.get("organisation", {}), taken.get("profile")
    if kept is None:
        return []
    model = ProviderProfile._meta
    registration = dict(Organisation.Registration.choices).get(organisation.get("registration", ""), "")
    shown = [
        (_("名称"), organisation["name"]), (_("登记类型"), str(registration)),
        (_("统一社会信用代码"), organisation["credit_code"]),
    ]  # fmt: skip
    names = (
        "established_on", "registration_number", "registration_authority", "registration_until", "representative",
        "introduction", "accounts",
    )  # fmt: skip
    shown += [(str(getattr(model.get_field(name), "verbose_name", name)), kept[name]) for name in names]
    return [(name, value) for name, value in shown if value]
