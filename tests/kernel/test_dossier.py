"""What is read of a purchase, and what is never read at once."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.needs.models import NeedsAssessment


def test_numerous_rows_are_not_read_at_once(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.open(date(2010, 8, 3))
    dossier = line.dossier(date(2010, 8, 4))
    monkeypatch.setattr(NeedsAssessment, "numerous", True)
    with pytest.raises(TypeError, match="needs is numerous"):
        dossier.all(NeedsAssessment)
    (unborn,) = NeedsAssessment.unborn(dossier, line.cast.city[0])
    assert (unborn.pk, unborn.purchase) == (None, line.purchase)
