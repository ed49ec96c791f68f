"""A city without a pilot: its offices and people entered by the real actions, and a purchase outside any programme."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any, cast

from gongyue.budget.models import Fund
from gongyue.clock import LOCAL
from gongyue.demonstration.cast import SOCIAL, Cast, must
from gongyue.demonstration.line import Line
from gongyue.kernel import regimes
from gongyue.kernel.models import Division, Organisation, Post, Purchase
from gongyue.parties.domain.founding import found
from gongyue.policy import Programme
from gongyue.tendering.models import Tender

Office = tuple[str, str, str, str]  # name, kind, division, what it is in the law's sense
NO_PROGRAMME = cast(Programme, SimpleNamespace(year=2017))  # the papers of the demonstration ask for its year
CHECKS = frozenset(
    {"requirement.review", "service_proposal.argue", "tender.publish"}
)  # what a second person of the same office does


@dataclass
class City(Cast):
    """Everybody of a city that has no programme; `seats`: two posts of each office, by its name."""

    seats: dict[str, list[Post]] = field(default_factory=dict)


def city(regime: str, registrar: Office, offices: list[Office], since: date) -> City:
    """Load a regime, found its registrar, and enter these offices, five bidders and five experts."""
    regimes.load(regime)
    everybody = City(regime, NO_PROGRAMME, since, prefix=f"{regime}-")  # beside the town in one database
    name, kind, division, _body = registrar
    first = found(
        division=division, organisation=name, kind=kind, person="登记员", title="登记岗", since=since,
        username=f"{regime}-registrar", at=datetime.combine(since, time(9), LOCAL),
    )  # fmt: skip
    everybody.city = [first]
    everybody.seats[name] = [first]
    for number, (name, kind, division, body) in enumerate(offices, 1):
        office = everybody.register(name, kind, division, body=body)
        everybody.seats[name] = [
            everybody.post(office, title, f"office-{number}-{seat}")
            for seat, title in enumerate(("购买服务经办", "复核岗"), 1)
        ]
    top = everybody.city[0].organisation.division_id
    for number, (name, registration) in enumerate(SOCIAL, 1):
        bidder = everybody.register(name, "social_organisation", top, registration)
        everybody.social.append(everybody.post(bidder, "项目主任", f"bidder-{number}"))
    school = everybody.register("评审专家所在院校（演示）", "expert_body", top)
    everybody.experts = [everybody.post(school, "评审专家", f"expert-{n}") for n in range(1, 6)]
    return everybody


def fund(payer: Post, year: int, amount: str, on: date, **data: str) -> Fund:
    """A payer's line of a year, for whatever belongs to no programme."""
    given = {
        "name": f"{year} 年政府购买服务经费", "year": str(year), "purpose": "programme", "programme": "",
        "indicator_number": f"财预〔{year}〕1 号（演示）", "amount": amount,
    }  # fmt: skip
    done: Fund = must("fund.open", Fund(payer=payer.organisation), payer, on, given | data).subject  # type: ignore[assignment]
    return done


class Outside(Line):
    """Walks the purchase that one office starts; the office's second post checks what the first has drawn up."""

    cast: City

    def __init__(self, everybody: City, purchaser: str, place: str, *, finance: str) -> None:
        self.cast, self.district = everybody, place
        self.office, self.money = everybody.seats[purchaser], everybody.seats[finance][0]
        self.street, self.unit = Division.objects.get(pk=place), None
        self._purchase: Purchase | None = None

    def actor(self, name: str) -> Post:
        who = self.regime.who(name)
        assert who is not None, f"{self.cast.regime} has no {name}"
        held = self.regime.capacities[who.capacities[0]]
        if held.by == "award":
            winner = self.latest(Tender).winner.organisation_id
            return next(post for post in self.cast.social if post.organisation_id == winner)
        if held.by == "same_level":
            return self.money
        return self.office[1 if name in CHECKS else 0]

    def payer(self, organisation: Organisation) -> Post:
        return next(seats[0] for seats in self.cast.seats.values() if seats[0].organisation_id == organisation.pk)

    def start(self, on: date, **data: Any) -> Purchase:
        given = {
            "title": f"{self.street.name}社区社会工作服务", "place": self.street.pk, "scope": "project",
            "project_origin": "demand", "supervisor": str(self.office[0].organisation_id), 
            "exclusion_note": "属可由社会力量承担的服务",
        }  # fmt: skip
        outcome = self.act("purchase.start", None, on, **(given | data))
        self._purchase = Purchase.objects.get(pk=outcome.subject.pk)
        return self.purchase
