"""The frame around every workbench page, worked out only when a page shows it."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Organisation, Post

from .paging import bounded
from .session import DeskRequest
from .shell import Item, Seat, Shell
from .todo import inbox

GOVERNMENT = frozenset({
    Organisation.Kind.STREET_OFFICE, Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE,
    Organisation.Kind.AUDIT, Organisation.Kind.LEGAL, Organisation.Kind.DEPARTMENT, Organisation.Kind.GOVERNMENT,
    Organisation.Kind.INSPECTION, Organisation.Kind.DEVELOPMENT,
    Organisation.Kind.CENTRAL_AGENCY, Organisation.Kind.CONGRESS, Organisation.Kind.CONSULTATIVE,
})  # fmt: skip
APPOINTED = frozenset({
    Organisation.Kind.EXPERT_BODY, Organisation.Kind.EVALUATOR, Organisation.Kind.AGENT,
})  # no capacity but by appointment  # fmt: skip
BADGE = 99  # every page pays for it
MONEY = frozenset({Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.AUDIT})
PAID = MONEY | {Organisation.Kind.SOCIAL_ORGANISATION, Organisation.Kind.STREET_OFFICE}
ENTRIES = (
    ("workbench", _("工作台"), "inbox"), ("purchases", _("采购项目"), "folders"),
    ("standards", _("需求标准"), "clipboard-check"),
    ("record-new", _("记一条服务"), "pencil"),
    ("dashboard", _("概览"), "layout-dashboard"), ("warnings", _("预警"), "alert-triangle"),
    ("calls", _("采购公告"), "gavel"), ("profile", _("机构档案"), "file-certificate"),
    ("investments", _("政府投资计划"), "building-community"),
    ("funds", _("资金"), "coins"), ("instalments", _("拨付日历"), "calendar-event"),
    ("organisations", _("机构"), "building-community"),
    ("posts", _("岗位"), "id-badge-2"), ("programme", _("试点"), "flag"),
    ("frameworks", _("评估体系"), "clipboard-list"),
    ("feedbacks", _("公众意见"), "message-circle"),
    ("audit", _("审计轨迹"), "timeline"), ("recommendations", _("审计建议"), "flag"),
)  # fmt: skip


def desk(request: HttpRequest) -> dict[str, Any]:
    """`shell` for `base.html`."""
    return {"shell": SimpleLazyObject(lambda: shell(cast(DeskRequest, request)))}


def shell(request: DeskRequest) -> Shell:
    """Who acts, where they may go, what waits for them. One query: the inbox, as far as a badge counts."""
    post = getattr(request, "post", None)
    if post is None:
        person = str(request.user) if request.user.is_authenticated else ""
        return Shell(person=person, logout_url=reverse("desk:logout"))
    waiting = bounded(inbox(post), BADGE)
    return Shell(
        items=tuple(entries(request, post, waiting)),
        seats=tuple(Seat(s.pk, s.title, s.organisation.name, s.pk == post.pk) for s in request.posts),
        switch_url=reverse("desk:act-as"),
        mail_url="" if post.organisation.organisation_kind in APPOINTED else reverse("desk:mail"),
        person=post.person.name,
        home_url=reverse("desk:workbench"),
        inbox_url=reverse("desk:workbench"),
        inbox="" if waiting == "0" else waiting,
        logout_url=reverse("desk:logout"),
        search_url=reverse("desk:search"),
        training_day=request.today if settings.GONGYUE_DEMONSTRATION else None,
        training_url=reverse("desk:clock"),
    )


def entries(request: DeskRequest, post: Post, waiting: str) -> list[Item]:
    """The navigation of one kind of organisation."""
    out = []
    for name, label, icon in ENTRIES:
        only = LINKED.get(name)
        if not opens(name, post.organisation) or (only and post.organisation.organisation_kind not in only):
            continue
        url = reverse(f"desk:{name}")
        count = waiting if name == "workbench" and waiting != "0" else ""
        out.append(Item(label, url, icon, request.path.startswith(url), count))
    out.append(Item(_("依据"), reverse("portal:regimes"), "book-2"))
    out.append(Item(_("公开网站"), reverse("portal:home"), "external-link"))
    return out


# Registers that only some have in their navigation; to all others another page leads.
LINKED = {
    "standards": frozenset({Organisation.Kind.CENTRAL_AGENCY}),
    "investments": frozenset({Organisation.Kind.DEVELOPMENT}),
}
USEFUL = {
    "calls": frozenset({Organisation.Kind.SOCIAL_ORGANISATION}),
    "record-new": frozenset({Organisation.Kind.SOCIAL_ORGANISATION}),
    "profile": frozenset({Organisation.Kind.SOCIAL_ORGANISATION}),
    "dashboard": GOVERNMENT | {Organisation.Kind.SOCIAL_ORGANISATION},
    "warnings": PAID,
    "funds": MONEY,
    "catalogues": GOVERNMENT,
    "standards": GOVERNMENT,
    "investments": GOVERNMENT,
    "departments": GOVERNMENT,
    "instalments": PAID,
    "organisations": GOVERNMENT,
    "posts": GOVERNMENT,
    "programme": GOVERNMENT,
    "frameworks": GOVERNMENT
    | {
        Organisation.Kind.SOCIAL_ORGANISATION,
        Organisation.Kind.EVALUATOR,
        Organisation.Kind.EXPERT_BODY,
    },
    "feedbacks": frozenset({Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.STREET_OFFICE}),
    "audit": frozenset({Organisation.Kind.AUDIT}),
    "recommendations": GOVERNMENT - {Organisation.Kind.LEGAL},
}


def opens(name: str, organisation: Organisation) -> bool:
    """Which registers are of use to whom: calls to bidders, money to those who bear it, posts to offices."""
    kinds = USEFUL.get(name)
    return kinds is None or organisation.organisation_kind in kinds
