import hashlib
import json
from datetime import date, datetime
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from gongyue.ledger.append import commitment
from gongyue.ledger.models import Entry, Leaf, Opening, TreeHead
from gongyue.ledger.sequence import sequence

from .conftest import Write


@pytest.mark.django_db
def test_the_text_is_canonical_and_its_digest_is_the_leaf_hash(write: Write) -> None:
    entry = write(
        request_id="00000000-0000-0000-0000-000000000001",
        body={"乙": 1, "on": date(2011, 3, 1), "third": Fraction(1, 3)},
    )
    assert entry.body == (
        '{"action":"contract.sign","at":"2011-03-01T04:00:00.000000Z","by":[3,2,1],"prev":"","purchase":7,'
        '"recorded_at":"2011-03-01T04:00:00.000000Z","regime":"ab","request":"00000000-0000-0000-0000-000000000001",'
        '"subject":"contract:900","version":1,"content":{"on":"2011-03-01","third":"1/3","乙":1}}'
    )
    assert entry.digest == hashlib.sha256(b"\0" + entry.body.encode()).hexdigest()


@pytest.mark.django_db
def test_each_entry_is_chained_to_the_one_before(write: Write) -> None:
    first, second, other = write(), write(), write("contract:901")
    assert (first.prev, second.prev, other.prev) == ("", first.digest, "")


@pytest.mark.django_db
@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_does_not_follow_is_refused(write: Write, version: int) -> None:
    write()
    with pytest.raises(ValueError, match=f"contract:900: version {version} does not follow 1"):
        write(version=version)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, datetime(2011, 3, 1), b"x"])
def test_what_has_no_exact_text_is_refused(write: Write, value: object) -> None:
    with pytest.raises(TypeError):
        write(body={"value": value})


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["subject", "action", "regime"])
@pytest.mark.parametrize("sign", ['"', "\\", "\n"])
def test_a_name_cannot_break_out_of_its_quotes(write: Write, name: str, sign: str) -> None:
    with pytest.raises(ValueError, match="a quote, backslash or control character"):
        write(**{"subject": "contract:900", name: f"a{sign}b"})


@pytest.mark.django_db
@pytest.mark.parametrize("personal", [{"input.name": None}, {"input": {"name": "甲"}, "input.name": "甲"}])
def test_a_commitment_needs_a_value_and_a_place_of_its_own(write: Write, personal: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="nothing to commit to at input.name"):
        write(personal=personal)


@pytest.mark.django_db
def test_a_personal_value_replaces_what_the_body_says_in_its_place(write: Write) -> None:
    entry = write(body={"input": {"name": "陈婉仪"}}, personal={"input.name": "陈婉仪"})
    assert "陈婉仪" not in entry.body


NOBODY = {"post": None, "person": None, "organisation": None}


@pytest.mark.django_db
def test_only_what_is_founded_has_no_actor(write: Write) -> None:
    assert write(**NOBODY).person_id is None
    with pytest.raises(IntegrityError), transaction.atomic():
        write(**NOBODY)
    with pytest.raises(IntegrityError), transaction.atomic():
        write("contract:901", post=None)


@pytest.mark.django_db
def test_personal_values_enter_as_commitments_and_can_be_erased(write: Write) -> None:
    entry = write(body={"input": {"amount": 5}}, personal={"input.name": "陈婉仪"})
    opening = Opening.objects.get(entry=entry)
    committed = commitment(opening.salt, "陈婉仪")
    assert json.loads(entry.body)["content"] == {"input": {"amount": 5, "name": {"commitment": committed}}}
    assert (opening.path, opening.value, len(opening.salt)) == ("input.name", "陈婉仪", 32)
    opening.delete()
    assert hashlib.sha256(b"\0" + entry.body.encode()).hexdigest() == entry.digest


STATEMENTS = {
    "update": "UPDATE {table} SET id = id + 1",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Entry, Leaf, TreeHead])
@pytest.mark.parametrize("verb", STATEMENTS)
def test_the_database_refuses_every_change(write: Write, model: type[Model], verb: str) -> None:
    if verb == "truncate" and connection.vendor == "sqlite":
        verb = "delete"  # what SQLite has instead
    write()
    sequence()
    before = model._default_manager.count()
    connection.check_constraints()  # PostgreSQL does not truncate while deferred checks wait
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[verb].format(table=model._meta.db_table))
    assert model._default_manager.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["id", "subject, version", "request_id"])
def test_an_insert_cannot_replace_a_row(write: Write, key: str) -> None:
    """On SQLite INSERT OR REPLACE removes the row in its way without a DELETE; PostgreSQL has nothing like it."""
    if connection.vendor != "sqlite":
        key = "none"
    entry = write()
    columns = [str(field.column) for field in Entry._meta.concrete_fields]
    new = {"id": entry.pk + 1000, "version": 9, "request_id": "f" * 32, "body": "another"}
    kept = ", ".join(f"'{new[name]}'" if name in new and name not in key.split(", ") else name for name in columns)
    statement = f"INSERT OR REPLACE INTO ledger_entry SELECT {kept} FROM ledger_entry WHERE id = {entry.pk}"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get(subject=entry.subject).body == entry.body
