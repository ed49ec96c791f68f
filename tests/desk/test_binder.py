"""The binder: the papers in order, what stays out of it, and the file it makes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import filed
from gongyue.desk.binderfile import safe
from gongyue.kernel import storage
from gongyue.kernel.models import Document, Post
from gongyue.ledger.sequence import sequence
from gongyue.needs.models import NeedsAssessment
from gongyue.tendering.models import Bid, Tender

from .conftest import Desk, text

Today = Callable[[str], date]


@pytest.fixture
def signed(line: Line, today: Today, settings: Any, tmp_path: Any) -> Line:
    settings.MEDIA_ROOT = tmp_path
    filed(line, date(2010, 10, 10))
    sequence()
    today("2011-01-05")
    return line


def paper(line: Line, subject: str, name: str, content: str = "内容", *, restricted: bool = False) -> Document:
    kept = storage.keep(ContentFile(content.encode(), name="x"))
    return Document.objects.create(
        purchase=line.purchase, subject=subject, field="report", name=name, size=kept.size, sha256=kept.sha256, entry=1,
        restricted=restricted,
    )  # fmt: skip


def chapters(page: Any) -> list[str]:
    return [f"{c.number} {c.title}" for part in page.context["binder"].parts for c in part.chapters]


def files(page: Any) -> list[str]:
    parts = page.context["binder"].parts
    return [f.name for part in parts for c in part.chapters for one in c.papers for f in one.files]


def unzipped(answer: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_papers_stand_in_the_order_of_the_page(signed: Line, desk: Desk) -> None:
    client = desk(signed.cast.bureaus[signed.district][0])
    page = client.get(f"/purchases/{signed.purchase.pk}/binder/")
    found = chapters(page)
    names = [chapter.partition(" ")[2] for chapter in found]
    assert [n for n in names if n in {"招标", "投标", "评分表", "合同"}] == ["招标", "投标", "评分表", "合同"]
    assert f'href="/purchases/{signed.purchase.pk}/binder.zip"' in text(page)
    contract = next(c for part in page.context["binder"].parts for c in part.chapters if c.title == "合同").papers[0]
    assert (contract.at.date(), contract.leaf is not None) == (date(2010, 11, 21), True)
    assert f'href="/purchases/{signed.purchase.pk}/binder/"' in text(client.get(f"/purchases/{signed.purchase.pk}/"))


def test_what_is_restricted_or_anothers_stays_out(signed: Line, desk: Desk) -> None:
    needs = NeedsAssessment.objects.get()
    paper(signed, needs.key, "报告.txt")
    paper(signed, needs.key, "身份证.txt", restricted=True)
    url = f"/purchases/{signed.purchase.pk}/binder/"
    assert files(desk(signed.cast.bureaus[signed.district][0]).get(url)) == ["报告.txt"]
    stranger = signed.cast.streets[Line(signed.cast, signed.district, "建设街").street.pk]
    assert desk(stranger).get(url).status_code == 404
    assert desk(stranger).get(url.replace("binder/", "binder.zip")).status_code == 404


def test_sealed_bids_are_no_part_of_it(calling: Line, desk: Desk, today: Today, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    today("2010-11-20")
    bid = Bid.objects.get(organisation=calling.cast.social[0].organisation)
    paper(calling, bid.key, "方案.pdf")
    url = f"/purchases/{calling.purchase.pk}/binder/"
    bureau: Post = calling.cast.bureaus[calling.district][0]
    page = desk(bureau).get(url)
    assert (files(page), calling.cast.social[0].organisation.name in text(page)) == ([], False)
    assert files(desk(calling.cast.social[0]).get(url)) == ["方案.pdf"]
    other = desk(calling.cast.social[1]).get(url)
    assert (files(other), calling.cast.social[0].organisation.name in text(other)) == ([], False)


def test_a_losing_bidder_reads_no_other_bid(signed: Line, desk: Desk) -> None:
    winner = signed.latest(Tender).winner
    loser = next(post for post in signed.cast.social if signed.latest(Bid).organisation_id == post.organisation_id)
    assert loser.organisation_id != winner.organisation_id
    page = desk(loser).get(f"/purchases/{signed.purchase.pk}/binder/")
    bids = next(c for part in page.context["binder"].parts for c in part.chapters if c.title == "投标")
    assert [one.key for one in bids.papers] == [Bid.objects.get(organisation=loser.organisation).key]


def test_the_file_holds_an_index_and_every_file_by_number(signed: Line, desk: Desk) -> None:
    needs = NeedsAssessment.objects.get()
    paper(signed, needs.key, 'a<b>:"c|?*.txt', "甲")
    lost = paper(signed, needs.key, "遗失.txt", "乙")
    Document.objects.filter(pk=lost.pk).update(sha256="0" * 64)
    answer = desk(signed.cast.bureaus[signed.district][0]).get(f"/purchases/{signed.purchase.pk}/binder.zip")
    assert (answer["Content-Type"], answer.status_code) == ("application/zip", 200)
    archive = unzipped(answer)
    assert archive.testzip() is None
    kept = [name for name in archive.namelist() if name not in {"index.html", "binder.css"}]
    assert [name.rpartition("-")[2] for name in kept] == ["1 a_b___c___.txt"]
    assert hashlib.sha256(archive.read(kept[0])).hexdigest() == Document.objects.order_by("pk").first().sha256  # type: ignore[union-attr]
    index = archive.read("index.html").decode()
    assert index.count("文件缺失或与登记的摘要不符") == 1
    assert ("<script" in index, "style=" in index) == (False, False)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("计划.docx", "计划.docx"), ("../../etc/passwd", "_.._etc_passwd"), ("a\0b.txt", "a_b.txt"), (" . ", "_"),
        ("尾点.", "尾点"), ("长" * 100 + ".pdf", "长" * 56 + ".pdf"), ("", "_"),
    ],
)  # fmt: skip
def test_names_any_system_can_hold(name: str, kept: str) -> None:
    assert safe(name) == kept


def test_the_number_of_queries_does_not_grow_with_the_papers(
    signed: Line, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    client = desk(signed.cast.bureaus[signed.district][0])
    url = f"/purchases/{signed.purchase.pk}/binder/"
    client.get(url)
    with django_assert_max_num_queries(200) as before:
        client.get(url)
    for n in range(30):
        paper(signed, NeedsAssessment.objects.get().key, f"{n}.txt")
    with django_assert_max_num_queries(len(before)):
        assert len(files(client.get(url))) == 30
