"""The contract is downloaded from its purchase's page, by those who may see the purchase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from gongyue.demonstration.line import Line
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
    url = f"/purchases/{line.purchase.pk}/contract.docx"
    for post in (line.cast.bureaus[line.district][0], line.cast.social[0]):
        client = desk(post)
        assert text(client.get(f"/purchases/{line.purchase.pk}/")).count(f'href="{url}"') == 1
        answer: Any = client.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, WORD)
        assert answer["Content-Disposition"] == 'attachment; filename="YX-2010-01.docx"'
        assert Document(BytesIO(b"".join(answer))).paragraphs[1].text == mark


def test_there_is_no_paper_without_a_contract_nor_for_strangers(line: Line, desk: Desk, today: Today) -> None:
    today("2010-11-01")
    stages.awarded(line)
    url = f"/purchases/{line.purchase.pk}/contract.docx"
    assert desk(line.cast.bureaus[line.district][0]).get(url).status_code == 404
    stages.drafted(line)
    assert desk(line.cast.social[3]).get(url).status_code == 404
