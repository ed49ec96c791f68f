"""Files and proofs go to those who may see the purchase, and a proof proves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City
from gongyue.demonstration.line import Line
from gongyue.kernel import storage
from gongyue.kernel.models import Document
from gongyue.ledger.merkle import verify_inclusion
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.oversight.models import Recommendation
from gongyue.programmes.models import Task
from gongyue.tendering.models import Bid

from .conftest import Desk, text

Today = Callable[[str], date]


@pytest.fixture
def paper(line: Line, today: Today, settings: Any, tmp_path: Any) -> Document:
    settings.MEDIA_ROOT = tmp_path
    purchase = line.open(date(2010, 8, 2))
    sequence()
    today("2010-08-03")
    kept = storage.keep(ContentFile("需求报告".encode(), name="报告.txt"))
    return Document.objects.create(
        purchase=purchase,
        subject=purchase.key,
        field="report",
        name=kept.name,
        size=kept.size,
        sha256=kept.sha256,
        entry=1,
    )


def test_a_file_goes_to_those_who_see_the_purchase(paper: Document, line: Line, desk: Desk) -> None:
    answer = desk(line.cast.finances[line.district]).get(f"/documents/{paper.pk}/")
    assert b"".join(answer.streaming_content) == "需求报告".encode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment;")
    stranger = line.cast.streets[Line(line.cast, line.district, "建设街").street.pk]
    for post in (stranger, line.cast.social[0]):
        assert desk(post).get(f"/documents/{paper.pk}/").status_code == 404


def test_a_restricted_file_is_on_no_general_page(paper: Document, line: Line, desk: Desk) -> None:
    Document.objects.filter(pk=paper.pk).update(restricted=True)
    client = desk(line.cast.city[0])
    assert client.get(f"/documents/{paper.pk}/").status_code == 404
    assert client.get(f"/purchases/{paper.purchase_id}/").context["case"].documents == []


def test_a_sealed_bids_papers_wait_for_the_opening(calling: Line, desk: Desk, today: Today, settings: Any) -> None:
    today("2010-11-20")
    bid = Bid.objects.get(organisation=calling.cast.social[0].organisation)
    paper = Document.objects.create(
        purchase=calling.purchase, subject=bid.key, field="plan", name="方案.pdf", size=1, sha256="0" * 64, entry=1
    )
    entry = Entry.objects.get(subject=bid.key)
    client = desk(calling.cast.bureaus[calling.district][0])
    assert client.get(f"/documents/{paper.pk}/").status_code == 404
    assert client.get(f"/purchases/{calling.purchase.pk}/entries/{entry.pk}/proof.json").status_code == 404
    assert client.get(f"/purchases/{calling.purchase.pk}/").context["case"].documents == []


@pytest.fixture
def pilot(cast: Cast, today: Today, settings: Any, tmp_path: Any) -> City:
    """The city has launched its pilot and drafted a norm, with the draft as a file."""
    settings.MEDIA_ROOT = tmp_path
    city = City(cast)
    city.launch(date(2010, 7, 5))
    city.draft("procedure", date(2010, 7, 6), paper=SimpleUploadedFile("规范草案.txt", "第一稿".encode()))
    today("2010-07-20")
    return city


def test_a_norms_file_goes_to_the_offices_of_its_city(pilot: City, desk: Desk) -> None:
    paper, cast = Document.objects.get(), pilot.cast
    assert cast.legal is not None
    for post in (cast.legal, cast.bureaus["440104"][0]):
        client = desk(post)
        assert f'href="/documents/{paper.pk}/"' in text(client.get("/programme/"))
        assert b"".join(client.get(f"/documents/{paper.pk}/").streaming_content) == "第一稿".encode()  # type: ignore[attr-defined]
    for post in (cast.social[0], cast.experts[0]):
        assert desk(post).get(f"/documents/{paper.pk}/").status_code == 404
    Document.objects.update(restricted=True)
    assert desk(cast.legal).get(f"/documents/{paper.pk}/").status_code == 404


def test_a_tasks_file_stands_with_its_answer(pilot: City, desk: Desk) -> None:
    task, transport = Task.objects.get(code="transport"), pilot.cast.departments["transport"]
    pilot.act("task.answer", task, transport, date(2010, 7, 20), paper=SimpleUploadedFile("站点方案.txt", b"plan"))
    paper = Document.objects.get(subject=task.key)
    assert f'href="/documents/{paper.pk}/"' in text(desk(pilot.cast.city[0]).get("/programme/"))


def test_what_answers_a_recommendation_goes_to_its_two_ends(
    line: Line, desk: Desk, today: Today, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    line.open(date(2010, 8, 1))
    auditor, finance = line.cast.audits[line.district], line.cast.finances[line.district]
    made = line.act("recommendation.make", Recommendation.unborn(None, auditor)[0], date(2010, 8, 2), actor=auditor)
    proof = SimpleUploadedFile("整改报告.txt", b"done")
    line.act("recommendation.answer", made.subject, date(2010, 8, 3), actor=finance, evidence=proof)
    today("2010-08-04")
    url = f"/documents/{Document.objects.get(subject=made.subject.key).pk}/"
    for post in (auditor, finance):
        assert b"".join(desk(post).get(url).streaming_content) == b"done"  # type: ignore[attr-defined]
    assert desk(line.cast.city[0]).get(url).status_code == 404
    assert f'href="{url}"' in text(desk(finance).get("/recommendations/"))


def test_the_proof_of_an_entry_proves(paper: Document, line: Line, desk: Desk) -> None:
    entry = Entry.objects.get(action="purchase.open")
    url = f"/purchases/{paper.purchase_id}/entries/{entry.pk}/proof.json"
    proof = desk(line.cast.city[0]).get(url).json()
    assert hashlib.sha256(b"\0" + proof["text"].encode()).hexdigest() == proof["leaf"] == entry.digest
    path = [bytes.fromhex(node) for node in proof["path"]]
    leaf, root = bytes.fromhex(proof["leaf"]), bytes.fromhex(proof["root"])
    assert verify_inclusion(leaf, proof["index"], proof["size"], path, root) is True
    assert desk(line.cast.social[0]).get(url).status_code == 404
    other = url.replace(f"/entries/{entry.pk}/", "/entries/987654/")
    assert desk(line.cast.city[0]).get(other).status_code == 404
