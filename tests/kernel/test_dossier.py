"""What is read of a purchase, and what is never read at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import PlanItem
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.needs.models import NeedsAssessment


def test_numerous_rows_are_not_read_at_once(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.open(date(2010, 8, 3))
    dossier = line.dossier(date(2010, 8, 4))
    monkeypatch.setattr(NeedsAssessment, "numerous", True)
    with pytest.raises(TypeError, match="needs is numerous"):
        dossier.all(NeedsAssessment)
    (unborn,) = NeedsAssessment.unborn(dossier, line.cast.city[0])
    assert (unborn.pk, unborn.purchase) == (None, line.purchase)


def test_what_was_never_born_in_a_purchase_is_not_looked_for(line: Line, django_assert_num_queries: Any) -> None:
    purchase = line.open(date(2010, 8, 3))
    assert purchase.kinds == ["purchase"]
    line.act("needs.start", None, date(2010, 8, 4))
    assert line.purchase.kinds == ["needs", "purchase"]
    dossier = line.dossier(date(2010, 8, 5))
    with django_assert_num_queries(1):
        assert len(dossier.all(NeedsAssessment)) == 1
        assert dossier.all(PlanItem) == []
    purchase.kinds = None  # one that was opened before its kinds were kept
    with django_assert_num_queries(1):
        assert Dossier(purchase, at=dossier.at, regime=line.regime).all(PlanItem) == []
