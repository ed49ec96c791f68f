"""The whole demonstration: the city's own steps, the twenty streets, and what stands beside their main line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heapify, heappop, heapreplace

from gongyue.assessment.models import Framework
from gongyue.circulation.models import Copy, Cosignature
from gongyue.disclosure.models import ProviderFile
from gongyue.ledger.sequence import sequence
from gongyue.payments.models import UsePlan
from gongyue.programmes.models import Opinion

from .cast import Cast, must
from .chapters.delivery import delivered
from .chapters.enquiries import enquiry
from .chapters.founding import change, sites, staff
from .chapters.oversight import supervised
from .chapters.programme import City, tasks_answered
from .line import Line
from .papers import PAPERS
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


@Story
def papers(line: Line, since: date) -> Told:
    """A letter that three offices sign off, and one of those it went to has signed for."""
    cast = line.cast
    handler, reviewer = cast.bureaus[line.district]
    yield since
    paper = line.act("signoff.draft", None, since, actor=handler).subject
    line.act("signoff.check", paper, since, actor=reviewer)
    for days, post in ((2, cast.streets[line.street.pk]), (4, cast.finances[line.district])):
        yield (now := date.fromordinal(since.toordinal() + days))
        line.act("cosignature.give", line.latest(Cosignature), now, actor=post)
    yield (now := date.fromordinal(since.toordinal() + 5))
    line.act("signoff.issue", paper, now, actor=handler)
    copy = Copy.objects.get(signoff=paper.pk, is_main=True)
    line.act("copy.read", copy, now, actor=cast.departments["health"])


@Story
def told(line: Line, since: date) -> Told:
    """What the provider puts before the public, and where the notices appeared."""
    written = "providerfile.submit"
    yield since
    sequence()  # a notice is public once its entry has its leaf
    line.act("publication.log", None, since)
    line.act("projectfacts.publish", None, since)
    provider = line.actor("projectfacts.publish")
    file = ProviderFile(organisation=provider.organisation)
    must(written, file, provider, since, PAPERS[written](line, file, since))


@Story
def accounted(line: Line, since: date) -> Told:
    """The provider's own budget by heading, and what it spent in the first month."""
    yield since
    line.act("useplan.submit", None, since)
    line.act("useplan.approve", line.latest(UsePlan), since)
    yield (now := date.fromordinal(since.toordinal() + 45))
    line.act("spending.report", None, now)
    line.act("selfcheck.schedule", None, now)


BESIDE: list[tuple[str, Story, str]] = [
    ("广卫街", sites, "2010-08-12"), ("广卫街", staff, "2010-09-20"), ("广卫街", papers, "2010-11-01"),
    ("广卫街", told, "2010-11-03"), ("广卫街", delivered, "2010-11-10"), ("广卫街", accounted, "2010-11-15"),
    ("广卫街", supervised, "2011-01-10"), ("广卫街", change, "2011-02-01"), ("北京街", enquiry, "2011-02-16"),
    ("桥南街", staff, "2010-12-20"), ("江南中街", sites, "2010-09-01"),
]  # fmt: skip


def tell(cast: Cast) -> Iterator[date]:
    """Perform every story in the order of days, yielding each day that something happens on."""
    funds(cast, day("2010-08-02"))
    lines = {street: Line(cast, district, street) for district, street, _story in STORIES}
    stories: list[Told] = [pilot(cast)]
    stories += [story.steps(lines[street]) for _district, street, story in STORIES]
    stories += [story.steps(lines[street], day(since)) for street, story, since in BESIDE]
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
