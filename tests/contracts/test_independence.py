from __future__ import annotations

from datetime import date

import pytest

from gongyue.contracts.independence import conflict
from gongyue.demonstration.line import Line
from gongyue.ledger.models import Entry
from tests.tendering.conftest import budgeted

ON = date(2011, 11, 1)


@pytest.mark.clause("GZ-S-4.3f")
def test_whoever_drafted_the_tender_does_not_evaluate(line: Line) -> None:
    budgeted(line)
    drafter, evaluator = line.actor("tender.draft").organisation, line.evaluator.organisation
    assert conflict(drafter, None, line.purchase, ON) == ""
    line.act("tender.draft", None, date(2010, 10, 15))
    assert Entry.objects.get(purchase=line.purchase.pk, action="tender.draft").post_id == line.actor("tender.draft").pk
    assert [conflict(one, None, line.purchase, ON) for one in (drafter, evaluator)] == ["drafter", ""]
