"""查找: one box over everything the reader may see, at most ten of a kind, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract
from gongyue.disclosure.queries import PublicNotice, notices_about
from gongyue.kernel import regimes
from gongyue.kernel.actions import kinds
from gongyue.kernel.models import Document, Organisation, Post, Purchase, PurchaseSubject, Subject
from gongyue.kernel.queries import seated, visible
from gongyue.payments.models import Claim, Payment

from . import visible as reach
from .context import opens
from .session import DeskRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 10  # of a kind
SIFTED = 50  # documents read, of which some may still be closed to the reader


class SearchForm(forms.Form):
    """The box."""

    q = forms.CharField(
        label=_("查找"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("名称、编号、姓名或文件名")}),
    )  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """One thing found, and what it belongs to."""

    title: str
    about: StrOrPromise
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind. `url`: the list of all of them, "" where there is none; `more`: not all are shown."""

    label: StrOrPromise
    icon: str
    hits: list[Hit]
    url: str
    more: bool


def search(request: DeskRequest, text: str) -> list[Group]:
    """The kinds of which anything was found, the purchases first."""
    seen = visible(request.post, on=request.today)
    found = (
        _purchases(seated(request.post, on=request.today), text), _organisations(request, text), _posts(request, text),
        _contracts(seen, text),
        _claims(seen, text), _payments(seen, text), _documents(seen, request.post, text), _notices(text),
    )  # fmt: skip
    return [group for group in found if group is not None and group.hits]


def _group(label: StrOrPromise, icon: str, rows: Iterable[Any], hit: Callable[[Any], Hit], url: str = "") -> Group:
    """`rows` give one more than are shown, where there are more."""
    read = list(rows)
    return Group(label, icon, [hit(row) for row in read[:MOST]], url, len(read) > MOST)


def _to(name: str, **query: str) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


def _page(purchase: int) -> str:
    return reverse("desk:purchase", args=[purchase])


def _purchases(seen: QuerySet[Purchase], text: str) -> Group:
    rows = seen.filter(Q(title__icontains=text) | Q(division__name__icontains=text)).select_related("division__parent")

    def hit(row: Purchase) -> Hit:
        place = f"{row.division.parent or ''} {row.division}".strip()
        return Hit(row.title, place, _page(row.pk))

    return _group(_("采购项目"), "folders", rows[: MOST + 1], hit, _to("desk:purchases", title=text))


def _organisations(request: DeskRequest, text: str) -> Group | None:
    if not opens("organisations", request.post.organisation):
        return None
    rows = reach.organisations(request.post).filter(reach.named(text))

    def hit(row: Organisation) -> Hit:
        about = f"{row.get_organisation_kind_display()} · {row.credit_code or row.division}"
        return Hit(row.name, about, _to("desk:organisations", text=row.name))

    return _group(
        _("机构"), "building-community", rows[: MOST + 1], hit, _to("desk:organisations", text=text)
    )  # fmt: skip


def _posts(request: DeskRequest, text: str) -> Group | None:
    """A registrar finds the people of the city, any other office its own."""
    if not opens("posts", request.post.organisation):
        return None
    regime = regimes.current(request.post.organisation.regime_code)
    registrar = bool(reach.may(["post.assign"], request.post, regime))
    rows = reach.posts(request.post, registrar=registrar).filter(reach.held_by(text))

    def hit(row: Post) -> Hit:
        url = _to("desk:posts", organisation=str(row.organisation_id), text=row.person.name)
        return Hit(row.person.name, f"{row.organisation} · {row.title}", url)

    return _group(_("岗位和人员"), "id-badge-2", rows[: MOST + 1], hit, _to("desk:posts", text=text))


def _among(rows: QuerySet[Any], seen: QuerySet[Purchase]) -> QuerySet[Any]:
    return rows.filter(purchase__in=seen.order_by()).select_related("purchase").order_by("-pk")[: MOST + 1]


def _contracts(seen: QuerySet[Purchase], text: str) -> Group:
    rows = Contract.objects.filter(Q(number__icontains=text) | Q(filing_number__icontains=text))
    return _group(
        _("合同"), "file-certificate", _among(rows, seen),
        lambda row: Hit(row.number, row.purchase.title, _page(row.purchase_id)),
    )  # fmt: skip


def _claims(seen: QuerySet[Purchase], text: str) -> Group:
    return _group(
        _("请款发票"), "file-text", _among(Claim.objects.filter(invoice_number__icontains=text), seen),
        lambda row: Hit(row.invoice_number, row.purchase.title, _page(row.purchase_id)),
    )  # fmt: skip


def _payments(seen: QuerySet[Purchase], text: str) -> Group:
    return _group(
        _("拨款凭证"), "cash", _among(Payment.objects.filter(voucher_number__icontains=text), seen),
        lambda row: Hit(row.voucher_number, row.purchase.title, _page(row.purchase_id)),
    )  # fmt: skip


def _documents(seen: QuerySet[Purchase], post: Post, text: str) -> Group:
    """Files by name, but none that is restricted, and none about what the reader must not know of yet."""
    rows = Document.objects.filter(purchase__in=seen.order_by(), name__icontains=text, restricted=False)
    found = list(rows.select_related("purchase").order_by("-pk")[:SIFTED])
    closed = frozenset(_closed(found, post))
    return _group(
        _("材料"), "paperclip", [row for row in found if row.subject not in closed],
        lambda row: Hit(row.name, row.purchase.title if row.purchase else "", reverse("desk:document", args=[row.pk])),
    )  # fmt: skip


def _closed(documents: Iterable[Document], post: Post) -> Iterator[str]:
    """Keys of subjects that are hidden from the reader: sealed bids, another expert's sheet. One query for each kind
    that can be hidden and has files here."""
    keys: dict[str, set[str]] = {}
    for document in documents:
        kind, _colon, key = document.subject.partition(":")
        keys.setdefault(kind, set()).add(key)
    for model in kinds():
        if model.kind in keys and issubclass(model, PurchaseSubject) and model.visible_to is not Subject.visible_to:
            wanted = keys[model.kind]
            rows: QuerySet[Any] = model._default_manager.filter(pk__in=wanted)
            rows = rows.select_related(*getattr(model, "related", ())).prefetch_related("purchase__roles")
            known = {str(row.pk) for row in rows if row.visible_to(post)}
            yield from (f"{model.kind}:{key}" for key in wanted - known)


def _notices(text: str) -> Group:
    """Public to everybody, whoever asks."""

    def hit(row: PublicNotice) -> Hit:
        return Hit(row.title, row.purchase_title, reverse("portal:notice", args=[row.entry]))

    return _group(_("公告"), "speakerphone", notices_about(text, MOST + 1), hit, reverse("portal:notices"))
