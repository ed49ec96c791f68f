"""The earliest lawful timetable on a page: drawn, and tried out."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template

from gongyue.desk.citations import chip
from gongyue.desk.gantt import drawn
from gongyue.desk.timetable import not_later, reasons, rows, ways
from gongyue.tendering.timetable import Trial

register = template.Library()


@register.inclusion_tag("components/gantt.html")
def gantt(*, of: Trial, today: date) -> dict[str, Any]:
    """The drawing alone."""
    return {"gantt": drawn(of, today)}


@register.inclusion_tag("components/trial.html")
def trial(*, of: list[Trial], chosen: Trial, today: date, asked: dict[str, str]) -> dict[str, Any]:
    """A timetable tried under one reading, drawn, with what it rests on and how the other readings fare. `asked`: what
    the form was sent with, for the links to them."""
    regime, ceiling = chosen.setting.regime, chosen.ceiling
    return {
        "chosen": chosen, "today": today, "ways": ways(of, chosen), "reasons": reasons(chosen),
        "rows": rows(chosen.setting, chosen.table.steps), "query": urlencode(asked),
        "ceiling_words": not_later(ceiling, regime) if ceiling else "",
        "ceiling_cite": chip(regime, ceiling.rule.cite) if ceiling else {},
    }  # fmt: skip
