"""Pages without counting everything."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from gongyue.desk.paging import Page, page, page_number
from gongyue.kernel.models import Division


def shown(number: int, total: str, *, more: bool) -> Page[int]:
    return Page(range(20), number, 20, total, more)


def test_links_around_the_page_with_gaps() -> None:
    assert shown(1, "20", more=False).links == [1]
    assert shown(1, "61", more=True).links == [1, 2, 3, 4]
    assert shown(7, "300", more=True).links == [1, None, 5, 6, 7, 8, 9, None, 15]
    assert shown(50, "1 000+", more=True).links == [1, None, 48, 49, 50, 51]
    assert shown(80, "1 000+", more=True).links == [1, None, 78, 79, 80, 81]
    assert shown(81, "1 000+", more=False).links == [1, None, 79, 80, 81]


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("0", 1), ("-2", 1), ("x", 1), ("3", 3), ("²", 1), ("99999999999", 1_000_000), ("9" * 30, 1)],
)
def test_what_is_no_page_is_the_first(asked: str, number: int) -> None:
    assert page_number(RequestFactory().get("/", {"page": asked} if asked else {})) == number


def test_counting_stops_at_a_thousand(db: None) -> None:
    Division.objects.bulk_create(
        Division(code=f"9{n:05d}", name=f"街{n}", level=Division.Level.STREET, path=f"9/9{n:05d}/") for n in range(1001)
    )
    rows = Division.objects.filter(path__startswith="9/").order_by("code")
    found = page(rows, RequestFactory().get("/", {"page": "51"}))
    assert (found.total, [row.name for row in found.rows], found.more) == ("1 000+", ["街1000"], False)
    thousand = page(rows.exclude(code="900000"), RequestFactory().get("/"))
    assert (thousand.total, thousand.last, len(thousand.rows)) == ("1000", 50, 20)
