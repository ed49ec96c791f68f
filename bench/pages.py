"""List, inbox, purchase page and regime page at 1 000, 10 000 and 100 000 purchases: same queries, same time?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from support import DISTRICT, REGIME, ms, quickest, site, town

SIZES = (1_000, 10_000, 100_000)
LIMIT = 1.2  # time at the largest, against the smallest, both in yardsticks
QUERIES = {"list": 15, "purchase": 25}  # at most


def multiply(template: int, count: int) -> None:
    """Copy a purchase with its roles, obligations and ledger entries, in SQL. Only a measurement may do this."""
    from django.db import connection, models

    from gongyue.kernel.models import Obligation, Purchase, Role

    uuid = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    text = "" if connection.vendor == "sqlite" else "::text"
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    with connection.cursor() as cursor:

        def columns(of: type[models.Model], *but: str) -> list[str]:
            """Every column that is written, so that none added later is forgotten."""
            written = [field for field in of._meta.concrete_fields if not field.generated and not field.primary_key]
            return [field.column for field in written if field.column not in but]

        def copied(of: type[models.Model], where: str) -> None:
            table, names = of._meta.db_table, columns(of, "purchase_id")
            own = ", ".join(f"o.{name}" for name in names)
            cursor.execute(
                f"INSERT INTO {table} (purchase_id, {', '.join(names)}) SELECT p.id, {own} FROM kernel_purchase p, "
                f"{table} o WHERE o.purchase_id = %s AND p.id > %s AND {where}",
                [template, last],
            )

        cursor.execute("SELECT max(id) FROM kernel_purchase")
        last = cursor.fetchone()[0]
        purchase = ", ".join(columns(Purchase, "programme"))
        cursor.execute(
            f"{numbers} INSERT INTO kernel_purchase ({purchase}, programme) "
            f"SELECT {purchase}, '' FROM kernel_purchase, n WHERE id = %s",
            [template],
        )
        copied(Role, "TRUE")
        copied(Obligation, "o.is_open")
        cursor.execute(
            "INSERT INTO ledger_entry (purchase, subject, version, action, post_id, person_id, organisation_id, at, "
            "recorded_at, request_id, regime, prev, body, digest) "
            f"SELECT p.id, 'bench:' || p.id{text} || ':' || e.id{text}, 1, e.action, e.post_id, e.person_id, "
            f"e.organisation_id, e.at, e.recorded_at, {uuid}, e.regime, '', e.body, e.digest "
            "FROM kernel_purchase p, ledger_entry e WHERE e.purchase = %s AND p.id > %s AND e.action IN "
            "('purchase.open', 'implementation.submit', 'tender.publish', 'tender.award', 'contract.sign')",
            [template, last],
        )
        cursor.execute("ANALYZE")


def measure(visitor: Any, pages: dict[str, str]) -> dict[str, tuple[int, float, float]]:
    """Of each page: queries, seconds, and seconds in yardsticks of the same moment."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, address in pages.items():
        assert visitor.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address)
        asked = len(queries)
        seconds, yard = quickest(lambda address=address: visitor.get(address), 40)
        found[name] = (asked, seconds, seconds / yard)
    return found


def main() -> None:
    from django.test import Client

    from gongyue import clock
    from gongyue.demonstration.line import Line
    from gongyue.demonstration.streets import paid_in_time
    from gongyue.kernel.models import Purchase

    cast = town(DISTRICT)
    line = Line(cast, DISTRICT, "广卫街")
    paid_in_time(line)
    clock.advance(date(2011, 3, 1) + timedelta())
    visitor = Client(SERVER_NAME="127.0.0.1")
    visitor.force_login(cast.bureaus[DISTRICT][0].person, backend="django.contrib.auth.backends.ModelBackend")
    own = line.purchase.pk
    pages = {
        "list": "/purchases/", "inbox": "/desk/", "purchase": f"/purchases/{own}/", "regime": f"/regimes/{REGIME}/",
    }  # fmt: skip
    results = {}
    for size in SIZES:
        multiply(own, size - Purchase.objects.count())
        results[size] = measure(visitor, pages)
        for name, (queries, seconds, _yards) in results[size].items():
            print(f"{size:>7} purchases  {name:<9} {queries:>3} queries  {ms(seconds):>10}")
    first, last = results[SIZES[0]], results[SIZES[-1]]
    for name in pages:
        ratio = last[name][2] / first[name][2]
        same = len({results[size][name][0] for size in SIZES}) == 1
        few = first[name][0] <= QUERIES.get(name, first[name][0])
        verdict = "ok" if same and few and ratio <= LIMIT else "NOT REACHED"
        print(f"{name:<9} time × {ratio:.2f} (limit {LIMIT}), queries {'the same' if same else 'differ'}: {verdict}")


if __name__ == "__main__":
    with site():
        main()
