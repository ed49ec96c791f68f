"""`perform` against the bare ORM writes of the same rows, where its time goes, and what a hundred rules cost."""

from __future__ import annotations

import cProfile
import pstats
import time
from datetime import date
from typing import Any
from uuid import uuid4

from support import DISTRICT, REGIME, median, ms, site, town

ROUNDS = 200
PARTS = {  # what is measured: a function, and the file it stands in
    "lock and dossier": ("_lock", "perform.py"),
    "standing": ("standing", "capacities.py"),
    "form": ("is_valid", "forms.py"),
    "facts": ("of", "facts.py"),
    "rules": ("ask", "perform.py"),
    "ledger entry": ("append", "append.py"),
    "obligations": ("settle", "obligations.py"),
    "sequencing": ("sequence", "sequence.py"),
}


def bare_writes(purchase: Any, post: Any, number: int) -> None:
    """The rows of one implementation.submit, written without a doorway: plan, purchase, entry, pending, obligations."""
    from django.db import transaction
    from django.utils import timezone

    from gongyue.kernel.models import Obligation, Purchase
    from gongyue.ledger.models import Entry, Pending
    from gongyue.programmes.models import ImplementationPlan

    now = timezone.now()
    with transaction.atomic():
        plan = ImplementationPlan.objects.create(
            purchase=purchase, state="submitted", version=1, goals="目标", content="内容", site_kind="converted",
            site_address="二楼", site_ready_on=date(2010, 8, 25), submitted_on=now.date(),
        )  # fmt: skip
        Purchase.objects.filter(pk=purchase.pk).update(last_at=now, stage="implementation:submitted")
        entry = Entry.objects.create(
            purchase=purchase.pk, subject=f"bare:{plan.pk}", version=1, action="implementation.submit", post_id=post.pk,
            person_id=post.person_id, organisation_id=post.organisation_id, at=now, recorded_at=now,
            request_id=uuid4(), regime="0" * 64, prev="", body="x" * 1500, digest="0" * 64,
        )  # fmt: skip
        Pending.objects.create(entry=entry)
        Obligation.objects.create(
            purchase=purchase, subject=f"bare:{number}", regime="0" * 64, rule="review", action="implementation.review",
            capacity="district_bureau", organisation=post.organisation, post=post, opened_at=now, opened_by=entry.pk,
        )  # fmt: skip


def purchases(cast: Any, count: int) -> list[Any]:
    """Purchases that differ in nothing but their key, with their roles."""
    from gongyue.demonstration.line import Line
    from gongyue.kernel.models import Purchase, Role

    line = Line(cast, DISTRICT, "广卫街")
    first = line.open(date(2010, 8, 10))
    roles = list(Role.objects.filter(purchase=first))
    rows = []
    for _ in range(count):
        purchase = Purchase.objects.get(pk=first.pk)
        purchase.pk, purchase.programme = None, ""
        purchase.save(force_insert=True)
        rows.append(purchase)
        Role.objects.bulk_create(
            Role(purchase=purchase, organisation_id=r.organisation_id, capacity=r.capacity, since=r.since)
            for r in roles
        )
    return rows


def submit(line: Any, purchase: Any, office: Any) -> None:
    from gongyue.demonstration.cast import must
    from gongyue.demonstration.papers import PAPERS
    from gongyue.programmes.models import ImplementationPlan

    data = PAPERS["implementation.submit"](line, None, date(2010, 8, 20))
    must("implementation.submit", ImplementationPlan(purchase=purchase), office, date(2010, 8, 20), data)


def hundred_rules() -> float:
    """Ask one hundred compiled rules of an action with the values a page would bind."""
    import copy

    from gongyue.kernel import regimes
    from gongyue.kernel.actions import ACTIONS, vocabulary
    from gongyue.policy import Regime

    body = copy.deepcopy(regimes.current(REGIME).body)
    template = next(rule for rule in body["rules"] if rule["id"] == "package-complete")
    body["rules"] = [copy.deepcopy(template) | {"id": f"rule-{n}"} for n in range(100)]
    regime = Regime(body, vocabulary())
    values = dict.fromkeys(ACTIONS["tender.publish"].vocabulary())
    values |= {"tender.has_package": True, "purchase.by_reference": False}
    on = date(2010, 10, 1)
    assert len(regime.rules("tender.publish", on)) == 100
    return median(lambda: regime.ask("tender.publish", values, on), 100)


def main() -> None:
    from gongyue.demonstration.line import Line

    cast = town(DISTRICT)
    office = next(post for post in cast.streets.values())
    line = Line(cast, DISTRICT, "广卫街")
    rows = purchases(cast, 3 * ROUNDS)

    start = time.perf_counter()
    for number, purchase in enumerate(rows[:ROUNDS]):
        bare_writes(purchase, office, number)
    bare = (time.perf_counter() - start) / ROUNDS
    start = time.perf_counter()
    for purchase in rows[ROUNDS : 2 * ROUNDS]:
        submit(line, purchase, office)
    through = (time.perf_counter() - start) / ROUNDS
    print(f"bare writes {ms(bare)}   perform {ms(through)}   ratio {through / bare:.2f}")

    profile = cProfile.Profile()
    profile.enable()
    for purchase in rows[2 * ROUNDS :]:
        submit(line, purchase, office)
    profile.disable()
    stats: Any = pstats.Stats(profile)
    total = stats.total_tt
    for label, (name, place) in PARTS.items():
        spent = sum(s[3] for (file, _line, func), s in stats.stats.items() if func == name and file.endswith(place))
        print(f"  {label:<18} {spent / total:6.1%} of its time")
    rules = hundred_rules()
    print(f"one hundred rules {ms(rules)} (limit 2 ms): {'ok' if rules < 0.002 else 'NOT REACHED'}")


if __name__ == "__main__":
    with site():
        main()
