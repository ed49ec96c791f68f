from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.disclosure.queries import PublicNotice, kinds, notices_at, notices_of, proof, public_notices
from gongyue.kernel.models import Organisation, Purchase, RegimeVersion
from gongyue.ledger.append import append
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Bid
from tests.contracts import stages
from tests.contracts.stages import moment

REGIME = "cn-gd-guangzhou"


def written(line: Line, number: int, *, personal: dict[str, Any] | None = None, regime: str | None = None) -> Entry:
    """An entry as the ledger would hold the signature of another contract of this purchase."""
    return append(
        subject=f"contract:{900_000 + number}", version=1, action="contract.sign", purchase=line.purchase.pk, post=None,
        person=None, organisation=None, at=moment(date(2010, 11, 1)), recorded_at=moment(date(2010, 11, 1)),
        request_id=uuid4(), regime=regime or RegimeVersion.objects.get(code=REGIME).digest, personal=personal,
        body={"input": {"signed_on": date(2010, 11, 1)}, "facts": {"contract.number": f"YX-{number}"}},
    )  # fmt: skip


@pytest.mark.clause("GZ-P-2.3a", "GZ-P-3.3.2b")
def test_a_notice_shows_what_the_list_names_in_the_words_of_the_entry(filed: Line) -> None:
    filing, contract = public_notices()
    provider, purchaser = filed.contract().provider, filed.contract().purchaser
    assert contract == PublicNotice(
        entry=Entry.objects.get(action="contract.sign").pk,
        kind="contract",
        title="合同公告",
        purchase=filed.purchase.pk,
        purchase_title="广卫街社区综合服务中心",
        division="广卫街",
        published_at=datetime(2010, 10, 20, 10, 0, tzinfo=LOCAL),
        fields=[
            ("合同编号", "YX-2010-01"),
            ("购买主体", str(purchaser)),
            ("承接主体", str(provider)),
            ("合同金额", "1,950,000.00 元"),
            ("资助期起", "2010-11-01"),
            ("资助期止", "2011-10-31"),
            ("签订日期", "2010-10-20"),
        ],
        values={
            "contract.number": "YX-2010-01",
            "contract.purchaser": str(purchaser),
            "contract.provider": str(provider),
            "contract.amount_fen": 195_000_000,
            "contract.starts_on": "2010-11-01",
            "contract.ends_on": "2011-10-31",
            "input.signed_on": "2010-10-20",
        },
        regime=REGIME,
        cite="gz-procedure-2010#二(三)",
    )
    assert (filing.kind, filing.title, filing.values["input.filing_number"]) == (
        "filing",
        "合同备案公告",
        "穗民备〔2010〕3号",
    )


def test_a_published_notice_is_the_ledgers_whatever_happens_to_tables(filed: Line) -> None:
    before, proven = notices_of(filed.purchase), proof(public_notices(kind="contract")[0].entry)
    Contract.objects.update(amount_fen=1, number="改过", signed_on=date(2011, 1, 1))
    Purchase.objects.update(title="改过")
    Organisation.objects.update(registration="company")
    Organisation.objects.filter(pk=filed.contract().provider_id).update(name="改过")
    Bid.objects.update(price_fen=1)
    assert notices_of(filed.purchase) == before
    assert proof(before[1].entry) == proven


def test_what_has_no_leaf_yet_is_not_public(line: Line) -> None:
    stages.signed(stages.awarded(line))
    entry = Entry.objects.get(action="contract.sign").pk
    assert (public_notices(), notices_of(line.purchase), notices_at(entry), proof(entry)) == ([], [], [], None)
    sequence()
    assert [notice.entry for notice in public_notices()] == [entry]
    assert notices_at(entry) == public_notices()
    assert proof(entry) is not None


def test_other_acts_are_not_published(filed: Line) -> None:
    for entry in Entry.objects.exclude(action__in=["contract.sign", "contract.file"]):
        assert (notices_at(entry.pk), proof(entry.pk)) == ([], None)


def test_the_list_goes_on_where_it_stopped(filed: Line) -> None:
    entries = [written(filed, number).pk for number in range(7)]
    sequence()
    first = public_notices(size=4)
    second = public_notices(size=4, before=first[-1].entry)
    third = public_notices(size=4, before=second[-1].entry)
    assert [n.entry for n in first + second][:7] == entries[::-1]
    assert [n.kind for n in second + third][-2:] == ["filing", "contract"]
    assert public_notices(before=third[-1].entry) == []


def test_one_kind_or_one_regime(filed: Line) -> None:
    assert [notice.kind for notice in public_notices(kind="filing")] == ["filing"]
    assert [notice.kind for notice in public_notices(regime=REGIME)] == ["filing", "contract"]
    assert public_notices(regime="cn-sc-chengdu") == public_notices(kind="nothing") == []


def test_a_notice_keeps_the_regime_it_was_made_under(filed: Line) -> None:
    """A later version that publishes nothing takes nothing back."""
    body = json.loads(RegimeVersion.objects.get(code=REGIME).body)
    text = json.dumps(body | {"disclosures": []})
    RegimeVersion.objects.create(code=REGIME, digest="0" * 64, jurisdiction="440100", body=text)
    before = public_notices()
    written(filed, 1, regime="0" * 64)
    sequence()
    assert [notice.kind for notice in before] == ["filing", "contract"]
    assert public_notices() == before


def test_what_is_only_committed_to_stays_closed(filed: Line) -> None:
    entry = written(filed, 1, personal={"input.signed_on": "2010-11-01"})
    sequence()
    (notice,) = notices_at(entry.pk)
    assert notice.values == {"contract.number": "YX-1"}


def test_the_page_takes_four_queries_whatever_its_length(filed: Line, django_assert_num_queries: Any) -> None:
    for count in (0, 10):
        for number in range(count):
            written(filed, number)
        sequence()
        with django_assert_num_queries(4):
            assert len(public_notices()) == count + 2


@pytest.mark.django_db
def test_kinds_are_named_in_the_readers_language(cast: object) -> None:
    assert kinds(REGIME)["contract"] == "合同公告"
    with translation.override("en"):
        assert kinds()["contract"] == "Contract notice"


def test_english_readers_get_english_figures(filed: Line) -> None:
    with translation.override("en"):
        (notice,) = public_notices(kind="contract")
    assert (notice.title, dict(notice.fields)["Contract number"]) == ("Contract notice", "YX-2010-01")
    assert "CNY 1,950,000.00" in dict(notice.fields).values()
