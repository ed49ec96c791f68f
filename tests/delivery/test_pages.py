"""The part 服务, the registers, and a record entered on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongyue.delivery.models import ServiceRecord, TeamMember
from gongyue.demonstration.line import Line
from gongyue.demonstration.written.delivery import ITEMS
from gongyue.kernel.models import Post, Recusal

Today = Callable[[str], date]
Desk = Callable[[Post], Client]


def body(answer: Any) -> str:
    return str(answer.content.decode())


def typed(line: Line, **changes: str) -> dict[str, str]:
    worker = TeamMember.objects.get(purchase=line.purchase, code="W01")
    return {
        "served_on": "2010-11-20", "service_kind": "visit", "worker": str(worker.pk), "item": ITEMS[1], "people": "2",
        "direct": "60", "seen": "0", "request_id": str(uuid4()),
    } | changes  # fmt: skip


def test_a_record_is_entered_on_the_phone_and_the_next_one_begins_with_it(
    staffed: Line, today: Today, desk: Desk
) -> None:
    today("2010-11-20")
    phone = desk(staffed.actor("record.enter"))
    assert [item.url for item in phone.get("/desk/").context["shell"].items[:3]] == [
        "/desk/",
        "/purchases/",
        "/records/new/",
    ]
    url = f"/records/new/?purchase={staffed.purchase.pk}"
    assert phone.get("/records/new/")["Location"] == url
    assert phone.get(url).status_code == 200
    answer = phone.post(url, typed(staffed))
    assert (answer.status_code, answer["Location"]) == (303, f"{url}&saved=1")
    assert ServiceRecord.objects.get().times == 2
    page = phone.get(answer["Location"])
    assert "data-quick-saved" in body(page)
    assert page.context["form"].initial["item"] == ITEMS[1]


def test_a_record_that_is_refused_says_so_above_the_form_and_keeps_what_was_typed(
    staffed: Line, today: Today, desk: Desk
) -> None:
    today("2010-11-20")
    url = f"/records/new/?purchase={staffed.purchase.pk}"
    answer = desk(staffed.actor("record.enter")).post(url, typed(staffed, direct="-5", note="上门。"))
    assert (answer.status_code, "有内容需要改正，见下面各项" in body(answer), "上门。" in body(answer)) == (
        422,
        True,
        True,
    )


def test_whoever_only_bid_has_nothing_to_record(staffed: Line, today: Today, desk: Desk) -> None:
    today("2010-11-20")
    bidder = next(p for p in staffed.cast.social if p.organisation_id != staffed.contract().provider_id)
    page = desk(bidder).get("/records/new/")
    assert (page.status_code, page.context["found"]) == (200, [])


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(staffed: Line, today: Today, desk: Desk) -> None:
    today("2010-11-20")
    phone = desk(staffed.actor("record.enter"))
    answer = phone.post(
        f"/records/new/?purchase={staffed.purchase.pk}", typed(staffed, served_on="2010-10-30", note="家访")
    )
    assert answer.status_code == 422
    assert "不能早于合同资助期的首日（2010-11-01）" in body(answer)
    assert "家访" in body(answer)


def test_the_phone_page_is_the_providers(staffed: Line, today: Today, desk: Desk) -> None:
    today("2010-11-20")
    url = f"/records/new/?purchase={staffed.purchase.pk}"
    assert desk(staffed.cast.streets[staffed.street.pk]).get(url).status_code == 404
    assert desk(staffed.cast.social[1]).get(url).status_code == 404


def test_the_phone_page_says_which_article_stands_in_the_way(staffed: Line, today: Today, desk: Desk) -> None:
    day = today("2010-11-20")
    phone, url = desk(staffed.actor("record.enter")), f"/records/new/?purchase={staffed.purchase.pk}"
    page = phone.get(url)
    rules = [rule.id for rule in staffed.regime.rules("record.enter", day)]
    assert [len(page.context["checks"]), page.context["findings"]] == [len(rules), []]
    person = staffed.actor("record.enter").person
    Recusal.objects.create(purchase=staffed.purchase, person=person, reason="亲属在机构任职", since=date(2010, 11, 1))
    found = phone.post(url, typed(staffed))
    assert [one["rule"] for one in found.context["findings"]] == ["kernel.recused"]
    assert 'class="finding' in body(found)


def test_a_records_page_names_its_worker(staffed: Line, today: Today, desk: Desk) -> None:
    today("2010-11-20")
    desk(staffed.actor("record.enter")).post(f"/records/new/?purchase={staffed.purchase.pk}", typed(staffed))
    record = ServiceRecord.objects.select_related("worker").get()
    street = desk(staffed.cast.streets[staffed.street.pk])
    page = street.get(f"/purchases/{staffed.purchase.pk}/record/{record.pk}/")
    shown = {field.name: field.value for field in page.context["page"].paper.fields}
    assert shown["社工"] == str(record.worker)


def register(line: Line, kind: str) -> str:
    return f"/purchases/{line.purchase.pk}/list/{kind}/"


@pytest.mark.parametrize(
    "kind", ["record", "worker", "volunteer", "client", "referral", "partner", "coordination", "contact"]
)
def test_every_register_has_a_page(kind: str, staffed: Line, today: Today, desk: Desk) -> None:
    today("2010-11-20")
    assert desk(staffed.actor("record.enter")).get(register(staffed, kind)).status_code == 200


def test_clients_and_referrals_are_not_for_others(staffed: Line, today: Today, desk: Desk) -> None:
    day = today("2010-11-20")
    staffed.act("referral.send", None, day)
    bureau = desk(staffed.cast.bureaus[staffed.district][0])
    for kind in ("client", "referral"):
        assert list(bureau.get(register(staffed, kind)).context["page"].rows) == []
    assert len(desk(staffed.cast.departments["disabled"]).get(register(staffed, "referral")).context["page"].rows) == 1
    assert desk(staffed.cast.departments["women"]).get(register(staffed, "referral")).status_code == 404


def test_records_are_narrowed(staffed: Line, today: Today, desk: Desk) -> None:
    day = today("2010-11-20")
    staffed.act("record.enter", None, day)
    staffed.act("record.enter", None, day, service_kind="group", item=ITEMS[2])
    office = desk(staffed.cast.streets[staffed.street.pk])
    for query, count in (("", 2), ("service_kind=group", 1), ("month=2010-12", 0), ("month=x", 2), ("worker=9999", 0)):
        assert len(office.get(f"{register(staffed, 'record')}?{query}").context["page"].rows) == count


def test_the_part_asks_the_same_however_many_records_there_are(
    staffed: Line, today: Today, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    day = today("2010-11-20")
    provider = desk(staffed.actor("record.enter"))
    url = f"/purchases/{staffed.purchase.pk}/service/"
    counts = []
    for _round in range(2):
        staffed.act("record.enter", None, day)
        with django_assert_max_num_queries(60) as asked:
            page = provider.get(url)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
    assert "每月服务记录" in body(page)


def test_what_differs_where_nothing_is_bought(line: Line, today: Today, desk: Desk) -> None:
    line.open(date(2010, 9, 6))
    today("2010-09-10")
    page = desk(line.cast.streets[line.street.pk]).get(f"/purchases/{line.purchase.pk}/service/")
    assert "合同备案后开始记录服务" in body(page)
