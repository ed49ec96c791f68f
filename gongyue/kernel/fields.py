"""Form fields of the field's own kinds: a day, an amount, a choice by its name, rows, a file, a batch."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from . import batches
from .models import Batch, Organisation, Post, Subject

if TYPE_CHECKING:
    BatchChoice = forms.ModelChoiceField[Batch]
    OrganisationChoice = forms.ModelChoiceField[Organisation]
else:
    BatchChoice = OrganisationChoice = forms.ModelChoiceField
D = TypeVar("D", bound=date)


YEARS = range(1900, 2200)  # beyond, periods counted from a date would leave the calendar of the language itself


class DayField(forms.DateField):
    """A day, as the browser's date input needs it: ISO both ways, whatever the language. `past`: of something that has
    happened, so not later than the day of the act (`ActionForm` asks)."""

    def __init__(self, *, past: bool = False, **options: Any) -> None:
        self.past = past
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> date | None:
        return _of_our_age(super().to_python(_typed(value, self)), self)


class MomentField(forms.DateTimeField):
    """A minute of legal time, entered as local time."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        return _of_our_age(super().to_python(_typed(value, self)), self)


def _typed(value: Any, field: forms.Field) -> Any:
    """A number or a file in the place of a date is none."""
    if value in field.empty_values or isinstance(value, str | date):
        return value
    raise ValidationError(field.error_messages["invalid"], code="invalid")


def _of_our_age(day: D | None, field: forms.Field) -> D | None:
    if day is not None and day.year not in YEARS:
        raise ValidationError(field.error_messages["invalid"], code="invalid")
    return day


class MoneyField(forms.IntegerField):
    """An amount typed in yuan with at most two decimals, kept as integer fen; never negative.

    A Python int (from a program) is already fen.
    """

    FEN_MAX = 10**15  # ten trillion yuan: beyond any budget, well inside 64 bits

    def __init__(self, *, zero: bool = False, **options: Any) -> None:
        self.zero = zero
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "data-unit": "yuan"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        fen = value if isinstance(value, int) and not isinstance(value, bool) else self._fen(str(value))
        if fen < 0:
            raise ValidationError(_("金额不能为负数"), code="negative")
        if fen == 0 and not self.zero:
            raise ValidationError(_("金额须大于零"), code="zero")
        if fen > self.FEN_MAX:
            raise ValidationError(_("金额过大"), code="large")
        return fen

    @staticmethod
    def _fen(text: str) -> int:
        text = re.sub(r"[,，\s]|元$", "", text)
        if not re.fullmatch(r"-?\d{1,16}(\.\d*)?", text, re.ASCII):
            raise ValidationError(_("请填写金额（元），例如 500000 或 500000.00"), code="invalid")
        try:
            fen = Decimal(text) * 100
        except InvalidOperation:
            raise ValidationError(_("请填写金额（元），例如 500000 或 500000.00"), code="invalid") from None
        if fen != fen.to_integral_value():
            raise ValidationError(_("金额最多精确到分（两位小数）"), code="precision")
        return int(fen)

    def prepare_value(self, value: Any) -> Any:
        """Fen, shown as yuan."""
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value // 100}.{value % 100:02d}"
        return value


class PercentField(forms.IntegerField):
    """A percentage typed with at most two decimals, kept as integer basis points, from 0 up to `most` basis points.

    A Python int (from a program) is already basis points.
    """

    def __init__(self, *, most: int = 10_000, **options: Any) -> None:
        self.most = most
        widget = forms.TextInput(attrs={"inputmode": "decimal", "data-unit": "percent"})
        super().__init__(**{"widget": widget} | options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        points = value if isinstance(value, int) and not isinstance(value, bool) else self._points(str(value))
        if not 0 <= points <= self.most:
            raise ValidationError(_("须在 0 与 %(most)s%% 之间"), code="range", params={"most": self.most // 100})
        return points

    @staticmethod
    def _points(text: str) -> int:
        text = re.sub(r"[%％]\s*$|\s", "", text)
        if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text, re.ASCII):
            raise ValidationError(_("请填写百分比，最多两位小数，例如 87.5"), code="invalid")
        return int(Decimal(text) * 100)

    def prepare_value(self, value: Any) -> Any:
        """Basis points, shown as a percentage."""
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value // 100}.{value % 100:02d}"
        return value


class OrganisationField(OrganisationChoice):
    """One of the organisations that `prepare` offers; the ledger keeps its key."""

    opaque = True  # rules compare facts, never organisations

    def label_from_instance(self, obj: Organisation) -> str:
        return f"{obj.name}（{obj.division.name}）"


class JudgementField(forms.ChoiceField):
    """One of several judgements: none is chosen beforehand, so that nobody agrees by passing over it."""

    def __init__(self, *, choices: Iterable[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(choices=[("", _("请选择")), *choices], **options)


class NamedChoiceField(forms.ChoiceField):
    """One of several, for the rows of a file: by its value, or by its Chinese name as people write it."""

    _values: dict[str, str] | None = None

    def to_python(self, value: Any) -> str:
        if self._values is None:
            pairs: Any = self.choices
            with override("zh-hans"):
                self._values = {_folded(label): str(code) for code, label in pairs}
        given = str(super().to_python(value)).strip()
        return self._values.get(_folded(given), given)


def _folded(text: Any) -> str:
    """Without spaces, full-width signs as plain ones."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


class RowsWidget(forms.Widget):
    """A small table of inputs. Posts as `name-0-field`; a program sends a list of mappings (or its JSON)."""

    template_name = "forms/rows.html"

    def __init__(self, row: type[forms.Form], *, fixed: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.row, self.fixed = row, fixed

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        if name in data:
            return data[name]
        numbers = sorted({int(m[1]) for key in data if (m := re.match(rf"{re.escape(name)}-(\d{{1,5}})-", key))})
        rows = [{f: data.get(f"{name}-{n}-{f}", "") for f in self.row.base_fields} for n in numbers]
        return [row for row in rows if any(str(v).strip() for v in row.values())]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows = value if isinstance(value, list) else []
        wrong = "aria-invalid" in (attrs or {})
        bound = [self._typed(dict(row), f"{name}-{n}", wrong=wrong) for n, row in enumerate(rows)]
        if not bound and not self.fixed:
            bound = [self.row(prefix=f"{name}-0")]
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"rows": bound, "empty": self.row(prefix=f"{name}-__n__"), "fixed": self.fixed}
        return context

    def _typed(self, row: dict[str, Any], prefix: str, *, wrong: bool) -> forms.Form:
        """A row as it was typed; of a table that was refused with the cells marked that have to be put right."""
        form = self.row(initial=row, prefix=prefix)
        for name in self.row(row).errors if wrong else ():
            if name in form.fields:
                form.fields[name].widget.attrs["aria-invalid"] = "true"
        return form


class RowsField(forms.Field):
    """Rows of a small form. Cleans to a list of cleaned mappings; errors name the row and the column."""

    opaque = True  # rules ask facts about rows, never the rows

    def __init__(
        self, row: type[forms.Form], *, least: int = 1, most: int = 500, fixed: bool = False, **options: Any
    ) -> None:
        self.row, self.least, self.most = row, least, most
        options.setdefault("widget", RowsWidget(row, fixed=fixed))
        options.setdefault("required", least > 0)
        super().__init__(**options)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if isinstance(value, str):
            try:
                value = from_json(value or "[]")
            except ValueError:
                raise ValidationError(_("表格内容无法读取"), code="invalid") from None
        rows = value or []
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise ValidationError(_("表格内容无法读取"), code="invalid")
        if len(rows) < self.least:
            raise ValidationError(_("至少填写 %(n)s 行"), code="few", params={"n": self.least})
        if len(rows) > self.most:
            raise ValidationError(_("最多 %(n)s 行"), code="many", params={"n": self.most})
        out, errors = [], []
        for number, row in enumerate(rows, 1):
            form = self.row(dict(row))
            if form.is_valid():
                out.append(form.cleaned_data)
            for name, found in form.errors.items():
                label = form.fields[name].label or name if name in form.fields else ""
                errors += [
                    ValidationError(_("第 %(row)s 行 %(column)s：%(reason)s"), code="row",
                                    params={"row": number, "column": label, "reason": reason})
                    for reason in found
                ]  # fmt: skip
        if errors:
            raise ValidationError(errors)
        return out


def from_json(text: str) -> Any:
    """What a program wrote. Raises ValueError, also for what is nested without end or could not be written down."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What a file of this ending begins with, or (PDF) has among its first signs; other endings say nothing about content.
SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",), "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",),
    "docx": (ZIP,), "xlsx": (ZIP,), "pptx": (ZIP,), "zip": (ZIP, b"PK\x05\x06"), "doc": (OLE, b"{\\rtf"),
    "xls": (OLE,), "ppt": (OLE,),
}  # fmt: skip
HEAD = 1024  # bytes


class DocumentField(forms.FileField):
    """A file kept with the action; the ledger holds its SHA-256. At most `megabytes`, and what its ending says."""

    opaque = True
    misfit = _("文件内容与扩展名不符，可能已损坏或改过名")

    def __init__(self, *, megabytes: int = 20, restricted: bool = False, **options: Any) -> None:
        self.megabytes, self.restricted = megabytes, restricted
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if cleaned and cleaned.size > self.megabytes * 1024 * 1024:
            raise ValidationError(_("文件超过 %(n)s MB"), code="large", params={"n": self.megabytes})
        if cleaned and not self.fits(cleaned):
            raise ValidationError(self.misfit, code="content")
        return cleaned

    def fits(self, file: File[Any]) -> bool:
        """Whether its content is what its ending says."""
        ending = str(file.name).rpartition(".")[2].lower()
        wanted = SIGNATURES.get(ending)
        if wanted is None:
            return True
        file.seek(0)
        head = file.read(HEAD)
        file.seek(0)
        return any(sign in head for sign in wanted) if ending == "pdf" else head.startswith(wanted)


class ScanField(DocumentField):
    """A scanned paper: PDF or JPEG, by what is in it and not by its name."""

    KINDS = ((b"%PDF-", b"%%EOF"), (b"\xff\xd8\xff", b"\xff\xd9"))  # how each begins, and how it ends
    TAIL = 1024  # bytes: PDF writers leave something behind its mark
    misfit = _("文件的内容不是完整的 PDF 或 JPEG")

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg"}))
        options.setdefault("help_text", _("PDF 或 JPEG"))
        super().__init__(**options)

    def fits(self, file: File[Any]) -> bool:
        """Whether it begins and ends as one of the two does, whatever it is called."""
        file.seek(0)
        head = file.read(8)
        file.seek(max(0, file.size - self.TAIL))
        tail = file.read()
        file.seek(0)
        return any(head.startswith(begins) and ends in tail for begins, ends in self.KINDS)


class BatchWidget(forms.Select):
    """The staged batches, with the way to the page where one is uploaded."""

    template_name = "forms/batch.html"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind, self.purchase = kind, 0

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kind": self.kind, "purchase": self.purchase}
        return context


class BatchField(BatchChoice):
    """Rows staged beforehand: a batch of this `kind` and of the actor's organisation, whose rows `row` declares.

    Refuses one with faults, and one whose very rows were accepted before. The ledger holds its count and its root.
    """

    opaque = True  # rules ask facts about what was accepted, never the rows

    def __init__(self, *, kind: str, row: type[forms.Form], **options: Any) -> None:
        self.kind, self.row = kind, row
        super().__init__(Batch.objects.none(), widget=BatchWidget(kind), **options)

    def narrow(self, subject: Subject, actor: Post | None) -> None:
        """Offer what may be taken for this subject's purchase."""
        purchase = subject.parent_purchase
        if actor is not None:
            self.queryset = batches.choices(kind=self.kind, purchase=purchase, organisation=actor.organisation)
        if isinstance(self.widget, BatchWidget) and purchase is not None:
            self.widget.purchase = purchase.pk

    def label_from_instance(self, obj: Batch) -> str:
        told = {"source": obj.source, "n": obj.rows, "at": localtime(obj.staged_at).strftime("%Y-%m-%d %H:%M")}
        return str(_("%(source)s（%(n)s 行，%(at)s 上传）") % told)

    def clean(self, value: Any) -> Batch | None:
        batch: Batch | None = super().clean(value)
        if batch is None:
            return None
        if batch.faults:
            raise ValidationError(
                _("这批数据有 %(n)s 行有误，请更正后重新上传"), code="faults", params={"n": batch.faults}
            )
        if batches.accepted_before(batch):
            raise ValidationError(_("内容完全相同的一批数据已经接收过"), code="repeated")
        return batch
