"""The first registrar of a city: nobody is there yet who could enter them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from gongyue import clock
from gongyue.kernel import regimes
from gongyue.kernel.capacities import territorial
from gongyue.kernel.models import Division, Organisation, Post, RegimeVersion, Subject
from gongyue.ledger.append import append
from gongyue.ledger.sequence import sequence
from gongyue.parties.domain.people import person as person_of
from gongyue.policy import Regime


class FoundingRefused(ValueError):
    """A city cannot be founded like this; the message says why, for the administrator."""


@transaction.atomic
def found(
    *, division: str, organisation: str, kind: str, person: str, username: str, title: str, since: date,
    at: datetime | None = None,
) -> Post:  # fmt: skip
    """Enter a city's first organisation, person and post, whose ledger entries name no actor.

    `division`: the city's code. `kind`: one of Organisation.Kind. `at`: legal time, by default now. The organisation
    must be the one that the city's regime lets register others. Raises FoundingRefused, also when any organisation
    is registered under that regime already.
    """
    moment = at or clock.now()
    place = Division.objects.select_for_update().filter(pk=division).first()
    if place is None:
        raise FoundingRefused(f"没有区划 {division}：请先载入当地的规则包（gongyue packs load）")
    if _peopled(place):
        raise FoundingRefused(f"{place.name}已有机构，其余机构和岗位由登记机关登记")
    regime = regimes.current(regimes.code_for(place))
    body = Organisation(name=organisation, organisation_kind=kind, division=place, state="registered", version=1)
    _must_register_others(body, regime)
    body.save()
    post = Post(
        organisation=body, person=person_of(username, person), title=title, since=since, state="held", version=1
    )
    post.save()
    given = {"name": organisation, "organisation_kind": kind, "division": division}
    _record("organisation.found", body, moment, regime, given, {})
    given = {"organisation": body.key, "title": title, "since": since.isoformat()}
    _record("post.found", post, moment, regime, given, {"input.name": person, "input.username": username})
    transaction.on_commit(sequence)
    return post


def _peopled(place: Division) -> bool:
    """Whether anybody is entered there: a province is founded beside a city of its own regime."""
    governed = RegimeVersion.objects.values("jurisdiction")
    within = Division.objects.filter(path__startswith=place.path, pk__in=governed).exclude(pk=place.pk)
    found = Organisation.objects.filter(division__path__startswith=place.path)
    for narrower in within:
        found = found.exclude(division__path__startswith=narrower.path)
    return found.exists()


def _must_register_others(organisation: Organisation, regime: Regime) -> None:
    who = regime.who("organisation.register")
    if who is None or not territorial(organisation, organisation.division, regime) & set(who.capacities):
        kinds = "、".join(str(label) for _value, label in Organisation.Kind.choices)
        raise FoundingRefused(f"按当地规则，这一机构不是登记机关；类别可选：{kinds}")


def _record(
    name: str, subject: Subject, at: datetime, regime: Regime, given: Mapping[str, Any], personal: Mapping[str, Any]
) -> None:
    append(
        subject=subject.key, version=subject.version, action=name, purchase=None, post=None, person=None,
        organisation=None, at=at, recorded_at=timezone.now(), request_id=uuid4(), regime=regime.digest,
        body={"input": dict(given), "facts": {}, "reaches": subject.state, "findings": [], "acknowledged": {},
              "born": [], "documents": {}, "late": []},
        personal=personal,
    )  # fmt: skip
