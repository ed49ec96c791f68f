"""开标: with the keys of enough holders, whatever fails."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, timedelta
from pathlib import Path

import pyrage
import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS, PUBLIC
from gongyue.demonstration.line import Line
from gongyue.kernel import storage
from gongyue.kernel.models import Obligation, Post, Refused
from gongyue.ledger.models import Entry
from gongyue.tendering import sealing, staging, unsealing
from gongyue.tendering.models import (
    Bid,
    BidPaper,
    Layer,
    Opening,
    SealedBid,
    SealedFile,
    Tender,
)
from gongyue.tendering.sealing import Part
from tests.tendering.conftest import DUE, OPENING, attempt, moment, objections

from .conftest import DAY, FILE, PLAN, PRICE, PROFILE, RULES, TEXTS, begin, bodies, copies, first, hand_in, issue, spoil

pytestmark = pytest.mark.django_db

LATER = OPENING + timedelta(minutes=31)


def test_every_early_attempt_is_refused_and_recorded(handed: Line) -> None:
    for seconds in (86_400, 1):
        outcome = attempt(handed, "tender.open", handed.latest(Tender), DUE - timedelta(seconds=seconds))
        assert objections(outcome) == ["opening-after-deadline"]
    kept = Refused.objects.filter(action="tender.open", subject=handed.latest(Tender).key)
    assert (kept.count(), Opening.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    "names", [("city_bureau", "purchaser"), ("city_bureau", "street_office"), ("purchaser", "street_office")]
)
def test_any_two_keys_open_and_the_third_may_be_lost(handed: Line, names: tuple[str, str]) -> None:
    (lost,) = set(KEYS) - set(names)
    handed.act("keyholder.lose", story.key_of(handed, lost), DAY, actor=story.holder(handed, lost), reason="遗失。")
    story.opened(handed, OPENING, names)
    row = first(handed)
    bid = row.bid
    assert (row.state, row.opened_how, bid.unread, bid.price_fen) == ("opened", "keys", False, 197_345_678)
    assert (bid.plan, bid.fund_rules, bid.profile) == (PLAN, RULES, PROFILE)
    paper = BidPaper.objects.get(bid=bid)
    assert (paper.name, paper.size, paper.sha256) == (FILE.name, len(FILE.content), sealing.digest(FILE.content))
    with storage.open_stored(paper.sha256) as file:
        assert file.read() == FILE.content
    assert handed.latest(Opening).state == "closed"


def test_one_key_opens_nothing(begun: Line) -> None:
    story.use_key(begun, "city_bureau", OPENING)
    assert SealedBid.objects.exclude(identity="").count() == 0
    outcome = attempt(begun, "sealedbid.open", first(begun), OPENING, actor=story.holder(begun, "purchaser"))
    assert outcome.form.errors == {"out": ["钥匙还没有用够，解不开这份投标"]}


def test_a_holder_does_not_take_anothers_turn(begun: Line) -> None:
    """The street comes last in every subset: before the others it has nothing to do."""
    found = [{"sealed": first(begun).pk, "wrap": "purchaser+street_office", "inner": "YWFh"}]
    street = story.holder(begun, "street_office")
    outcome = attempt(begun, "opening.unlock", begun.latest(Opening), OPENING, actor=street, layers=found)
    assert list(outcome.form.errors) == ["layers"]
    stranger = begun.cast.social[0]
    outcome = attempt(begun, "opening.unlock", begun.latest(Opening), OPENING, actor=stranger, layers=found)
    assert objections(outcome) == ["kernel.capacity"]


def test_a_made_up_key_is_not_taken(begun: Line) -> None:
    story.use_key(begun, "city_bureau", OPENING)
    other = b64encode(str(pyrage.x25519.Identity.generate()).encode()).decode()
    found = [{"sealed": first(begun).pk, "wrap": "city_bureau+purchaser", "inner": other}]
    begun.act("opening.unlock", begun.latest(Opening), OPENING, actor=story.holder(begun, "purchaser"), layers=found)
    assert SealedBid.objects.exclude(identity="").count() == 0
    assert bodies("opening.unlock")[-1]["input"]["layers"]["failed"] == [f"{first(begun).pk} city_bureau+purchaser"]


def nonsense(line: Line, actor: Post) -> None:
    """A bid under whose outer layers there is no further layer, nor a key: its receipt commits to just that."""
    staged = staging.begin(line.latest(Tender), actor, at=DAY)
    lock = sealing.parse(staged.tender.lock.encode())
    sealed = sealing.seal(
        lock=staged.tender.lock.encode(), bid=staged.bid_name, parts=story.parts(actor, DAY.date(), PRICE, TEXTS)
    )
    receipt, wraps = sealing.parse(sealed.receipt), {}
    for wrap in receipt["wraps"]:
        empty = pyrage.encrypt(b"nothing", [sealing.recipient(lock["holders"][wrap["holders"][0]])])
        wraps["+".join(wrap["holders"])] = b64encode(empty).decode()
        wrap |= {"sha256": sealing.digest(empty), "size": len(empty)}
    taken = sealing.digest(staging.profile(staged))
    staging.declare(staged, receipt=sealing.canonical(receipt), wraps=wraps, snapshot=taken, at=DAY)
    for name, file in sealed.parts.items():
        story.send(staged, SealedFile.Kind.PART, name, file, DAY)
    assert hand_in(line, staged).entry is not None


def test_a_bid_that_no_key_can_open_does_not_keep_the_others_shut(called: Line) -> None:
    nonsense(called, called.cast.social[0])
    for index in (1, 2, 3):
        story.hand_in(called, called.cast.social[index], DAY, PRICE)
    called.act("tender.open", called.latest(Tender), OPENING)
    for name in ("city_bureau", "purchaser"):
        story.use_key(called, name, OPENING)
    assert SealedBid.objects.exclude(identity="").count() == 3
    called.act("sealedbid.ask_copy", first(called), OPENING, minutes=30)
    called.act("sealedbid.leave", first(called), LATER, reason="各把钥匙都解不开，投标人没有自存副本。")
    assert first(called).state == "unopened"


def two_keys(line: Line) -> None:
    """Of the purchaser and the city's bureau only."""
    for name in ("purchaser", "city_bureau"):
        given = {"actor": story.holder(line, name), "recipient": PUBLIC[name], "kept": True}
        line.act("keyholder.take", None, date(2010, 11, 4), **given)


def test_a_lock_that_needs_every_key_is_set_only_with_the_bidders_own_copy(prepared: Line) -> None:
    """Otherwise one holder's word that its key fails would shut out whom it likes."""
    two_keys(prepared)
    at = moment("2010-11-04")
    without = attempt(prepared, "tender.seal", prepared.latest(Tender), at, threshold="2")
    assert objections(without) == ["no-holder-alone-shuts-out"]
    assert attempt(prepared, "tender.seal", prepared.latest(Tender), at, threshold="2", own_copy=True).entry
    assert prepared.latest(Tender).own_copy


def test_a_third_key_does_as_well(prepared: Line) -> None:
    story.lock(prepared, date(2010, 11, 4), own_copy=False)
    assert (prepared.latest(Tender).sealed, prepared.latest(Tender).own_copy) == (True, False)


def test_whom_one_holder_would_shut_out_is_first_asked_for_its_own_copy(prepared: Line) -> None:
    line = prepared
    two_keys(line)
    line.act("tender.seal", line.latest(Tender), date(2010, 11, 4), threshold="2", own_copy=True)
    line.act("tender.appoint", line.latest(Tender), date(2010, 11, 5))
    line.act("tender.publish", line.latest(Tender), date(2010, 11, 8), bids_due_at=DUE.strftime("%Y-%m-%dT%H:%M"))
    sealed = {index: story.hand_in(line, line.cast.social[index], DAY, PRICE)[1] for index in (0, 1, 3)}
    line.act("tender.open", line.latest(Tender), OPENING)
    early = attempt(line, "sealedbid.ask_copy", first(line), OPENING, minutes=30)
    assert objections(early) == ["copy-only-if-keys-fail"]
    (wrap,) = first(line).upload.wraps
    claimed = [{"sealed": first(line).pk, "wrap": wrap, "inner": ""}]
    bureau = story.holder(line, "city_bureau")
    line.act("opening.unlock", line.latest(Opening), OPENING, actor=bureau, layers=claimed)
    assert objections(attempt(line, "sealedbid.leave", first(line), OPENING, reason="打不开")) == [
        "left-after-own-copy"
    ]
    line.act("sealedbid.ask_copy", first(line), OPENING, minutes=30)
    waiting = attempt(line, "sealedbid.leave", first(line), OPENING + timedelta(minutes=30), reason="打不开")
    assert objections(waiting) == ["left-after-own-copy"]
    copies(line, first(line).upload, sealed[0])
    line.act("sealedbid.stand_in", first(line), OPENING + timedelta(minutes=30), actor=line.cast.social[0])
    assert (first(line).opened_how, first(line).bid.price_fen) == ("copy", 197_345_678)


@pytest.mark.parametrize("layers", ["", "[]", "x", '[{"sealed":1}]', "[1]", '[{"sealed":"1","wrap":"a","inner":""}]'])
def test_what_is_no_list_of_layers_is_not_taken(begun: Line, layers: str) -> None:
    actor = story.holder(begun, "purchaser")
    outcome = attempt(begun, "opening.unlock", begun.latest(Opening), OPENING, actor=actor, layers=layers)
    assert list(outcome.form.errors) == ["layers"]


def test_a_ciphertext_edited_is_named_and_does_not_stop_the_others(begun: Line, files: Path) -> None:
    spoil(begun, files)
    story.use_key(begun, "city_bureau", OPENING)
    story.use_key(begun, "purchaser", OPENING)
    purchaser = story.holder(begun, "purchaser")
    for row in SealedBid.objects.order_by("pk"):
        opened = attempt(begun, "sealedbid.open", row, OPENING, actor=purchaser)
        assert (opened.entry is None) == (row.pk == first(begun).pk)
    begun.act("sealedbid.fault", first(begun), OPENING, actor=purchaser)
    assert (first(begun).faults, first(begun).bid.price_fen) == ([["price", "changed"]], None)
    assert bodies("sealedbid.fault")[0]["input"]["out"]["faults"] == [["price", "changed"]]
    assert objections(attempt(begun, "opening.read", begun.latest(Opening), OPENING)) == ["all-opened-or-left"]
    begun.act("sealedbid.ask_copy", first(begun), OPENING, minutes=30)
    begun.act("sealedbid.leave", first(begun), LATER, reason="存储的密文与回执摘要不符，投标人没有自存副本。")
    begun.act("opening.read", begun.latest(Opening), LATER)
    assert [line["left"] != "" for line in begun.latest(Opening).record] == [True, False, False]
    refused = attempt(begun, "bid.qualify", first(begun).bid, LATER)
    assert objections(refused) == ["reviewed-once-read"]
    assert first(begun).bid.reviewed


def test_the_bidders_own_copy_stands_in_where_the_documents_say_so(called: Line, files: Path) -> None:
    bid, sealed = story.hand_in(called, called.cast.social[0], DAY, PRICE, files=[FILE], **TEXTS)
    for index in (1, 3):
        story.hand_in(called, called.cast.social[index], DAY, "1950000")
    called.act("tender.open", called.latest(Tender), OPENING)
    copies(called, first(called).upload, sealed)
    bidder = called.cast.social[0]
    assert objections(attempt(called, "sealedbid.stand_in", first(called), OPENING, actor=bidder)) == [
        "copy-only-if-keys-fail"
    ]
    for name in ("city_bureau", "street_office"):
        called.act("keyholder.lose", story.key_of(called, name), OPENING, actor=story.holder(called, name), reason="失")
    called.act("sealedbid.stand_in", first(called), OPENING, actor=bidder)
    row = first(called)
    assert (row.state, row.opened_how, row.bid.price_fen, row.bid.plan) == ("opened", "copy", 197_345_678, PLAN)


def test_without_such_a_clause_no_copy_stands_in(prepared: Line) -> None:
    line = issue(prepared, own_copy=False)
    sealed = {index: story.hand_in(line, line.cast.social[index], DAY, PRICE)[1] for index in (0, 1, 3)}
    line.act("tender.open", line.latest(Tender), OPENING)
    for name in ("city_bureau", "street_office"):
        line.act("keyholder.lose", story.key_of(line, name), OPENING, actor=story.holder(line, name), reason="失")
    copies(line, first(line).upload, sealed[0])
    outcome = attempt(line, "sealedbid.stand_in", first(line), OPENING, actor=line.cast.social[0])
    assert objections(outcome) == ["own-copy-by-the-documents"]


def test_a_copy_that_is_not_what_was_sealed_is_not_taken(called: Line) -> None:
    _bid, _sealed = story.hand_in(called, called.cast.social[0], DAY, PRICE)
    other = begin(called, 0, plan="另一份方案，比原来便宜。")[1]
    for index in (1, 3):
        story.hand_in(called, called.cast.social[index], DAY, "1950000")
    called.act("tender.open", called.latest(Tender), OPENING)
    for name in ("city_bureau", "street_office"):
        called.act("keyholder.lose", story.key_of(called, name), OPENING, actor=story.holder(called, name), reason="失")
    copies(called, first(called).upload, other)
    outcome = attempt(called, "sealedbid.stand_in", first(called), OPENING, actor=called.cast.social[0])
    assert outcome.form.errors == {"out": ["自存副本还没有传完，或者摘要与回执不符。请在开标大厅上传"]}


def test_fewer_than_three_are_not_opened(called: Line) -> None:
    for index in (0, 1):
        story.hand_in(called, called.cast.social[index], DAY, PRICE)
    assert objections(attempt(called, "tender.open", called.latest(Tender), OPENING)) == ["three-bids"]
    assert Opening.objects.count() == 0
    called.act("tender.fail", called.latest(Tender), OPENING, reason="投标人不足三家，依法废标。")


def test_what_was_withdrawn_is_never_opened(handed: Line) -> None:
    bidder = handed.cast.social[0]
    handed.act("bid.withdraw", first(handed).bid, DAY, actor=bidder, reason="重报。")
    story.hand_in(handed, bidder, DAY, "1960000")
    story.opened(handed, OPENING)
    gone, now = SealedBid.objects.filter(bid__organisation=bidder.organisation).order_by("pk")
    assert (gone.state, gone.identity, gone.bid.unread, now.bid.price_fen) == ("sealed", "", True, 196_000_000)
    assert Layer.objects.filter(sealed=gone).count() == 0


def test_a_crash_in_the_middle_of_decryption_and_on_from_there(begun: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second bid's file cannot be written; what was opened stays, and the same step goes on later."""
    story.use_key(begun, "city_bureau", OPENING)
    story.use_key(begun, "purchaser", OPENING)
    purchaser, rows = story.holder(begun, "purchaser"), list(SealedBid.objects.order_by("-pk"))
    begun.act("sealedbid.open", rows[0], OPENING, actor=purchaser)
    with monkeypatch.context() as broken:
        broken.setattr(storage, "keep", lambda file: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            begun.act("sealedbid.open", rows[2], OPENING, actor=purchaser)
    states = dict(SealedBid.objects.values_list("pk", "state"))
    assert [states[row.pk] for row in rows] == ["opened", "sealed", "sealed"]
    assert BidPaper.objects.count() == 0
    assert SealedBid.objects.get(pk=rows[2].pk).bid.price_fen is None
    story.decrypt(begun, OPENING)
    assert [row.state for row in SealedBid.objects.order_by("pk")] == ["opened"] * 3
    assert Entry.objects.filter(action="sealedbid.open").count() == 3
    again = attempt(begun, "sealedbid.open", SealedBid.objects.get(pk=rows[0].pk), OPENING, actor=purchaser)
    assert objections(again) == ["kernel.done"]


def test_what_a_bidder_seals_as_its_profile_is_taken_only_if_it_is_the_one_on_record(called: Line) -> None:
    """It tells the server the right digest and seals another profile, which names a paper that is not its own."""
    actor = called.cast.social[0]
    given = story.parts(actor, DAY.date(), PRICE, TEXTS)
    true = next(part.content for part in given if part.part == "snapshot")
    forged = [Part("snapshot", "x", b'{"items":[],"profile":{}}') if p.part == "snapshot" else p for p in given]
    staged, _sealed = story.upload(called.latest(Tender), actor, DAY, forged, declared=sealing.digest(true))
    assert hand_in(called, staged).entry is not None
    for index in (1, 3):
        story.hand_in(called, called.cast.social[index], DAY, "1950000")
    story.opened(called, OPENING)
    assert (first(called).bid.snapshot, first(called).bid.price_fen) == ({}, 197_345_678)
    assert bodies("sealedbid.open")[0]["input"]["out"]["profile_intact"] is False


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("price", b"1980000"),
        ("price", b'{"price_fen":0}'),
        ("price", b'{"price_fen":"1"}'),
        ("plan", b"\xff"),
        ("plan", b" "),
    ],
)
def test_nonsense_inside_is_a_fault(called: Line, part: str, content: bytes) -> None:
    actor = called.cast.social[0]
    given = [
        Part(p.part, p.name, content) if p.part == part else p for p in story.parts(actor, DAY.date(), PRICE, TEXTS)
    ]
    staged, _sealed = story.upload(called.latest(Tender), actor, DAY, given)
    hand_in(called, staged)
    row = first(called)
    row.identity = sealing.unlock(
        row.upload.receipt.encode(), {n: b64decode(t) for n, t in row.upload.wraps.items()}, KEYS
    )
    assert unsealing.unseal(row, unsealing.by_key).faults == (unsealing.Fault(part, "nonsense"),)


def test_a_price_above_the_ceiling_is_found_at_the_opening(called: Line) -> None:
    story.hand_in(called, called.cast.social[0], DAY, "2000000.01")
    for index in (1, 2, 3):
        story.hand_in(called, called.cast.social[index], DAY, "1950000")
    story.opened(called, OPENING)
    assert [line["above_ceiling"] for line in called.latest(Opening).record] == [True, False, False, False]
    for bid in Bid.objects.order_by("pk"):
        called.act("bid.qualify", bid, OPENING)
    for expert in called.cast.experts[:3]:
        called.act("sheet.submit", None, date(2010, 12, 2), actor=expert)
    tender = called.latest(Tender)
    assert objections(attempt(called, "tender.score", tender, moment("2010-12-03"))) == ["ranked-within-ceiling"]
    within = attempt(called, "bid.exceed", Bid.objects.latest("pk"), moment("2010-12-03"), reason="超限。")
    assert within.form.errors == {"reason": ["这份投标的报价没有超过最高限价，或者还没有解密"]}
    called.act("bid.exceed", first(called).bid, date(2010, 12, 3), reason="报价 2000000.01 元，超过最高限价。")
    called.act("tender.score", tender, date(2010, 12, 3))
    assert (first(called).bid.state, first(called).bid.ground) == ("invalid", "above_ceiling")


def test_bidders_confirm_or_say_what_they_doubt(begun: Line) -> None:
    story.use_key(begun, "city_bureau", OPENING)
    story.use_key(begun, "purchaser", OPENING)
    story.decrypt(begun, OPENING)
    bidder = begun.cast.social[0]
    early = attempt(begun, "sealedbid.confirm", first(begun), OPENING, actor=bidder, agrees="yes")
    assert early.form.errors == {"agrees": ["唱标之后、开标结束之前确认"]}
    begun.act("opening.read", begun.latest(Opening), OPENING)
    other = attempt(begun, "sealedbid.confirm", first(begun), OPENING, actor=begun.cast.social[1], agrees="yes")
    assert other.form.errors == {"agrees": ["只有投标人可以确认自己的投标"]}
    begun.act("sealedbid.confirm", first(begun), OPENING, actor=bidder, agrees="no", doubt="宣读的报价少了一位。")
    silent = attempt(begun, "opening.close", begun.latest(Opening), OPENING)
    assert silent.form.errors == {"handled": ["有投标人提出疑义，请写明怎样处理"]}
    begun.act("opening.close", begun.latest(Opening), OPENING, handled="当场复核，报价与投标文件一致。")
    assert begun.latest(Opening).state == "closed"


def test_the_purchaser_owes_the_reading_out(begun: Line) -> None:
    owed = Obligation.objects.filter(purchase=begun.purchase, is_open=True, action="opening.read")
    assert [row.organisation for row in owed] == [story.holder(begun, "purchaser").organisation]


def test_nobody_scores_while_one_bid_is_still_shut(begun: Line) -> None:
    """A sheet without the bid that is opened last could never be totalled, nor given back."""
    for name in ("city_bureau", "purchaser"):
        story.use_key(begun, name, OPENING)
    *others, last = SealedBid.objects.order_by("pk")
    for row in others:
        begun.act("sealedbid.open", row, OPENING, actor=story.holder(begun, "purchaser"))
    expert = begun.cast.experts[0]
    given = {str(bid.pk): {"1": "30", "2": "20", "3": "10"} for bid in Bid.objects.filter(unread=False)}
    sheet = {"actor": expert, "scores": given, "independent": True}
    assert objections(attempt(begun, "sheet.submit", None, OPENING, **sheet)) == ["all-reviewed"]
    begun.act("sealedbid.open", last, OPENING, actor=story.holder(begun, "purchaser"))
    for bid in Bid.objects.all():
        begun.act("bid.qualify", bid, OPENING)
    whole = sheet | {"scores": {str(bid.pk): {"1": "30", "2": "20", "3": "10"} for bid in Bid.objects.all()}}
    assert attempt(begun, "sheet.submit", None, OPENING, **whole).entry is not None
