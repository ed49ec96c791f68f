"""争议 as pages read it: what may still be brought and until when, what was brought, and how its clocks stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation, Post

from .facts.disputes import baseless
from .models import Challenge, Complaint, Dispute, Pause, Question, Tender, live
from .models.bid import Bid
from .models.disputes import figure

REST = "challenge.rest_days"  # a regime's word for the days on which such a period does not end
WITHIN = "challenge.within"


@dataclass(frozen=True)
class Window:
    """The time in which one link of the procedure may be challenged: `value` `unit`s. `starts_on` None: it runs from
    the day the supplier knew; `until` None: it cannot be reckoned."""

    link: str
    starts_on: date | None
    until: date | None
    cite: str
    value: int
    unit: str

    def over(self, today: date) -> bool:
        return self.until is not None and today > self.until


@dataclass(frozen=True)
class Clock:
    """One period that runs on a matter."""

    rule: str
    holder: Organisation | None
    due_on: date | None
    suspended: bool
    days: int  # late


@dataclass(frozen=True)
class Matter:
    """One enquiry, challenge or complaint that the reader may know of. `baseless`: how many complaints of its supplier
    were found without facts within the months that count, where that is known."""

    row: Dispute
    kind: str
    clocks: list[Clock]
    baseless: int


@dataclass(frozen=True)
class Told:
    """An answer that other suppliers concerned are told of."""

    link: str
    outcome: str
    then: str
    answer: str
    at: object


@dataclass(frozen=True)
class Disputes:
    """What the part 争议 of a purchase's page shows."""

    windows: list[Window]
    matters: list[Matter]
    told: list[Told]
    pauses: list[Pause]
    rest: str


def disputes(dossier: Dossier, post: Post) -> Disputes:
    """From the dossier, and one query for the clocks."""
    kinds: tuple[type[Dispute], ...] = (Challenge, Complaint, Question)
    rows = [row for kind in kinds for row in dossier.all(kind) if row.visible_to(post)]
    clocks = _clocks(dossier, rows)
    rest = figure(dossier.regime, REST, dossier.today)
    return Disputes(
        windows=windows(dossier, post),
        matters=[
            Matter(row, str(row.called), clocks.get(row.key, []), baseless(dossier, row) if isinstance(row, Complaint)
                   else 0)
            for row in rows
        ],
        told=told(dossier, post),
        pauses=[one for one in dossier.all(Pause) if one.holds(dossier) and _heard(one, post)],
        rest=str(rest or ""),
    )  # fmt: skip


def _heard(pause: Pause, post: Post) -> bool:
    """Everybody may know that a purchase stands still, but not while that would tell of a complaint before its
    time."""
    tender = pause.complaint.tender
    return (tender.opened_at is not None and not tender.discreet) or pause.visible_to(post)


def windows(dossier: Dossier, post: Post) -> list[Window]:
    """For a supplier: of each link that has come, from its own days."""
    days = dossier.regime.parameter(WITHIN, dossier.today)
    if days is None:
        return []
    found = []
    for one in Challenge.unborn(dossier, post):
        due = dossier.regime.calendar.add(one.starts_on, days.value, days.unit) if one.starts_on else None
        link, until = str(one.get_link_display()), due.on if due else None
        found.append(Window(link, one.starts_on, until, days.cite, days.value, days.unit))
    return found


def told(dossier: Dossier, post: Post) -> list[Told]:
    """To whoever bid as well, once the bids are opened, of talks with the result: what was answered, not to whom."""
    tender = dossier.latest(Tender)
    if tender is None or tender.opened_at is None or tender.discreet:
        return []
    if all(bid.organisation_id != post.organisation_id for bid in live(dossier.all(Bid), tender)):
        return []
    answered = [one for one in dossier.all(Challenge) if one.tender_id == tender.pk and one.answered_at is not None]
    return [
        Told(
            str(one.get_link_display()), str(one.get_outcome_display()), str(one.get_then_display()), one.answer,
            one.answered_at,
        )
        for one in answered
        if one.organisation_id != post.organisation_id
    ]  # fmt: skip


def _clocks(dossier: Dossier, rows: list[Dispute]) -> dict[str, list[Clock]]:
    """The open periods on these, by their keys."""
    found: dict[str, list[Clock]] = {}
    if not rows:
        return found
    open_ones = Obligation.objects.filter(
        purchase=dossier.purchase, is_open=True, subject__in=[row.key for row in rows]
    ).select_related("organisation")
    for one in open_ones.order_by("queue_on", "pk"):
        clock = Clock(
            one.rule, one.organisation, one.due_on, one.suspended_on is not None, one.days_late(dossier.today)
        )
        found.setdefault(one.subject, []).append(clock)
    return found
