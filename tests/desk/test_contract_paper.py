"""The contract is downloaded from its purchase's page, by those who may see the purchase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument

from gongyue.contracts.models import Amendment, Contract
from gongyue.demonstration.line import Line
from gongyue.kernel import capacities
from gongyue.kernel.models import Document
from tests.contracts import stages

from .conftest import Desk, text

Today = Callable[[str], date]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(("signed", "mark"), [(False, "未签署"), (True, "")])
def test_the_paper_is_had_from_the_page_before_and_after_signing(
    line: Line, desk: Desk, today: Today, signed: bool, mark: str
) -> None:
    today("2010-11-01")
    stages.awarded(line)
    stages.signed(line) if signed else stages.drafted(line)
    url = f"/purchases/{line.purchase.pk}/contracts/{line.contract().pk}.docx"
    for post in (line.cast.bureaus[line.district][0], line.cast.social[0]):
        client = desk(post)
        assert text(client.get(f"/purchases/{line.purchase.pk}/")).count(f'href="{url}"') == 1
        answer: Any = client.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, WORD)
        assert answer["Content-Disposition"] == 'attachment; filename="YX-2010-01.docx"'
        assert WordDocument(BytesIO(b"".join(answer))).paragraphs[1].text == mark


def test_there_is_no_paper_without_a_contract_nor_for_strangers(line: Line, desk: Desk, today: Today) -> None:
    today("2010-11-01")
    stages.awarded(line)
    bureau = line.cast.bureaus[line.district][0]
    assert desk(bureau).get(f"/purchases/{line.purchase.pk}/contracts/1.docx").status_code == 404
    stages.drafted(line)
    url = f"/purchases/{line.purchase.pk}/contracts/{line.contract().pk}.docx"
    assert desk(line.cast.social[3]).get(url).status_code == 404


@pytest.fixture
def scanned(line: Line) -> Line:
    """Signed and filed, with its sealed paper; somebody else has bid and lost."""
    stages.filed(stages.awarded(line))
    scan = SimpleUploadedFile("合同.pdf", b"%PDF-1.4\ntrailer<<>>\n%%EOF\n")
    line.act("contract.scan", line.contract(), stages.FILED, scan=scan)
    capacities.appoint(line.purchase, "bidder", line.cast.social[1].organisation, since=stages.OPENED)
    return line


def test_the_sealed_paper_is_had_by_the_parties_and_the_offices_and_by_nobody_else(
    scanned: Line, desk: Desk, today: Today
) -> None:
    today("2010-11-02")
    kept, cast = Document.objects.get(field="scan"), scanned.cast
    page, url = f"/purchases/{scanned.purchase.pk}/", f"/purchases/{scanned.purchase.pk}/scans/{kept.pk}/"
    provider = cast.social[0]
    for post in (cast.bureaus[scanned.district][0], provider, cast.finances[scanned.district], cast.city[0]):
        client = desk(post)
        assert text(client.get(page)).count(f'href="{url}"') == 1
        assert b"".join(client.get(url)) == b"%PDF-1.4\ntrailer<<>>\n%%EOF\n"  # type: ignore[arg-type]
    loser = desk(cast.social[1])
    assert loser.get(page).status_code == 200
    assert url not in text(loser.get(page))
    assert [loser.get(address).status_code for address in (url, f"/documents/{kept.pk}/")] == [404, 404]


def test_each_year_has_its_paper_and_the_page_shows_what_was_added(scanned: Line, desk: Desk, today: Today) -> None:
    """The meter, the amendment beside the contract, and the second year under the first."""
    today("2011-03-16")
    rows = [{"due_on": "2010-12-01", "amount": "780000", "requires": ""},
            {"due_on": "2011-11-30", "amount": "1210000", "requires": ""}]  # fmt: skip
    for name, day in (("draft", 1), ("approve", 2), ("accept", 3), ("sign", 8), ("file", 15)):
        data = {"instalments": rows} if name == "draft" else {}
        amendment = None if name == "draft" else scanned.latest(Amendment)
        scanned.act(f"amendment.{name}", amendment, date(2011, 3, day), **data)
    client = desk(scanned.cast.bureaus[scanned.district][0])
    for part in ("", "money/"):
        shown = text(client.get(f"/purchases/{scanned.purchase.pk}/{part}"))
        assert 'aria-label="已用 4 万元，限额 19.5 万元"' in shown
        assert shown.count("YX-2010-01-补1") >= 1
    answer: Any = client.get(f"/purchases/{scanned.purchase.pk}/contracts/{scanned.contract().pk}.docx")
    assert any("1,950,000.00" in row.text for row in WordDocument(BytesIO(b"".join(answer))).paragraphs)
    first = scanned.contract()
    second = Contract.objects.create(
        purchase=scanned.purchase, tender=first.tender, purchaser=first.purchaser, provider=first.provider,
        year_number=2, renews=first, number="YX-2011-01", amount_fen=1, state="drafted", version=1,
    )  # fmt: skip
    shown = text(client.get(f"/purchases/{scanned.purchase.pk}/"))
    url = f"/purchases/{scanned.purchase.pk}/contracts/{second.pk}.docx"
    assert shown.count(f'href="{url}"') == 1
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="YX-2011-01.docx"'
    assert client.get(f"/purchases/{scanned.purchase.pk}/contracts/{second.pk + 1}.docx").status_code == 404


@pytest.mark.parametrize("name", ["contract.approve", "contract.accept"])
def test_whoever_decides_reads_the_text_on_that_page(line: Line, desk: Desk, today: Today, name: str) -> None:
    today("2010-11-01")
    stages.awarded(line)
    stages.drafted(line)
    contract = line.contract()
    page = desk(line.actor(name)).get(f"/do/{name}/{contract.pk}/")
    told = {field.name: field for field in page.context["sheet"].terms.fields}
    agreed = ("合同编号", "服务要求", "质量标准", "支付方式", "双方权利义务")
    texts = (contract.number, contract.service_requirements, contract.quality_standard, contract.payment_method,
             contract.rights_duties)  # fmt: skip
    assert tuple(told[name].value for name in agreed) == texts
    assert [row[0] for row in told["分期支付"].table] == ["期次", *(one.number for one in contract.schedule)]
    shown = text(page)
    assert shown.count(f'href="/purchases/{line.purchase.pk}/contracts/{contract.pk}.docx"') == 1
    assert (page.context["sheet"].told, shown.count(contract.rights_duties)) == ([], 1)
    assert shown.index('id="terms"') < shown.index('name="request_id"')


def test_a_contract_not_drafted_yet_has_no_text_to_read(line: Line, desk: Desk, today: Today) -> None:
    today("2010-11-01")
    stages.awarded(line)
    page = desk(line.actor("contract.draft")).get(f"/do/contract.draft/new/?purchase={line.purchase.pk}")
    assert (page.status_code, page.context["sheet"].terms) == (200, None)
