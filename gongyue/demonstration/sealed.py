"""密封投标 as the demonstration tells it: what browsers do on the pages is done here by the same format."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from gongyue.clock import LOCAL
from gongyue.kernel.models import Post
from gongyue.kernel.perform import Outcome
from gongyue.parties.snapshot import snapshot
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import Bid, KeyHolder, Opening, SealedBid, SealedFile, SealedUpload, Tender
from gongyue.tendering.sealing import Part
from gongyue.tendering.sealing import SealedBid as Sealed

from .keys import KEYS, PUBLIC
from .line import Line

PAPER = Part("file_01", "服务方案附件（演示）.pdf", b"%PDF-1.4\n" + "演示附件：岗位安排与服务日程。\n".encode() * 60)


def moment(on: date | datetime) -> datetime:
    return on if isinstance(on, datetime) else datetime.combine(on, time(10), LOCAL)


def holder(line: Line, name: str) -> Post:
    """Who holds the demonstration's key of this name."""
    posts = {
        "purchaser": line.actor("tender.seal"), "city_bureau": line.cast.city[0],
        "street_office": line.cast.streets[line.street.pk],
    }  # fmt: skip
    return posts[name]


def lock(line: Line, on: date | datetime, *, own_copy: bool = True, threshold: int = 2) -> None:
    """Three offices register their keys; the purchaser sets the lock from them."""
    for name in KEYS:
        line.act("keyholder.take", None, on, actor=holder(line, name), recipient=PUBLIC[name], kept=True)
    line.act("tender.seal", line.latest(Tender), on, threshold=str(threshold), own_copy=own_copy)


def parts(actor: Post, on: date, price: str, texts: Mapping[str, str], files: Sequence[Part] = ()) -> list[Part]:
    """What the page seals: the price (in fen), three texts, the profile as the register has it, and the files."""
    fen = int(float(price) * 100)
    named = {"plan": "实施方案.txt", "fund_rules": "资金使用细则.txt", "profile": "机构情况.txt"}
    return [
        Part("price", "报价.json", sealing.canonical({"price_fen": fen})),
        *(Part(name, named[name], texts[name].encode()) for name in named),
        Part("snapshot", "机构档案.json", sealing.canonical(snapshot(actor.organisation, on))),
        *files,
    ]


def upload(
    tender: Tender, actor: Post, at: datetime, given: Sequence[Part], *, declared: str = ""
) -> tuple[SealedUpload, Sealed]:
    """Seal and send everything, piece by piece."""
    staged = staging.begin(tender, actor, at=at)
    sealed = sealing.seal(lock=tender.lock.encode(), bid=staged.bid_name, parts=given)
    wraps = {name: b64encode(file).decode() for name, file in sealed.wraps.items()}
    profile = next(part.content for part in given if part.part == "snapshot")
    staging.declare(staged, receipt=sealed.receipt, wraps=wraps, snapshot=declared or sealing.digest(profile), at=at)
    for name, file in sealed.parts.items():
        send(staged, SealedFile.Kind.PART, name, file, at)
    return staged, sealed


def send(staged: SealedUpload, kind: str, name: str, content: bytes, at: datetime) -> None:
    for offset in range(0, len(content), staging.CHUNK):
        piece = content[offset : offset + staging.CHUNK]
        staging.take(staged, kind, name, offset=offset, piece=piece, at=at)


def hand_in(
    line: Line, actor: Post, on: date | datetime, price: str, *, files: Sequence[Part] = (), **texts: str
) -> tuple[Bid, Sealed]:
    """One sealed bid."""
    from .papers import PAPERS

    at, tender = moment(on), line.latest(Tender)
    written = PAPERS["bid.submit"](line, tender, at.date()) | texts
    staged, sealed = upload(tender, actor, at, parts(actor, at.astimezone(LOCAL).date(), price, written, files))
    only = {"price": "", "plan": "", "fund_rules": "", "profile": "", "upload": staged.token}
    line.act("bid.submit", None, at, actor=actor, **only)
    return Bid.objects.get(sealed__upload=staged), sealed


def layers(opening: Opening, name: str, key: str) -> list[dict[str, Any]]:
    """What the hall's script finds for one holder: the next layer of every wrap that begins with it, or awaits it."""
    found = []
    for row in SealedBid.objects.filter(bid__tender=opening.tender, identity="", state="sealed").select_related(
        "upload"
    ):
        if row.bid.state == Bid.State.WITHDRAWN:
            continue
        taken = {layer.wrap: layer for layer in row.layers.filter(failed=False).order_by("taken")}
        for wrap, text in row.upload.wraps.items():
            last, subset = taken.get(wrap), wrap.split("+")
            number = last.taken if last else 0
            if number < len(subset) and subset[number] == name:
                found.append({"sealed": row.pk, "wrap": wrap, "inner": _off(last.inner if last else text, key)})
    return found


def _off(text: str, key: str) -> str:
    """One layer off, in base64; "" where the key does not open it."""
    try:
        return b64encode(sealing.strip(b64decode(text), key, of="wrap")).decode()
    except sealing.SealError:
        return ""


def use_key(line: Line, name: str, on: date | datetime, key: str = "") -> Outcome:
    """A holder comes to the hall with its key."""
    opening = line.latest(Opening)
    found = layers(opening, name, key or KEYS[name])
    return line.act("opening.unlock", opening, on, actor=holder(line, name), layers=found)


def decrypt(line: Line, on: date | datetime) -> None:
    """Every bid whose key has been found."""
    for row in SealedBid.objects.filter(bid__tender=line.latest(Tender), state="sealed").exclude(identity=""):
        line.act("sealedbid.open", row, on, actor=holder(line, "purchaser"))


def opened(line: Line, on: date | datetime, names: Iterable[str] = ("city_bureau", "purchaser")) -> None:
    """The whole opening: two keys, every bid, reading out, confirmation by each bidder, end."""
    line.act("tender.open", line.latest(Tender), on)
    for row in SealedBid.objects.filter(bid__tender=line.latest(Tender)).exclude(bid__state="withdrawn"):
        bidder = next(post for post in line.cast.social if post.organisation_id == row.bid.organisation_id)
        line.act("opening.sign_in", line.latest(Opening), on, actor=bidder)
    for name in names:
        use_key(line, name, on)
    decrypt(line, on)
    line.act("opening.read", line.latest(Opening), on, notes="购买方主持并唱标，两把钥匙到场开启。")
    for row in SealedBid.objects.filter(bid__tender=line.latest(Tender)).exclude(bid__state="withdrawn"):
        bidder = next(post for post in line.cast.social if post.organisation_id == row.bid.organisation_id)
        line.act("sealedbid.confirm", row, on, actor=bidder, agrees="yes")
    line.act("opening.close", line.latest(Opening), on)


def key_of(line: Line, name: str) -> KeyHolder:
    return KeyHolder.objects.get(tender=line.latest(Tender), capacity=name, state="held")
