"""递交: only sealed, only one's own, only whole, only in time."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Refused
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import (
    Bid,
    SealedFile,
    SealedUpload,
    Tender,
)
from tests.tendering.conftest import DUE, attempt, objections

from .conftest import DAY, PRICE, TEXTS, begin, bodies, first, hand_in, pieces, take

pytestmark = pytest.mark.django_db


def test_a_sealed_bid_leaves_nothing_to_read(handed: Line) -> None:
    row = first(handed)
    bid = row.bid
    assert (bid.unread, bid.price_fen, bid.plan, bid.fund_rules, bid.profile, bid.snapshot) == (
        True, None, "", "", "", {},
    )  # fmt: skip
    told = bodies("bid.submit")[0]["input"]
    receipt = sealing.digest(row.upload.receipt.encode())
    assert told["upload"] | {"bytes": 0} == {
        "receipt": receipt, "lock": sealing.digest(handed.latest(Tender).lock.encode()), "parts": 6, "bytes": 0,
        "snapshot": row.upload.snapshot,
    }  # fmt: skip
    assert {told[name] for name in ("price", "plan", "fund_rules", "profile", "snapshot")} == {None}


def test_nothing_of_a_sealed_call_is_taken_in_the_clear(called: Line) -> None:
    actor = called.cast.social[0]
    at = DAY
    staged, _sealed = story.upload(called.latest(Tender), actor, at, story.parts(actor, at.date(), PRICE, TEXTS))
    outcome = attempt(called, "bid.submit", None, at, actor=actor, upload=staged.token, price=PRICE)
    assert outcome.form.errors == {"upload": ["本次招标只收密封的投标文件：报价等内容不得以明文提交"]}
    assert Bid.objects.count() == 0


def test_a_call_on_paper_takes_no_upload(announced: Line) -> None:
    form = attempt(announced, "bid.submit", None, DAY, actor=announced.cast.social[0], upload="0" * 32).form
    assert "upload" not in form.fields


def test_anothers_upload_is_not_handed_in(called: Line) -> None:
    staged, _sealed = begin(called, 1)
    assert hand_in(called, staged).form.errors == {"upload": ["投标文件还没有封装上传完"]}


def test_an_upload_is_handed_in_once(called: Line) -> None:
    staged, _sealed = begin(called)
    bid = hand_in(called, staged).subject
    called.act("bid.withdraw", bid, DAY, actor=called.cast.social[0], reason="重新封装。")
    assert hand_in(called, staged).form.errors == {"upload": ["投标文件还没有封装上传完"]}


def test_a_file_cut_short_is_no_bid(called: Line) -> None:
    staged, _sealed = begin(called)
    SealedFile.objects.filter(upload=staged, name="plan").update(whole=False)
    assert hand_in(called, staged).form.errors == {"upload": ["投标文件还没有封装上传完"]}


def test_a_profile_changed_since_is_sealed_anew(called: Line) -> None:
    actor = called.cast.social[0]
    given = story.parts(actor, DAY.date(), PRICE, TEXTS)
    staged, _sealed = story.upload(called.latest(Tender), actor, DAY, given, declared="0" * 64)
    assert hand_in(called, staged).form.errors == {"upload": ["封装之后机构档案有改动，请重新封装"]}


def test_a_rivals_files_and_receipt_are_not_ones_own(called: Line) -> None:
    """The name in every header begins with the bidder's number."""
    _staged, sealed = begin(called, 1)
    mine = staging.begin(called.latest(Tender), called.cast.social[0], at=DAY)
    wraps = {name: b64encode(file).decode() for name, file in sealed.wraps.items()}
    with pytest.raises(sealing.SealError, match="made for another bid"):
        staging.declare(mine, receipt=sealed.receipt, wraps=wraps, snapshot="0" * 64, at=DAY)


def test_a_wrap_that_the_receipt_does_not_name_is_not_taken(called: Line) -> None:
    tender, actor = called.latest(Tender), called.cast.social[0]
    mine = staging.begin(tender, actor, at=DAY)
    given = story.parts(actor, DAY.date(), PRICE, TEXTS)
    sealed, other = (sealing.seal(lock=tender.lock.encode(), bid=mine.bid_name, parts=given) for _number in range(2))
    wraps = {name: b64encode(file).decode() for name, file in other.wraps.items()}
    with pytest.raises(staging.StagingError, match="wraps"):
        staging.declare(mine, receipt=sealed.receipt, wraps=wraps, snapshot="0" * 64, at=DAY)


@pytest.mark.parametrize(("late", "expected"), [(-1, []), (0, ["bid-in-time"]), (1, ["bid-in-time"])])
def test_late_is_late_to_the_second(called: Line, late: int, expected: list[str]) -> None:
    staged, _sealed = begin(called)
    outcome = hand_in(called, staged, DUE + timedelta(seconds=late))
    assert ([finding.rule for finding in outcome.findings], outcome.entry is None) == (expected, bool(expected))
    assert Refused.objects.filter(action="bid.submit").count() == len(expected)


def test_a_deadline_reached_in_the_middle_of_an_upload(called: Line) -> None:
    """What was uploaded stays for the file; it is no bid."""
    staged, content = pieces(called, 2_500_000)
    take(staged, 0, content[: staging.CHUNK])
    outcome = hand_in(called, staged, DUE)
    assert (outcome.entry, Bid.objects.count(), SealedUpload.objects.filter(accepted=None).count()) == (None, 0, 1)


def test_a_clock_moved_back_takes_no_bid(called: Line) -> None:
    """Somebody uploaded at the deadline; then the server's clock is an hour early."""
    staged, _sealed = begin(called)
    SealedUpload.objects.update(touched_at=DUE)
    outcome = hand_in(called, staged, DUE - timedelta(hours=1))
    assert list(outcome.form.errors) == ["upload"]
    assert "系统时钟早于已经记录的上传或者被拒的时间" in str(outcome.form.errors["upload"])


def test_who_was_too_late_is_not_taken_by_a_clock_moved_back(called: Line) -> None:
    staged, _sealed = begin(called)
    assert objections(hand_in(called, staged, DUE + timedelta(minutes=5))) == ["bid-in-time"]
    outcome = hand_in(called, staged, DUE - timedelta(minutes=5))
    assert "系统时钟早于已经记录的上传或者被拒的时间" in str(outcome.form.errors["upload"])
    assert (outcome.entry, Bid.objects.count()) == (None, 0)


def test_nor_does_it_let_a_bid_be_withdrawn(called: Line) -> None:
    staged, _sealed = begin(called)
    bid = hand_in(called, staged).subject
    mine = {"actor": called.cast.social[0], "reason": "改。"}
    assert objections(attempt(called, "bid.withdraw", bid, DUE + timedelta(minutes=5), **mine)) == ["bid-in-time"]
    outcome = attempt(called, "bid.withdraw", bid, DUE - timedelta(minutes=5), **mine)
    assert "系统时钟早于已经记录的上传或者被拒的时间" in str(outcome.form.errors["reason"])
    assert Bid.objects.get().state == "submitted"


EVENTS = st.lists(
    st.tuples(st.sampled_from(["submit", "withdraw"]), st.sampled_from([0, 1]), st.integers(0, 5)), max_size=8
)


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_whatever_the_order_only_the_last_standing_bid_counts(called: Line, events: list[tuple[str, int, int]]) -> None:
    """Submitting and withdrawing around the deadline, in any order: at most one live bid each, none from after it."""
    with transaction.atomic():
        at, live = DUE - timedelta(seconds=12), dict.fromkeys((0, 1), False)
        for what, index, step in events:
            at += timedelta(seconds=step)
            actor, in_time = called.cast.social[index], at < DUE
            if what == "submit":
                if not live[index]:
                    staged = story.upload(
                        called.latest(Tender), actor, min(at, DUE), story.parts(actor, at.date(), PRICE, TEXTS)
                    )[0]
                    done = hand_in(called, staged, at, index).entry is not None
                    assert done == in_time
                    live[index] = live[index] or done
            elif live[index]:
                bid = Bid.objects.get(organisation=actor.organisation, state="submitted")
                done = attempt(called, "bid.withdraw", bid, at, actor=actor, reason="改").entry is not None
                assert done == in_time
                live[index] = not done
        standing = Bid.objects.filter(state="submitted").values_list("organisation", "submitted_at")
        assert sorted(pk for pk, _at in standing) == sorted(
            called.cast.social[index].organisation_id for index, lives in live.items() if lives
        )
        assert all(submitted < DUE for _pk, submitted in standing)
        transaction.set_rollback(True)
