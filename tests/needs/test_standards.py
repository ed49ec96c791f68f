"""Whose the requirement standard of a service is, how it is adjusted, and which edition a requirement cites."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongyue.kernel.models import Organisation, Post
from gongyue.needs.models import ServiceStandard
from gongyue.needs.models.standard import citable, current
from tests.chengdu import REQUIREMENT, Chengdu, chengdu, post
from tests.parties.acts import errors

__all__ = ["chengdu"]
pytestmark = pytest.mark.django_db
DAY = "2017-09-11"


@pytest.fixture
def agency(chengdu: Chengdu) -> Post:
    """The city's central procurement agency."""
    city = chengdu.writer.organisation.division.parent
    body = Organisation.objects.create(
        name="成都市公共资源交易服务中心（测试）", organisation_kind="central_agency", division=city,
        state="registered", version=1,
    )  # fmt: skip
    return post(body, "标准岗", "cd-agency", "卢安")


def words(service: str = "会议服务", service_class: str = "office", **data: Any) -> dict[str, Any]:
    return {
        "service": service, "service_class": service_class, "content": "场地、设备和会务人员的最低要求。",
        "basis": "近三年会议服务的履约情况。",
    } | data  # fmt: skip


def put(town: Chengdu, actor: Post, on: str = DAY, seed: str = "", **data: Any) -> ServiceStandard:
    town.purchase = None
    row: ServiceStandard = town.act("servicestandard.set", None, on, actor=actor, seed=seed, **words(**data))
    return row


@pytest.mark.clause("CD-16")
def test_the_agency_sets_what_is_in_the_central_catalogue_of_class_one_and_purchasers_all_else(
    chengdu: Chengdu, agency: Post
) -> None:
    def tried(actor: Post, service_class: str, central: str) -> list[str]:
        given = words(service_class=service_class, central=central)
        return chengdu.refused("servicestandard.set", None, DAY, actor=actor, **given)

    assert tried(chengdu.writer, "office", "on") == ["standard-of-the-agency"]
    assert tried(agency, "office", "") == ["standard-of-the-purchaser"]
    assert tried(agency, "support", "on") == ["standard-of-the-purchaser"]
    own, central = put(chengdu, chengdu.writer, service_class="public"), put(chengdu, agency, central="on")
    assert [(row.by, row.edition, str(row)) for row in (own, central)] == [
        ("purchaser", 1, "会议服务（第 1 版）"), ("central_agency", 1, "会议服务（第 1 版）"),
    ]  # fmt: skip


@pytest.mark.clause("CD-16")
def test_an_adjustment_is_the_next_edition_with_its_reason(chengdu: Chengdu, agency: Post) -> None:
    first = put(chengdu, agency, central="on")
    again = words(content="增加无障碍要求。", change="")
    refused = chengdu.refused("servicestandard.set", None, "2018-03-01", actor=agency, seed=str(first.pk), **again)
    assert refused == ["standard-adjusted-with-reason"]
    second = put(chengdu, agency, "2018-03-01", str(first.pk), content="增加无障碍要求。", change="使用人反映。")
    first.refresh_from_db()
    assert (second.edition, second.replaces_id, second.central, second.change) == (2, first.pk, True, "使用人反映。")
    assert (first.content, list(current(ServiceStandard.objects.all()))) == (words()["content"], [second])
    twice = chengdu.attempt("servicestandard.set", None, "2018-03-02", actor=agency, **words(central="on"))
    assert errors(twice) == {"service": ["这个服务项目已经有需求标准，请调整原标准"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceStandard.objects.create(body=first.body, service=first.service, edition=1)


@pytest.mark.clause("CD-16")
def test_a_requirement_follows_the_standard_of_whoever_sets_it_in_its_latest_edition(
    chengdu: Chengdu, agency: Post
) -> None:
    first = put(chengdu, agency, central="on")
    own = put(chengdu, chengdu.writer, service="印刷服务")
    chengdu.open(service_class="office")
    chengdu.research()

    def tried(on: str = DAY, **data: Any) -> list[str]:
        return chengdu.refused("requirement.draft", None, on, **(dict(REQUIREMENT) | data))

    assert chengdu.purchase is not None
    assert list(citable(chengdu.purchase)) == [first, own]
    assert tried(central="on") == ["requirement-by-the-agencys-standard"]
    assert tried(central="on", standard=own.pk) == ["requirement-by-the-agencys-standard"]
    assert tried(standard=first.pk) == ["requirement-by-the-purchasers-standard"]
    row = chengdu.act("requirement.draft", None, DAY, **(dict(REQUIREMENT) | {"central": "on", "standard": first.pk}))
    assert (row.central, row.standard) == (True, first)
    purchase = chengdu.purchase
    second = put(chengdu, agency, "2017-09-12", str(first.pk), change="补充。")
    chengdu.purchase = purchase
    returned = chengdu.act("requirement.return", row, "2017-09-13", reason="标准已经调整")
    kept = dict(REQUIREMENT) | {"central": "on", "standard": first.pk}
    assert chengdu.refused("requirement.draft", returned, "2017-09-14", **kept) == [
        "requirement-by-the-latest-standard"
    ]
    again = chengdu.act("requirement.draft", returned, "2017-09-14", **(kept | {"standard": second.pk}))
    assert (again.edition, again.standard) == (2, second)


@pytest.mark.clause("CD-16")
def test_everybody_of_the_place_reads_them_and_only_whoever_set_one_adjusts_it(
    chengdu: Chengdu, agency: Post, client: Client
) -> None:
    first = put(chengdu, agency, central="on")
    pages = {}
    for seat in (agency, chengdu.writer):
        client.force_login(seat.person)
        pages[seat.pk] = client.get(reverse("desk:standards")).content.decode()
    adjust = f"{reverse('desk:begin', args=['servicestandard.set'])}?seed={first.pk}"
    assert [adjust in page for page in pages.values()] == [True, False]
    assert all("会议服务" in page and "近三年会议服务的履约情况。" in page for page in pages.values())
    put(chengdu, agency, "2018-03-01", str(first.pk), content="增加无障碍要求。", change="使用人反映。")
    client.force_login(agency.person)
    page = client.get(reverse("desk:standards")).content.decode()
    assert [words in page for words in ("第 1 版", "第 2 版", "已有新版", adjust)] == [True, True, True, False]
    client.force_login(chengdu.social[0].person)
    assert client.get(reverse("desk:standards")).status_code == 404
