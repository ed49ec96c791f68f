from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.desk.casefile import CaseFile
from gongyue.desk.tabs import assessment
from tests.contracts import stages
from tests.contracts.stages import moment


@pytest.mark.clause("GZ-S-4.5h", "GZ-S-4.3f", "GZ-P-3.4.2b")
def test_three_series_with_their_days_and_the_gap(line: Line) -> None:
    stages.filed(stages.awarded(line))
    case = CaseFile(line.purchase, line.actor("evaluation.commission"), moment(date(2011, 11, 11)), "supervision")
    assert [(row.name, row.on, row.late) for row in assessment.lines(case)] == [
        ("中期评估", date(2011, 5, 2), True),
        ("年终评估", date(2011, 10, 31), True),
        ("方案制定评估", None, False),
        ("试点中期评估", date(2011, 9, 16), True),
        ("试点末期评估", date(2012, 9, 30), False),
        ("一年期满综合评估", date(2011, 11, 1), True),
    ]
    assert assessment.gap_days(case) == 11
    assert assessment.context(case)["measures"] is None
