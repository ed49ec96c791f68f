"""Should a call of talks stand sealed, its hall tells each supplier of itself alone until the result."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.desk.hall import Hall, state_of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.models import Tender
from tests.desk.conftest import Desk
from tests.tendering.conftest import OPENING

from .conftest import Clock

pytestmark = pytest.mark.django_db
ALL, OWN, NONE = (3, 3, 5), (1, 1, 0), (0, 0, 0)  # two offices came with their keys, too


def told(line: Line, post: Post) -> tuple[int, int, int]:
    """Of how many bids the hall, its record and its list of who came tell this reader."""
    hall = Hall(Dossier(line.purchase, at=OPENING, regime=line.regime), post)
    assert len(state_of(hall)["bids"]) == len(hall.rows)
    return len(hall.rows), len(hall.record), len(hall.present)


def test_before_the_result_nobody_but_purchaser_and_group_learns_of_anothers_bid(
    handed: Line, desk: Desk, legal: Clock
) -> None:
    story.opened(handed, OPENING)
    legal(OPENING)
    cast = handed.cast
    rival, finance = cast.social[0], cast.finances[handed.district]
    street, purchaser = story.holder(handed, "street_office"), story.holder(handed, "purchaser")
    readers = (rival, finance, street, purchaser, cast.city[0], cast.social[2])
    assert [told(handed, post) for post in readers] == [ALL, ALL, ALL, ALL, ALL, (0, 0, 5)]
    Tender.objects.update(way="negotiation")
    assert [told(handed, post) for post in readers] == [OWN, NONE, NONE, ALL, ALL, NONE]
    own = Hall(Dossier(handed.purchase, at=OPENING, regime=handed.regime), rival).record
    assert [line["organisation"] for line in own] == [rival.organisation.name]
    page = desk(rival).get(reverse("desk:purchase-tab", args=[handed.purchase.pk, "opening"])).content.decode()
    others = [cast.social[index].organisation.name for index in (1, 3)]
    assert [name in page for name in (rival.organisation.name, *others, "两把钥匙到场开启")] == [
        True,
        False,
        False,
        False,
    ]
    Tender.objects.update(awarded_at=OPENING)
    assert [told(handed, post) for post in readers[:4]] == [ALL] * 4
