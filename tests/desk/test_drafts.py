"""What was typed and not sent comes back to whoever typed it; what is sealed or personal is never kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Draft
from gongyue.needs.models import NeedsAssessment
from gongyue.programmes.models import ImplementationPlan

from .conftest import Desk, text, typed

Today = Callable[[str], date]


@pytest.fixture
def opened(line: Line, today: Today) -> Line:
    line.open(date(2010, 8, 2))
    today("2010-09-10")
    return line


@pytest.fixture
def street(opened: Line, desk: Desk) -> Client:
    return desk(opened.cast.streets[opened.street.pk])


def address(client: Client, url: str) -> str:
    """Where a page's form keeps its draft."""
    sheet = client.get(url).context["sheet"]
    return f"/draft/?action={sheet.act.name}&subject={sheet.draft_subject}"


def test_what_was_typed_comes_back(opened: Line, street: Client) -> None:
    url = f"/do/implementation.submit/new/?purchase={opened.purchase.pk}"
    kept = street.post(address(street, url), {"goals": "建一个中心", "site_ready_on": "2010-10-01", "content": ""})
    assert (kept.status_code, Draft.objects.get().data) == (
        204, {"goals": ["建一个中心"], "site_ready_on": ["2010-10-01"]},
    )  # fmt: skip
    page = text(street.get(url))
    assert "建一个中心</textarea>" in page
    assert 'value="2010-10-01"' in page
    assert "已恢复上次没有提交的草稿。" in page


def test_rows_come_back(opened: Line, street: Client) -> None:
    opened.act("needs.start", None, date(2010, 9, 3))
    url = f"/do/needs.conclude/{opened.latest(NeedsAssessment).pk}/"
    rows = {"services-0-service": "家庭辅导", "services-1-service": "长者日托", "services-1-volume": "300"}
    assert street.post(address(street, url), rows).status_code == 204
    page = text(street.get(url))
    assert [name in page for name in ('value="家庭辅导"', 'value="长者日托"', 'value="300"')] == [True] * 3


def test_typing_on_replaces_and_an_empty_form_removes(opened: Line, street: Client) -> None:
    keep = address(street, f"/do/implementation.submit/new/?purchase={opened.purchase.pk}")
    street.post(keep, {"goals": "一"})
    street.post(keep, {"goals": "二"})
    assert [draft.data for draft in Draft.objects.all()] == [{"goals": ["二"]}]
    assert street.post(keep, {"goals": ""}).status_code == 204
    assert Draft.objects.count() == 0


def test_a_draft_is_nobody_elses(opened: Line, street: Client, desk: Desk) -> None:
    url = f"/do/needs.start/new/?purchase={opened.purchase.pk}"
    street.post(address(street, url), {"assessor": "街道自行评估"})
    other = desk(opened.cast.bureaus[opened.district][0])
    assert "街道自行评估" in text(street.get(url))
    assert "街道自行评估" not in text(other.get(url))


def test_what_is_sealed_is_never_kept(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    client = desk(calling.cast.social[3])
    url = f"/do/bid.submit/new/?purchase={calling.purchase.pk}"
    typed_in = {"price": "1234567", "plan": "秘密方案", "fund_rules": "秘密细则", "profile": "机构简介"}
    assert client.post(address(client, url), typed_in).status_code == 204
    assert Draft.objects.get().data == {"profile": ["机构简介"]}


def test_what_is_personal_is_never_kept(opened: Line, desk: Desk) -> None:
    opened.act("implementation.submit", None, date(2010, 9, 3))
    plan = opened.latest(ImplementationPlan)
    opened.act("implementation.review", plan, date(2010, 9, 6))
    client = desk(opened.cast.city[1])
    typed_in = {"panel-0-name": "区某", "panel-0-organisation": "南岭学院", "result": "通过"}
    client.post(address(client, f"/do/implementation.approve/{plan.pk}/"), typed_in)
    assert Draft.objects.get().data == {"result": ["通过"]}


def test_doing_it_ends_the_draft(opened: Line, street: Client) -> None:
    url = f"/do/implementation.submit/new/?purchase={opened.purchase.pk}"
    street.post(address(street, url), {"goals": "建一个中心"})
    sent = typed(opened, "implementation.submit", ImplementationPlan(purchase=opened.purchase), date(2010, 9, 10))
    assert street.post(url, sent).status_code == 303
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    "query",
    ["action=no.such&subject=needs:1", "action=needs.start&subject=", f"action=needs.start&subject={'x' * 121}"],
)
def test_a_draft_of_nothing_is_refused(query: str, street: Client) -> None:
    assert street.post(f"/draft/?{query}", {"assessor": "甲"}).status_code == 404
    assert Draft.objects.count() == 0


def test_a_draft_is_posted_by_somebody_logged_in(client: Client, opened: Line, street: Client) -> None:
    assert street.get("/draft/?action=needs.start&subject=needs:1").status_code == 405
    assert client.post("/draft/?action=needs.start&subject=needs:1", {"assessor": "甲"}).status_code == 302
