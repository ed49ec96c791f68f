"""The trail of an auditor's place: read only, filtered, exported, each entry opened with why it was allowed."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import xlsxwriter
from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongyue.clock import LOCAL
from gongyue.desk.citations import all_findings, chip, sentence
from gongyue.desk.context import opens
from gongyue.desk.paging import page
from gongyue.desk.reach import named
from gongyue.desk.session import DeskRequest, at_desk, see_other
from gongyue.desk.templatetags.gongyue import money, percent
from gongyue.desk.timeline import body_of, holder
from gongyue.desk.words import action_name, kind_name, listed
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, kinds
from gongyue.kernel.fields import DayField
from gongyue.kernel.findings import from_json
from gongyue.kernel.models import Division, Post, Purchase, Refused
from gongyue.kernel.queries import visible
from gongyue.ledger import proofs
from gongyue.ledger.models import Entry
from gongyue.oversight import queries

ROWS = 100_000  # of one workbook
CHUNK = 500
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")  # how the ledger's text writes a moment
HEADS = ["时间", "采购", "类别", "事项", "办理人", "逾期天数", "越过提醒的理由", "规则摘要", "台账摘要", "内容"]
REFUSED_HEADS = ["时间", "采购", "事项", "办理人", "被拒的理由", "依据"]
CELL = 32_000  # characters that a cell of a workbook holds


class TrailForm(forms.Form):
    """What the trail is narrowed by."""

    place = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    title = forms.CharField(label=gettext_lazy("采购名称"), required=False, max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("事项类别"), required=False)
    since = DayField(label=gettext_lazy("自"), required=False)
    until = DayField(label=gettext_lazy("至"), required=False)
    person = forms.CharField(label=gettext_lazy("办理人"), required=False, max_length=40)
    only = forms.ChoiceField(
        label=gettext_lazy("只看"), required=False,
        choices=[("", gettext_lazy("全部")), ("late", gettext_lazy("逾期办理")), ("warned", gettext_lazy("越过提醒")),
                 ("refused", gettext_lazy("被拒办理"))],
    )  # fmt: skip

    def __init__(self, data: Any, *, places: Iterable[Division]) -> None:
        super().__init__(data, label_suffix="")
        everything = ("", _("全部"))
        self.fields["place"].choices = [everything, *((d.path, d.name) for d in places)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [everything, *((k.kind, kind_name(k.kind)) for k in kinds())]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """One row of the trail."""

    entry: Entry
    what: str
    kind: str
    who: str
    purchase: str
    late: int
    warned: str

    @property
    def tone(self) -> str:
        return "cinnabar" if self.late else "ochre" if self.warned else "jade"


def _audit_only(request: DeskRequest) -> None:
    if not opens("audit", request.post.organisation):
        raise Http404


def _form(request: DeskRequest) -> TrailForm:
    place = request.post.organisation.division
    return TrailForm(request.GET, places=Division.objects.filter(path__startswith=place.path).order_by("path"))


def _bounds(asked: dict[str, Any]) -> dict[str, datetime]:
    """The days asked for, as moments of legal time, both included."""
    out = {}
    if since := asked.get("since"):
        out["at__gte"] = _moment(since, time.min)
    if until := asked.get("until"):
        out["at__lte"] = _moment(until, time.max)
    return out


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LOCAL)


def _purchases(request: DeskRequest, asked: dict[str, Any]) -> QuerySet[Purchase]:
    rows = visible(request.post, on=request.today)
    if asked.get("place"):
        rows = rows.filter(division__path__startswith=asked["place"])
    return rows.filter(title__icontains=asked["title"]) if asked.get("title") else rows


def _entries(request: DeskRequest, asked: dict[str, Any]) -> QuerySet[Entry]:
    rows = queries.trail(request.post, _purchases(request, asked)).filter(**_bounds(asked))
    if asked.get("place") or asked.get("title"):
        rows = rows.exclude(purchase=None)
    if asked.get("kind"):
        rows = rows.filter(subject__startswith=f"{asked['kind']}:")
    if asked.get("person"):
        rows = rows.filter(post_id__in=Post.objects.filter(person__name__icontains=asked["person"]).values("pk"))
    mark = {"late": queries.LATE, "warned": queries.WARNED}.get(asked.get("only", ""))
    return rows.filter(body__contains=mark) if mark else rows


def _refusals(request: DeskRequest, asked: dict[str, Any]) -> QuerySet[Refused]:
    rows = queries.refusals(_purchases(request, asked)).filter(**_bounds(asked))
    if asked.get("kind"):
        rows = rows.filter(action__startswith=f"{asked['kind']}.")
    return rows.filter(post__person__name__icontains=asked["person"]) if asked.get("person") else rows


def _lines(rows: Iterable[Entry]) -> list[Line]:
    """Two queries, however many rows."""
    found = [(row, body_of(row)) for row in rows]
    posts = Post.objects.select_related("person", "organisation").in_bulk({r.post_id for r, _b in found if r.post_id})
    titles = Purchase.objects.in_bulk({row.purchase for row, _b in found if row.purchase})
    return [
        Line(
            entry=row, what=action_name(row.action), kind=kind_name(row.subject.partition(":")[0]),
            who=holder(posts.get(row.post_id or 0)),
            purchase=titles[row.purchase].title if row.purchase in titles else "",
            late=max((late["days"] for late in body.get("late", ())), default=0),
            warned="；".join(body.get("acknowledged", {}).values()),
        )
        for row, body in found
    ]  # fmt: skip


def _refusal(row: Refused) -> tuple[Refused, str, str, list[dict[str, Any]]]:
    """A refusal with what was refused, to whom, and under which rules."""
    found = all_findings(from_json(row.findings), regimes.current(row.purchase.regime)) if row.purchase else []
    return row, action_name(row.action), holder(row.post), found


@at_desk
def trail(request: DeskRequest) -> HttpResponse:
    """The entries, or the refusals, that were asked for; none where something asked for is wrong."""
    _audit_only(request)
    form = _form(request)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        context |= {"page": page(Entry.objects.none(), request)}
    elif (asked := form.cleaned_data).get("only") == "refused":
        shown = page(_refusals(request, asked), request)
        context |= {"page": shown, "refusals": [_refusal(row) for row in shown.rows]}
    else:
        shown = page(_entries(request, asked), request)
        context |= {"page": shown, "lines": _lines(shown.rows)}
    return render(request, "desk/audit.html", context)


@at_desk
def entry(request: DeskRequest, pk: int) -> HttpResponse:
    """One entry: its input and facts, the rules in force, what they found, the regime's digest, its proof."""
    _audit_only(request)
    found = queries.trail(request.post, visible(request.post, on=request.today)).filter(pk=pk).first()
    if found is None:
        raise Http404
    body = body_of(found)
    regime = regimes.at_digest(found.regime) if found.regime else None
    on = localtime(found.at, LOCAL).date()
    asked = regime.rules(found.action, on) if regime else []
    rules = [(rule, sentence(rule, {}, regime), chip(regime, rule.cite)) for rule in asked] if regime else []
    act, reasons = ACTIONS.get(found.action), body.get("acknowledged", {})
    fields = act.form.base_fields if act else {}
    labels = {name: str(field.label or name) for name, field in fields.items()}
    warned = all_findings(from_json(body.get("findings", ())), regime) if regime else []
    context = {
        "entry": found, "line": _lines([found])[0], "rules": rules,
        "input": _pairs(_typed(body.get("input", {}), fields), labels),
        "facts": _pairs(body.get("facts", {}), act.documentation() if act else {}), "late": body.get("late", ()),
        "findings": [one | {"reason": reasons.get(one["rule"], "")} for one in warned],
        "proof": proofs.inclusion(found),
    }  # fmt: skip
    return render(request, "desk/audit_entry.html", context)


def _typed(values: Mapping[str, Any], fields: Mapping[str, forms.Field]) -> dict[str, Any]:
    """What was chosen, by what it is called: the ledger keeps a choice by its code and another row by its key."""
    return {name: _chosen(value, fields.get(name)) for name, value in values.items()}


def _chosen(value: Any, field: forms.Field | None) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(field, forms.ModelChoiceField):
        return str(named(value) or value)
    return str(dict(field.choices).get(value, value)) if isinstance(field, forms.ChoiceField) else value  # type: ignore[arg-type]


def _pairs(values: dict[str, Any], names: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Values by what people call them, as people read them; what has no name of its own by its code."""
    return [(_called(name, names), _read(name, value)) for name, value in sorted(values.items())]


def _called(name: str, names: Mapping[str, str]) -> str:
    """Without the unit of the code: a page shows money in yuan and shares in percent."""
    return (names.get(name) or name).removesuffix("（分）").removesuffix("（基点）")


def _read(name: str, value: Any) -> Any:
    """A value of the ledger's text: moments by local clocks, money and shares in their units."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int):
        return money(fen=value) if name.endswith("_fen") else percent(bp=value) if name.endswith("_bp") else value
    if isinstance(value, str):
        kind, _dot, of = name.partition(".")
        if of == "state":
            state = next((one.State for one in kinds() if one.kind == kind), None)
            return dict(state.choices).get(value, value) if state else value
        at = parse_datetime(value) if MOMENT.match(value) else None
        return localtime(at, LOCAL).strftime("%Y-%m-%d %H:%M") if at else value
    texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return listed(value) if texts else json.dumps(value, ensure_ascii=False)


@at_desk
def export(request: DeskRequest) -> FileResponse | HttpResponse:
    """The trail as asked for, as a workbook; every cell is text, so that nothing typed by anybody is a formula. Where
    something asked for is wrong, the page tells it at its field and nothing is written."""
    _audit_only(request)
    form = _form(request)
    if not form.is_valid():
        return see_other(f"{reverse('desk:audit')}?{request.GET.urlencode()}")
    asked = form.cleaned_data
    refused = asked.get("only") == "refused"
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("审计轨迹"))
    sheet.write_row(0, 0, REFUSED_HEADS if refused else HEADS)
    rows = _refused_cells(request, asked) if refused else _cells(request, asked)
    for number, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells):
            sheet.write_string(number, column, text[:CELL])
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="audit-trail.xlsx")


def _cells(request: DeskRequest, asked: dict[str, Any]) -> Iterator[list[str]]:
    """The entries asked for, a row each."""
    rows = _entries(request, asked)[:ROWS].iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for line in _lines(chunk):
            row = line.entry
            yield [_minute(row.at), line.purchase, line.kind, line.what, line.who, str(line.late or ""), line.warned,
                   row.regime, row.digest, row.body]  # fmt: skip


def _refused_cells(request: DeskRequest, asked: dict[str, Any]) -> Iterator[list[str]]:
    """The refusals asked for, a row each, with the sentences and the articles of what stood in the way."""
    for row in _refusals(request, asked)[:ROWS].iterator(chunk_size=CHUNK):
        _row, what, who, found = _refusal(row)
        yield [_minute(row.at), row.purchase.title if row.purchase else "", what, who,
               "\n".join(one["sentence"] for one in found), "\n".join(one["cite"] for one in found)]  # fmt: skip


def _minute(at: datetime) -> str:
    return localtime(at, LOCAL).strftime("%Y-%m-%d %H:%M")
