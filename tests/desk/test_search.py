"""The box in the top bar: what is found, by whom, and what stays hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import filed
from gongyue.kernel.models import Document, Post
from gongyue.ledger.sequence import sequence
from gongyue.payments.models import Claim
from gongyue.tendering.models import Bid

from .conftest import Desk, text

Today = Callable[[str], date]
QUERIES = 21


def found(page: Any) -> dict[str, list[str]]:
    return {str(group.label): [hit.title for hit in group.hits] for group in page.context["groups"]}


@pytest.fixture
def running(line: Line, today: Today) -> Line:
    """A contract on file, its first instalment claimed and paid."""
    filed(line, date(2010, 10, 10))
    line.act("claim.submit", None, date(2010, 12, 20), seed="1", invoice_number="FP-2010-77")
    line.act("claim.check", Claim.objects.get(), date(2010, 12, 21))
    sequence()
    today("2011-01-05")
    return line


def test_a_purchase_is_found_by_title_and_place_only_by_those_who_see_it(line: Line, desk: Desk, today: Today) -> None:
    line.open(date(2010, 8, 2))
    today("2010-08-03")
    cast = line.cast
    for post in (cast.city[0], cast.bureaus[line.district][0], cast.streets[line.street.pk]):
        assert found(desk(post).get("/search/?q=广卫"))["采购项目"] == ["广卫街社区综合服务中心"]
    stranger = cast.streets[Line(cast, line.district, "建设街").street.pk]
    assert "采购项目" not in found(desk(stranger).get("/search/?q=广卫"))
    assert found(desk(cast.social[0]).get("/search/?q=广卫")) == {}


def test_organisations_and_people_are_found_by_those_who_may_open_the_registers(
    line: Line, desk: Desk, today: Today
) -> None:
    today("2010-08-03")
    cast, social = line.cast, line.cast.social[1]
    code = social.organisation.credit_code
    assert found(desk(cast.registrar).get(f"/search/?q={code}")) == {"机构": ["木棉家庭服务社（演示）"]}
    assert found(desk(cast.registrar).get(f"/search/?q={social.person.username}")) == {
        "岗位和人员": [social.person.name]
    }
    assert found(desk(cast.bureaus[line.district][0]).get(f"/search/?q={social.person.username}")) == {}
    assert found(desk(cast.social[0]).get(f"/search/?q={code}")) == {}
    listed = desk(cast.registrar).get(f"/organisations/?text={code}").context["page"]
    assert [row.name for row in listed.rows] == ["木棉家庭服务社（演示）"]


def test_numbers_of_contract_invoice_and_voucher(running: Line, desk: Desk) -> None:
    client = desk(running.cast.bureaus[running.district][0])
    number = Contract.objects.get().number
    assert found(client.get("/search/", {"q": number}))["合同"] == [number]
    assert found(client.get("/search/?q=fp-2010-77")) == {"请款发票": ["FP-2010-77"]}
    payer = running.cast.finances[running.district]
    payment = Claim.objects.get().payments.get(payer=payer.organisation)
    running.act("payment.pay", payment, date(2011, 1, 4), actor=payer, voucher_number="越财 9号")
    assert found(client.get("/search/?q=越财 9号")) == {"拨款凭证": ["越财 9号"]}
    stranger = running.cast.streets[Line(running.cast, running.district, "建设街").street.pk]
    assert found(desk(stranger).get("/search/?q=FP-2010-77")) == {}


def test_a_published_notice_is_found_by_anybody(running: Line, desk: Desk) -> None:
    page = desk(running.cast.social[3]).get("/search/?q=广卫")
    assert "公告" in found(page)
    assert 'href="/notices/' in text(page)


def _document(line: Line, subject: str, name: str, *, restricted: bool = False) -> Document:
    return Document.objects.create(
        purchase=line.purchase, subject=subject, field="plan", name=name, size=1, sha256="0" * 64, entry=1,
        restricted=restricted,
    )  # fmt: skip


def test_what_is_sealed_or_restricted_is_not_found(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    bid = Bid.objects.get(organisation=calling.cast.social[0].organisation)
    _document(calling, bid.key, "方案甲.pdf")
    _document(calling, "needs:1", "方案乙.pdf")
    _document(calling, "needs:1", "方案丙.pdf", restricted=True)
    bureau = desk(calling.cast.bureaus[calling.district][0])
    assert found(bureau.get("/search/?q=方案")) == {"材料": ["方案乙.pdf"]}
    assert found(desk(calling.cast.social[0]).get("/search/?q=方案")) == {"材料": ["方案乙.pdf", "方案甲.pdf"]}
    assert calling.cast.social[0].organisation.name not in text(bureau.get("/purchases/"))


def test_at_most_ten_of_a_kind_in_a_fixed_number_of_queries(
    running: Line, desk: Desk, django_assert_num_queries: Any
) -> None:
    client = desk(running.cast.registrar)
    _document(running, "needs:1", "广卫 0.pdf")
    with django_assert_num_queries(QUERIES):
        page = client.get("/search/?q=广卫")
    assert page.context["groups"][0].more is False
    for n in range(1, 12):
        _document(running, "needs:1", f"广卫 {n}.pdf")
    with django_assert_num_queries(QUERIES):
        page = client.get("/search/?q=广卫")
    files = next(group for group in page.context["groups"] if str(group.label) == "材料")
    assert (len(files.hits), files.more) == (10, True)
    assert "只列出前 10 项" in text(page)


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?q=", 200), (f"?q={'长' * 61}", 422)])
def test_nothing_asked_and_nonsense_read_nothing(query: str, status: int, line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-03")
    page = desk(line.cast.registrar).get(f"/search/{query}")
    assert (page.status_code, page.context["groups"]) == (status, [])


def test_signs_of_a_pattern_are_plain_text(line: Line, desk: Desk, today: Today) -> None:
    line.open(date(2010, 8, 2))
    today("2010-08-03")
    assert found(desk(line.cast.city[0]).get("/search/", {"q": "%"})) == {}
    assert found(desk(line.cast.city[0]).get("/search/", {"q": "<script>"})) == {}


def test_the_box_stands_on_every_page_of_the_desk_and_asks_for_a_login(line: Line, desk: Desk, client: Any) -> None:
    post: Post = line.cast.registrar
    assert 'action="/search/"' in text(desk(post).get("/desk/"))
    assert client.get("/search/?q=a").status_code == 302
