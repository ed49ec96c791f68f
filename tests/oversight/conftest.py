from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.chapters.programme import norms_issued
from gongyue.demonstration.line import Line
from tests.contracts import stages


@pytest.fixture
def filed(line: Line) -> Line:
    """A contract that runs from 2010-11-01; no quality standard yet."""
    stages.filed(stages.awarded(line))
    return line


@pytest.fixture
def running(filed: Line) -> Line:
    """The same with the quality standard issued on 2010-08-31."""
    norms_issued(filed.cast, date(2010, 8, 10), date(2010, 8, 31))
    return filed
