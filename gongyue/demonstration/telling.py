"""The whole demonstration: the city's own steps, the twenty streets, and what stands beside their main line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from heapq import heapify, heappop, heapreplace
from typing import Any

from gongyue.assessment.models import Framework
from gongyue.programmes.models import Opinion

from .cast import Cast
from .chapters import (
    accounts,
    amending,
    asking,
    delivery,
    disputes,
    evaluating,
    founding,
    oversight,
    papers,
    people,
    profiles,
    programme,
)
from .chapters.enquiries import enquiry
from .chapters.programme import City, tasks_answered
from .line import Line
from .streets import STORIES, Story, Told, day, funds

DRAFTED, REVIEWED, ISSUED = "2010-08-09", "2010-08-24", "2010-08-30"
ANSWERED = (("2010-09-20", "survey"), ("2010-10-15", "legal"))  # tasks that their bodies have answered


def pilot(cast: Cast) -> Told:
    """The city launches the pilot and issues its norms; the quality standard comes late. Its experts write a system."""
    city = City(cast)
    yield (now := day("2010-08-03"))
    city.launch(now)
    for code, drafted, reviewed, issued in (
        ("procedure", DRAFTED, REVIEWED, ISSUED), ("agreement", DRAFTED, REVIEWED, ISSUED),
        ("quality", "2010-08-20", "2010-09-06", "2010-09-10"),
    ):  # fmt: skip
        yield (now := day(drafted))
        asked = city.draft(code, now)
        yield (now := day(reviewed))
        for opinion in Opinion.objects.filter(pk__in=[one.pk for one in asked]).select_related(*Opinion.related):
            city.answer(opinion, now)
        yield (now := day(issued))
        city.issue(code, now)
    for text, code in ANSWERED:
        yield (now := day(text))
        tasks_answered(city, now, code)
    yield (now := day("2010-12-06"))
    framework = city.act("framework.draft", Framework.unborn(None, cast.city[0])[0], cast.city[0], now)
    yield (now := day("2010-12-20"))
    city.act("framework.adopt", Framework.objects.get(pk=framework.pk), cast.city[1], now)


def second_year(cast: Cast) -> Told:
    """Money of 2011, and what 2010 left unpaid carried into it."""
    yield (now := day("2011-01-10"))
    funds(cast, now, 2011)
    yield from accounts.carried_over(cast, day("2011-01-17"))


CITY: list[Callable[[Cast], Told]] = [
    pilot, second_year, lambda cast: programme.places_counted(cast, day("2011-09-05")),
    lambda cast: programme.second_thoughts(cast, day("2011-11-07")),
    lambda cast: programme.stage_written_up(cast, day("2011-09-26")),
    lambda cast: programme.measured_apart(cast, day("2011-11-21")),
    lambda cast: people.taken_in(cast, day("2011-03-14")),
    lambda cast: people.seated(cast, day("2011-03-15")),
    lambda cast: people.handed_over(cast, day("2011-04-01"), "440106"),
    lambda cast: people.by_reference(cast, day("2011-06-13"), "440104"),
]  # fmt: skip


def _days(*texts: str) -> list[date]:
    return [day(text) for text in texts]


# 广卫街 has lived its first year and begins the second; 建设街 improved first; 天园街 paid back; 桥南街 is in its year.
BESIDE: list[tuple[str, Story, Sequence[Any]]] = [
    ("广卫街", asking.needs_asked, [*_days("2010-08-08"), 7, 64]),
    ("广卫街", founding.sites, _days("2010-08-12")),
    ("广卫街", evaluating.evaluated, ["plan", *_days("2010-09-06", "2010-09-27", "2010-10-11")]),
    ("广卫街", founding.staff, _days("2010-09-20")),
    ("广卫街", founding.sited, _days("2010-10-08")),
    ("广卫街", papers.letter, _days("2010-11-01")),
    ("广卫街", papers.told, _days("2010-11-03")),
    ("广卫街", delivery.delivered, _days("2010-11-10")),
    ("广卫街", accounts.accounted, _days("2010-11-15")),
    ("广卫街", profiles.explained, _days("2010-12-01")),
    ("广卫街", oversight.supervised, _days("2011-01-10")),
    ("广卫街", founding.change, _days("2011-02-01")),
    ("广卫街", oversight.audited, _days("2011-02-21")),
    ("广卫街", delivery.briefed, _days("2011-01-11", "2011-03-14", "2011-05-12", "2011-07-13", "2011-09-14")),
    ("广卫街", evaluating.looked_at_itself, _days("2011-03-28", "2011-06-29", "2011-09-28")),
    ("广卫街", delivery.planned_on, _days("2011-04-20")),
    ("广卫街", evaluating.assessed, ["midterm", *_days("2011-04-27", "2011-05-20"), 2, day("2011-05-30")]),
    ("广卫街", accounts.spent, _days("2011-05-04", "2011-10-31")),
    ("广卫街", founding.moved, _days("2011-06-07")),
    ("广卫街", delivery.went_on, _days("2011-09-01", "2011-01-04")),
    ("广卫街", asking.satisfied, [*_days("2011-09-05"), 21, 88]),
    ("广卫街", evaluating.evaluated, ["midpilot", *_days("2011-09-20", "2011-11-24"), None]),
    ("广卫街", oversight.told_by_residents, _days("2011-10-28")),
    ("广卫街", evaluating.assessed, ["yearend", *_days("2011-10-20", "2011-10-27"), 3, day("2011-11-04")]),
    ("广卫街", evaluating.year_over, _days("2011-10-26", "2011-11-07", "2011-11-09")),
    ("广卫街", accounts.year_reported, _days("2011-11-02")),
    ("广卫街", accounts.saved, _days("2011-11-08")),
    ("广卫街", evaluating.renewed, _days("2011-11-10")),
    ("广卫街", papers.consulted, _days("2011-11-22")),
    ("广卫街", delivery.asked_for_help, _days("2011-11-28")),
    ("建设街", accounts.budget_returned, _days("2010-11-16")),
    ("建设街", profiles.untrue, _days("2010-12-06")),
    ("建设街", accounts.answered_for, _days("2010-12-20")),
    ("建设街", accounts.bounced, _days("2011-01-24")),
    ("建设街", evaluating.assessed, ["midterm", *_days("2011-05-03", "2011-05-25"), 2, day("2011-06-03"), True]),
    ("建设街", evaluating.assessed, ["yearend", *_days("2011-10-24", "2011-11-08"), 3, None]),
    ("建设街", evaluating.year_over, _days("2011-10-31", "2011-11-09", "2011-11-11")),
    ("建设街", evaluating.to_improve, _days("2011-11-14")),
    ("建设街", oversight.city_audited, _days("2011-11-10")),
    ("矿泉街", disputes.challenged, _days("2011-10-17")),
    ("矿泉街", oversight.objected, _days("2011-10-19")),
    ("天园街", accounts.failed, _days("2011-06-07")),
    ("桥南街", founding.staff, _days("2010-12-20")),
    ("桥南街", founding.ended, _days("2011-09-30")),
    ("桥南街", delivery.delivered, _days("2011-02-21")),
    ("桥南街", amending.amended, _days("2011-03-08")),
    ("桥南街", amending.thought_better, _days("2011-10-10")),
    ("桥南街", accounts.cleared, _days("2011-09-05")),
    ("桥南街", evaluating.begun, ["midterm", *_days("2011-11-21")]),
    ("海龙街", founding.asked_department, _days("2011-11-17")),
    ("江南中街", founding.sites, _days("2011-09-01")),
    ("黄埔街", asking.papers_taken_in, _days("2011-06-02")),
    ("金花街", founding.came_first, _days("2011-11-16")),
    ("街口街", founding.thought_again, _days("2011-09-14")),
    ("三元里街", people.aside, _days("2011-11-25")),
    ("三元里街", founding.to_purchase, _days("2011-11-28")),
    ("北京街", enquiry, _days("2011-11-16")),
    ("逢源街", asking.asking, [*_days("2011-11-14", "2011-12-15"), 37]),
]  # fmt: skip


def tell(cast: Cast) -> Iterator[date]:
    """Perform every story in the order of days, yielding each day that something happens on."""
    funds(cast, day("2010-08-02"))
    profiles.profiles(cast, day("2010-08-02"))
    lines = {street: Line(cast, district, street) for district, street, _story in STORIES}
    stories: list[Told] = [told(cast) for told in CITY]
    stories += [story.steps(lines[street]) for _district, street, story in STORIES]
    stories += [story.steps(lines[street], *details) for street, story, details in BESIDE]
    yield from in_turn(stories)


def in_turn(stories: Iterable[Told]) -> Iterator[date]:
    """Of several stories always the one whose day comes first."""
    waiting = [(next(steps), number, steps) for number, steps in enumerate(stories)]
    heapify(waiting)
    while waiting:
        now, number, steps = waiting[0]
        yield now
        following = next(steps, None)
        if following is None:
            heappop(waiting)
        else:
            heapreplace(waiting, (following, number, steps))
