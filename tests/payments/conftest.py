from __future__ import annotations

import pytest

from gongyue.demonstration.line import Line
from tests.contracts import stages


@pytest.fixture
def signed(line: Line) -> Line:
    stages.signed(stages.awarded(line))
    return line


@pytest.fixture
def filed(line: Line) -> Line:
    stages.filed(stages.awarded(line))
    return line
