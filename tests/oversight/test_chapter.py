from __future__ import annotations

from datetime import date

from gongyue.demonstration.chapters.oversight import supervised
from gongyue.demonstration.line import Line
from gongyue.oversight.models import Feedback, FollowUp, Recommendation, SpotCheck


def test_the_chapter_is_told_by_real_actions(running: Line) -> None:
    supervised(running, date(2010, 12, 1))
    found = [kind.objects.get().state for kind in (Feedback, FollowUp, SpotCheck, Recommendation)]
    assert found == ["answered", "closed", "reported", "answered"]
