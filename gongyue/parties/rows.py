"""What a file of organisations holds, a row each, and how it is checked: against the register and against itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from gongyue.kernel.batches import accepted_rows
from gongyue.kernel.fields import BatchField, NamedChoiceField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Batch, Division, Organisation, Post
from gongyue.parties import queries
from gongyue.parties.forms import CODE_LENGTH, ORGANS

Key = tuple[str, str, str]  # division, kind, name: one organisation each


class Register:
    """What is registered already, and the places of the city: read once for a whole file."""

    def __init__(self, registrar: Post) -> None:
        rows = Organisation.objects.values_list("credit_code", "division", "organisation_kind", "name")
        found = list(rows.iterator())
        self.codes = frozenset(code for code, *_key in found if code)
        self.keys: frozenset[Key] = frozenset((place, kind, name) for _code, place, kind, name in found)
        places = list(queries.divisions(registrar).select_related("parent"))
        self.levels = {place.code: str(place.level) for place in places}
        self.places = _named(places)

    def has(self, row: Mapping[str, Any]) -> bool:
        return row["credit_code"] in self.codes or _key(row) in self.keys


def _named(places: list[Division]) -> dict[str, list[str]]:
    """Codes by what people call a place: its code, its name, its name after its parent's."""
    out: dict[str, list[str]] = {}
    for place in places:
        for name in {place.code, place.name, f"{place.parent or ''}{place.name}"}:
            out.setdefault(_folded(name), []).append(place.code)
    return out


def _folded(text: str) -> str:
    return "".join(text.split())


def _key(row: Mapping[str, Any]) -> Key:
    return row["division"], row["organisation_kind"], row["name"]


class OrganisationRow(forms.Form):
    """An organisation, as its certificate says. `about_post` first: one form checks all rows of a file, in order."""

    name = forms.CharField(label=_("名称"), max_length=120)
    organisation_kind = NamedChoiceField(label=_("类别"), choices=Organisation.Kind.choices)
    registration = NamedChoiceField(
        label=_("登记类型"), choices=Organisation.Registration.choices, required=False
    )  # fmt: skip
    body = NamedChoiceField(label=_("主体性质"), choices=Organisation.Body.choices, required=False)
    division = forms.CharField(
        label=_("所在区划"), max_length=60, help_text=_("区或街道的名称，如“越秀区”“越秀区广卫街”，或区划代码")
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, help_text=_("机关可不填，其他机构必填")
    )
    credit_code_override = forms.CharField(label=_("代码未通过校验仍登记的理由"), max_length=200, required=False)

    register: Register

    def about_post(self, post: Post) -> None:
        self.register, self.rows = Register(post), 0
        self.seen: dict[Any, int] = {}  # codes and keys, with the row that brought them

    def clean_division(self) -> str:
        found = self.register.places.get(_folded(self.cleaned_data["division"]), [])
        if len(found) > 1:
            raise forms.ValidationError(_("有几个同名的区划，请写明所在区，或填区划代码"), code="several")
        if not found:
            raise forms.ValidationError(_("本市没有这个区划"), code="unknown")
        return found[0]

    def clean_credit_code(self) -> str:
        """Without separators, in capitals; one organisation a code."""
        code = uscc.compact(self.cleaned_data["credit_code"])
        if len(code) > CODE_LENGTH:
            raise forms.ValidationError(_("统一社会信用代码为 18 位"), code="length")
        if code in self.register.codes:
            raise forms.ValidationError(_("该统一社会信用代码已登记"), code="duplicate")
        return str(code)

    def clean(self) -> dict[str, Any]:
        self.rows += 1
        given = self.cleaned_data
        kind, registration, code = given.get("organisation_kind"), given.get("registration"), given.get("credit_code")
        if kind in ORGANS and registration:
            self.add_error("registration", forms.ValidationError(_("机关不填登记类型"), code="organ"))
        if kind == Organisation.Kind.SOCIAL_ORGANISATION and not registration:
            self.add_error("registration", forms.ValidationError(_("请选择社会组织的登记类型"), code="required"))
        if code == "" and kind not in ORGANS and registration:
            self.add_error("credit_code", forms.ValidationError(_("请填写统一社会信用代码"), code="required"))
        self._check(code or "")
        if {"division", "organisation_kind", "name"} <= set(given):
            self._place(given)
        if code:
            self._once(code, "credit_code")
        return given

    def _check(self, code: str) -> None:
        """A wrong code needs a reason; a right one needs none, and keeps none."""
        if not code or uscc.is_valid(code):
            self.cleaned_data["credit_code_override"] = ""
        elif not self.cleaned_data.get("credit_code_override"):
            wrong = _("代码的长度、字符或校验位不对；确需如此登记的，请填写理由")
            self.add_error("credit_code", forms.ValidationError(wrong, code="check"))

    def _place(self, given: Mapping[str, Any]) -> None:
        key = _key(given)
        street = self.register.levels[given["division"]] == Division.Level.STREET
        if given["organisation_kind"] == Organisation.Kind.STREET_OFFICE and not street:
            self.add_error("division", forms.ValidationError(_("街道办事处请选择其街道"), code="level"))
        if key in self.register.keys:
            self.add_error("name", forms.ValidationError(_("该区划已登记同类同名机构"), code="duplicate"))
        self._once(key, "name")

    def _once(self, value: Any, field: str) -> None:
        before = self.seen.setdefault(value, self.rows)
        if before != self.rows:
            twice = forms.ValidationError(_("与第 %(row)s 行重复"), code="twice", params={"row": before})
            self.add_error(field, twice)


class OrganisationsForm(ActionForm):
    """The organisations of a file, checked once more against the register as it is by now."""

    batch = BatchField(kind="organisations.import", row=OrganisationRow, label=_("机构名单"))

    def clean_batch(self) -> Batch:
        batch: Batch = self.cleaned_data["batch"]
        if self.actor is not None:
            register = Register(self.actor)
            known = [number for number, row in accepted_rows(batch) if register.has(row)]
            if known:
                raise forms.ValidationError(
                    _("第 %(row)s 行的机构已另行登记，请更正后重新上传"), code="known", params={"row": known[0]}
                )
        return batch
