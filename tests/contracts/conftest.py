from __future__ import annotations

import pytest

from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line

from . import stages


@pytest.fixture
def awarded(line: Line) -> Line:
    return stages.awarded(line)


@pytest.fixture
def accepted(awarded: Line) -> Contract:
    """Approved and accepted, ready to be signed."""
    return stages.accepted(awarded)
