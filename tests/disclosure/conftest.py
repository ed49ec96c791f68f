from __future__ import annotations

import pytest

from gongyue.demonstration.line import Line
from gongyue.ledger.sequence import sequence
from tests.contracts import stages


@pytest.fixture
def filed(line: Line) -> Line:
    """A purchase with a signed and filed contract, everything sequenced."""
    stages.filed(stages.awarded(line))
    sequence()
    return line
