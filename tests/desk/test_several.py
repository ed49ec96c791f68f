"""Steps of which several are due at once, and addresses that name none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from tests.chengdu import Chengdu, chengdu
from tests.vouchers import framed

from .conftest import Desk, text

__all__ = ["chengdu"]
Today = Callable[[str], date]


def test_of_several_due_steps_one_is_chosen_where_they_stand(chengdu: Chengdu, desk: Desk, today: Today) -> None:
    """Two were admitted and neither has its notice: an address that names none leads to the page that offers both."""
    framed(chengdu)
    assert chengdu.purchase is not None
    on, number = today("2018-04-13"), chengdu.purchase.pk
    client = desk(chengdu.writer)
    answer = client.get(f"/do/awardnotice.send/new/?purchase={number}")
    assert (answer.status_code, answer["Location"], on.year) == (303, f"/purchases/{number}/evaluation/", 2018)
    shown = text(client.get(answer["Location"]))
    assert "“发出中标通知书”有几项可以办" in shown
    seeds = [str(post.organisation_id) for post in chengdu.social[:2]]
    assert [f"/do/awardnotice.send/new/?purchase={number}&seed={seed}" in unescape(shown) for seed in seeds] == [
        True,
        True,
    ]
    papers = [f"/purchases/{number}/contracts/{one.pk}.docx" for one in Contract.objects.order_by("pk")]
    assert [f'href="{url}"' in text(client.get(f"/purchases/{number}/")) for url in papers] == [True, True]
    assert [client.get(url)["Content-Disposition"].count("filename") for url in papers] == [1, 1]


def test_the_publics_seat_finds_the_form_for_its_word(line: Line, desk: Desk, today: Today) -> None:
    line.open(date(2010, 8, 2))
    today("2010-09-10")
    assert line.cast.public is not None
    page = desk(line.cast.public).get(f"/do/feedback.submit/new/?purchase={line.purchase.pk}")
    assert (page.status_code, page.context["sheet"].letter) == (200, "")
