"""What a file of posts holds, a row each, and how it is checked: against who is known already and against itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.batches import accepted_rows
from gongyue.kernel.fields import BatchField, DayField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Batch, Person, Post
from gongyue.parties import queries
from gongyue.parties.forms import PersonalEmailField, PersonalField

Seat = tuple[str, int, str]  # username, organisation, title: held once


class Known:
    """The organisations of the city by what people call them, who is known, and who sits where: read once a file."""

    def __init__(self, registrar: Post) -> None:
        self.organisations: dict[str, list[int]] = {}
        for one in queries.organisations(registrar):
            for name in {one.name, one.credit_code or one.name, f"{one.division}{one.name}"}:
                self.organisations.setdefault(_folded(name), []).append(one.pk)
        self.names = dict(Person.objects.values_list("username", "name"))
        held = Post.objects.filter(state=Post.State.HELD, organisation__in=queries.organisations(registrar).order_by())
        self.seats: frozenset[Seat] = frozenset(held.values_list("person__username", "organisation", "title"))

    def objection(self, row: Mapping[str, Any]) -> tuple[str, Any] | None:
        """What stands against a row: its field, and why."""
        name = self.names.get(row["username"])
        if name is not None and name != row["name"]:
            return "username", forms.ValidationError(_("该用户名已属于另一姓名的人员"), code="other")
        if _seat(row) in self.seats:
            return "title", forms.ValidationError(_("此人已在该机构任同一岗位"), code="duplicate")
        return None


def _folded(text: str) -> str:
    return "".join(text.split())


def _seat(row: Mapping[str, Any]) -> Seat:
    return row["username"], int(row["organisation"]), row["title"]


class StaffRow(forms.Form):
    """A person's seat. `about_post` first: one form checks all rows of a file, in order."""

    organisation = forms.CharField(
        label=_("机构"), max_length=140, help_text=_("本市已登记机构的名称或统一社会信用代码；同名的在前面写明区划")
    )
    username = PersonalField(
        label=_("用户名"), max_length=60, validators=[UnicodeUsernameValidator()],
        help_text=_("登录用，全系统唯一；已有的人员填原用户名"),
    )  # fmt: skip
    name = PersonalField(label=_("姓名"), max_length=60)
    title = forms.CharField(label=_("岗位名称"), max_length=60)
    since = DayField(label=_("任职日期"), help_text=_("写作 2010-11-01"))
    email = PersonalEmailField(label=_("提醒邮箱"), max_length=254, required=False, help_text=_("可不填"))

    known: Known

    def about_post(self, post: Post) -> None:
        self.known, self.rows = Known(post), 0
        self.said: dict[str, tuple[str, int]] = {}  # the name given to a username, and in which row
        self.taken: dict[Seat, int] = {}

    def clean_organisation(self) -> int:
        found = self.known.organisations.get(_folded(self.cleaned_data["organisation"]), [])
        if len(found) > 1:
            raise forms.ValidationError(_("有几个同名的机构，请写明区划，或填统一社会信用代码"), code="several")
        if not found:
            raise forms.ValidationError(_("本市没有登记这个机构"), code="unknown")
        return found[0]

    def clean(self) -> dict[str, Any]:
        self.rows += 1
        given = self.cleaned_data
        if not {"organisation", "username", "name", "title"} <= set(given):
            return given
        if objection := self.known.objection(given):
            self.add_error(*objection)
            return given
        name, row = self.said.setdefault(given["username"], (given["name"], self.rows))
        if name != given["name"]:
            other = _("第 %(row)s 行的同一用户名是另一姓名")
            self.add_error("username", forms.ValidationError(other, code="other", params={"row": row}))
        elif (before := self.taken.setdefault(_seat(given), self.rows)) != self.rows:
            twice = forms.ValidationError(_("与第 %(row)s 行重复"), code="twice", params={"row": before})
            self.add_error("title", twice)
        return given


class StaffForm(ActionForm):
    """The posts of a file, checked once more against who is known by now."""

    batch = BatchField(kind="posts.import", row=StaffRow, label=_("岗位名单"))

    def clean_batch(self) -> Batch:
        batch: Batch = self.cleaned_data["batch"]
        if self.actor is not None:
            known = Known(self.actor)
            for number, row in accepted_rows(batch):
                if objection := known.objection(row):
                    params = {"row": number, "reason": objection[1].messages[0]}
                    raise forms.ValidationError(_("第 %(row)s 行：%(reason)s"), code="known", params=params)
        return batch
