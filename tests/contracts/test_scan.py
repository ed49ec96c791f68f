"""The sealed paper as it was scanned, and in how many originals it was made."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Document
from gongyue.ledger.models import Entry

from . import stages
from .stages import SIGNED, attempt, rules

PDF = b"%PDF-1.4\ntrailer<<>>\n%%EOF\n"


def scan(content: bytes = PDF, name: str = "合同.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_signing_keeps_the_scan_under_its_hash_and_counts_the_originals(awarded: Line, accepted: Contract) -> None:
    outcome = attempt(awarded, "contract.sign", accepted, SIGNED, originals="6", scan=scan())
    assert outcome.entry is not None
    assert awarded.contract().originals == 6
    (kept,) = Document.objects.filter(subject=accepted.key)
    assert (kept.field, kept.name, kept.sha256, kept.restricted) == ("scan", "合同.pdf", sha256(PDF).hexdigest(), True)
    assert sha256(PDF).hexdigest() in Entry.objects.get(subject=accepted.key, action="contract.sign").body


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"originals": "0"}, {"originals": ["确保该值大于或等于1。"]}),
        ({"originals": ""}, {"originals": ["这个字段是必填项。"]}),
        ({"scan": scan(b"MZ this is a program")}, {"scan": ["文件的内容不是完整的 PDF 或 JPEG"]}),
    ],
)
def test_a_paper_that_is_none_is_told_so(
    awarded: Line, accepted: Contract, data: dict[str, object], said: dict[str, list[str]]
) -> None:
    outcome = attempt(awarded, "contract.sign", accepted, SIGNED, **data)
    assert (outcome.entry, outcome.form.errors) == (None, said)


def test_it_may_follow_later_and_again_but_not_before_the_signature(awarded: Line) -> None:
    early = attempt(awarded, "contract.scan", stages.accepted(awarded), SIGNED, scan=scan())
    assert rules(early) == ["kernel.state"]
    awarded.act("contract.sign", awarded.contract(), SIGNED)
    for name in ("一.pdf", "二.pdf"):
        awarded.act("contract.scan", awarded.contract(), date(2010, 10, 21), scan=scan(name=name))
    assert list(Document.objects.filter(field="scan").order_by("pk").values_list("name", flat=True)) == [
        "一.pdf",
        "二.pdf",
    ]
    assert awarded.contract().state == "signed"
    stranger = attempt(awarded, "contract.scan", awarded.contract(), date(2010, 10, 22), scan=scan(),
                       actor=awarded.actor("contract.accept"))  # fmt: skip
    assert rules(stranger) == ["kernel.capacity"]
