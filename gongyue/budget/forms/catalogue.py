"""What drafting, approving and publishing the catalogue take."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.batches import accepted_rows
from gongyue.kernel.fields import BatchField, DayField, DocumentField, NamedChoiceField, RowsField
from gongyue.kernel.findings import language
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Batch

from ..catalogues import class_of, classes
from ..models import Catalogue, CatalogueEntry

YES = [("", _("否")), ("yes", _("是"))]


class CatalogueRow(forms.Form):
    """A service that may be bought."""

    code = forms.CharField(label=_("编码"), max_length=20)
    service_class = forms.CharField(label=_("类别"), max_length=60)
    name = forms.CharField(label=_("名称"), max_length=120)
    sort = NamedChoiceField(label=_("需求性质"), choices=CatalogueEntry.Sort.choices)
    department = forms.CharField(label=_("部门"), max_length=120, required=False)
    transfer = forms.CharField(label=_("职能转移事项"), max_length=120, required=False)
    central = NamedChoiceField(label=_("列入集中采购目录"), choices=YES, required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


def listed(entries: list[dict[str, Any]], batch: Batch | None) -> list[dict[str, Any]]:
    """The rows that were typed, then those of the file."""
    return [*entries, *((row for _number, row in accepted_rows(batch)) if batch is not None else ())]


class DraftCatalogueForm(ActionForm):
    """catalogue.draft: an edition, its services typed here or taken from a file."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("名称"), max_length=120)
    drafted_with = forms.CharField(label=_("会同的部门"), max_length=200)
    transfer_list = forms.CharField(
        label=_("职能转移目录的文号"), max_length=120, required=False,
        help_text=_("机构编制部门所订目录的文号；列有因职能转移而购买的事项时必填"),
    )  # fmt: skip
    entries = RowsField(CatalogueRow, label=_("目录条目"), least=0, most=300)
    batch = BatchField(kind="catalogue.draft", row=CatalogueRow, label=_("从文件取条目"), required=False)

    def prepare(self) -> None:
        known = self.subject
        if self.dossier is None or not isinstance(known, Catalogue):
            return
        called = [one["name"][language()] for one in classes(self.dossier.regime).values()]
        self.fields["entries"].help_text = _("类别填编号或名称：%(known)s") % {"known": "；".join(called)}
        self.initial.setdefault("year", self.dossier.at.astimezone(LOCAL).year)
        former = known if known.pk else Catalogue.objects.filter(finance=known.finance).order_by("-edition").first()
        if former is not None:
            for name in ("title", "drafted_with", "transfer_list"):
                self.initial[name] = getattr(former, name)
            self.initial["entries"] = [_row(one) for one in former.entries.order_by("pk")]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.errors or self.dossier is None:
            return given
        rows = listed(given["entries"], given["batch"])
        faults: list[Any] = [] if rows else [_("目录至少有一个条目")]
        faults += [
            _("编码 %(code)s 有几行") % {"code": c} for c, n in Counter(r["code"] for r in rows).items() if n > 1
        ]
        for row in rows:
            faults += self._faults(row, given["transfer_list"])
        for fault in faults:
            self.add_error("entries", ValidationError(fault, code="row"))
        return given

    def _faults(self, row: dict[str, Any], transfer_list: str) -> list[Any]:
        """What is wrong with one entry."""
        assert self.dossier is not None
        words, found = {"code": row["code"]}, class_of(row["service_class"], self.dossier.regime)
        out = []
        if found is None:
            out.append(_("%(code)s 的类别不在规定的类别之中") % words)
        elif classes(self.dossier.regime)[found].get("transfer") and not (row["transfer"] and transfer_list):
            out.append(_("%(code)s 因职能转移而购买，须填写职能转移事项和职能转移目录的文号") % words)
        if row["sort"] == CatalogueEntry.Sort.SPECIAL and not row["department"]:
            out.append(_("%(code)s 是部门特有需求，须填写部门") % words)
        return out


def _row(entry: CatalogueEntry) -> dict[str, str]:
    return {
        "code": entry.code, "service_class": entry.service_class, "name": entry.name, "sort": entry.sort,
        "department": entry.department, "transfer": entry.transfer, "central": "yes" if entry.central else "",
        "note": entry.note,
    }  # fmt: skip


class ApproveCatalogueForm(ActionForm):
    """catalogue.approve: the government's paper."""

    number = forms.CharField(label=_("批准文号"), max_length=60)
    approved_on = DayField(label=_("批准日期"))
    paper = DocumentField(label=_("批准文件"), required=False)

    def clean_approved_on(self) -> Any:
        on = self.cleaned_data["approved_on"]
        if self.dossier is not None and on > self.dossier.today:
            raise ValidationError(_("批准日期不能晚于今天"), code="future")
        return on


class PublishCatalogueForm(ActionForm):
    """catalogue.publish: where everybody can read it."""

    address = forms.URLField(label=_("公布网址"), max_length=300, assume_scheme="https")
