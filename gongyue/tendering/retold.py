"""重述: what the acts of a purchase make of its call, told again from the ledger alone.

Each act writes what `domain/` writes, read here from its entry. Verification holds the tables to the outcome, column by
column; so an act that comes to write another column has its line here too (tests/tendering/test_retold.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from gongyue.kernel.drawing import draw
from gongyue.ledger.canonical import plain

from . import qualification, recorded, scoring
from .forms.terms import MARKS, raised
from .models import Bid, Committee, KeyHolder, Opening, ScoreSheet, SealedBid, Tender
from .models.change import REWRITTEN
from .recorded import Act, Erased, Locking
from .unsealing import Unsealed

KINDS = {model.kind: model for model in (Tender, KeyHolder, Committee, Bid, SealedBid, Opening, ScoreSheet)}
UNREAD: Final = Erased()  # what follows from something that cannot be read again: that is named by itself

AT, POST, OFFICE = object(), object(), object()  # of the act itself: its moment, its doer's post and organisation


class Just:
    """A value that an act gives a column, whatever its input."""

    def __init__(self, value: Any) -> None:
        self.value = value


def same(*names: str) -> dict[str, Any]:
    """Columns that are called as their inputs."""
    return {name: name for name in names}


DOCUMENTS = same(
    "title", "requirement", "quality_standard", "application_form", "background", "resources", "renewal_announced",
    "factors", "fixed_price", "review_method", "conditions", "musts", "contract_draft", "changeable", "joint",
    "contents",
) | {"ceiling_fen": "ceiling", "floor_fen": "floor", "drafted_at": AT}  # fmt: skip
ISSUED = same("bids_due_at", "opening_place") | {"announced_at": AT}
RATED = same("liability", "accounting", "ability", "reputation") | {"reviewed_at": AT, "reviewer_id": POST}
SCORED = same("scores", "independent") | {"submitted_at": AT}
WRITES: dict[str, dict[str, Any]] = {
    "tender.draft": DOCUMENTS, "tender.prepare": DOCUMENTS,
    "tender.brief": {"briefing_on": "held_on", "briefing_venue": "venue", "briefing_minutes": "minutes"},
    "tender.relief": same("challenge_contact", "challenge_once", "relief_channel", "relief_body"),
    "tender.invite": {},
    "tender.seal": same("own_copy"), "tender.on_paper": {"own_copy": Just(False)},
    "tender.publish": ISSUED, "tender.call": ISSUED,
    "tender.open": {"opened_at": AT}, "tender.receive": {"opened_at": AT},
    "tender.conclude": {"offers_due_at": "offers_due_at", "group_representatives": "representatives"},
    "tender.score": {"scored_at": AT}, "tender.recommend": {"scored_at": AT},
    "tender.recheck": {
        "scored_at": Just(None), "tied": Just(False), "tie_settled": Just(""), "tie_basis": Just(""),
    },
    "tender.draw": {"tie_settled": "settled", "tie_basis": "basis", "tied": Just(False)},
    "tender.award": {"awarded_at": AT},
    "tender.next": {"winner_id": Just(None), "awarded_at": Just(None)},
    "tender.annul": {"winner_id": Just(None), "awarded_at": Just(None), "failed_at": AT},
    "tender.fail": {"failed_at": AT}, "tender.give_up": {},
    "tender.appoint": {}, "tender.settle": {}, "tender.unseal": {},
    "keyholder.take": same("capacity", "recipient") | {"organisation_id": OFFICE, "post_id": POST, "taken_at": AT},
    "keyholder.lose": {"lost_at": AT, "lost_reason": "reason"},
    "committee.form": same(
        "size", "experts", "larger", "way", "basis", "pool", "seed_sha256", "pool_sha256", "beacon", "beacon_on"
    ) | {
        "organiser_id": OFFICE, "formed_at": AT, "seed_value": "secret",
    },
    "committee.seat": {"record_number": "record_number"},
    "committee.lead": {}, "committee.replace": {},
    "committee.report": {"report_number": "number", "reported_on": "reported_on"},
    "committee.dissolve": same("ground"), "committee.open": same("opened_seed"),
    "bid.submit": same("plan", "fund_rules", "profile", "snapshot", "truthful") | {
        "price_fen": "price", "submitted_at": AT, "organisation_id": OFFICE,
    },
    "bid.withdraw": {}, "bid.quit": {},
    "bid.qualify": RATED | {"evidence": "evidence"},
    "bid.disqualify": RATED | {"evidence": "reason", "checks": "checks"},
    "bid.exceed": {"ground": Just(Bid.Ground.CEILING.value), "ground_reason": "reason", "invalid_at": AT},
    "bid.invalidate": same("ground", "dissent") | {
        "ground_others": "others", "ground_reason": "reason", "invalid_at": AT,
    },
    "sealedbid.open": {"opened_at": AT, "opened_how": Just(SealedBid.How.KEYS.value), "faults": Just([])},
    "sealedbid.stand_in": {"opened_at": AT, "opened_how": Just(SealedBid.How.COPY.value), "faults": Just([])},
    "sealedbid.fault": {}, "sealedbid.ask_copy": {}, "sealedbid.leave": {"left_reason": "reason"},
    "sealedbid.confirm": same("doubt") | {"confirmed_at": AT, "confirmed_by_id": POST},
    "opening.sign_in": {}, "opening.unlock": {},
    "opening.read": same("record", "notes") | {"read_at": AT},
    "opening.close": same("handled") | {"closed_at": AT},
    "sheet.submit": SCORED | {"post_id": POST}, "sheet.correct": SCORED,
    "sheet.recall": {"recalled_for": "what", "recalled": "cells"},
}  # fmt: skip
BESIDE = frozenset({  # acts on other subjects, by which one of these kinds is written
    "method.choose", "standardgroup.record", "change.publish", "correction.ask", "correction.confirm",
    "finaloffer.submit",
})  # fmt: skip
NAMES = BESIDE | set(WRITES)
Row = dict[str, Any]


class Retold:
    """The acts of one purchase, told again in their order.

    `rows`: by subject, each column as the ledger would write it. `rankings`: by bid. `sitting`: posts with a seat, by
    tender. `unsealed`: reads a sealed bid again, the way it was opened being known; None: it cannot be read.
    """

    def __init__(self, acts: Iterable[Act], unsealed: Callable[[str, str], Unsealed | None]) -> None:
        self.rows: dict[str, Row] = {}
        self.rankings: dict[int, Row] = {}
        self.sitting: dict[str, set[int]] = {}
        self.strange: dict[str, list[str]] = {}
        self.sealed: dict[str, Act] = {}  # by sealed bid: the act that handed it in
        self.opened: dict[str, str] = {}  # by sealed bid: how the ledger says it was opened
        self._unsealed = unsealed
        self._tender = ""
        self._locking = Locking()
        self._supplier: int | None = None
        self._corrected: dict[str, Any] = {}
        self._offered: dict[int, Any] = {}
        self._given: dict[str, Row] = {}  # by sheet: what its member has given last
        self._won: list[int] = []
        for act in acts:
            self._tell(act)

    def _tell(self, act: Act) -> None:
        kind = act.subject.partition(":")[0]
        if kind in KINDS:
            row = self.rows.setdefault(act.subject, {})
            if not row:
                self._born(act, row)
            row["version"] = act.version
            row["state"] = act.content["reaches"] or row["state"]
            fields = {field.attname: field for field in KINDS[kind]._meta.concrete_fields}
            for column, source in WRITES.get(act.name, {}).items():
                row[column] = _value(act, source, fields[column].get_default())
        if act.name in recorded.LOCKING:
            self._lock(act)
        if special := getattr(self, f"_{act.name.replace('.', '_')}", None):
            special(act)

    def _born(self, act: Act, row: Row) -> None:
        """Every column as one that nothing has been done to."""
        model = KINDS[act.subject.partition(":")[0]]
        if model is Tender:
            self._tender = act.subject
        for field in model._meta.concrete_fields:
            row[field.attname] = plain(field.get_default())
        row["id"] = _pk(act.subject)
        row.pop("purchase_id")
        if "tender_id" in row:
            row["tender_id"] = _pk(self._tender)

    def _beget(self, act: Act, model: type[Opening | SealedBid], state: str) -> Row | None:
        """What an act on another subject has borne."""
        key = next((key for key in act.content["born"] if key.startswith(f"{model.kind}:")), None)
        if key is None:
            return None
        row = self.rows[key] = {field.attname: plain(field.get_default()) for field in model._meta.concrete_fields}
        row |= {"id": _pk(key), "state": state, "version": 0}
        row.pop("purchase_id")
        return row

    # --- the call and its documents -----------------------------------------------------------------------------------

    @property
    def _call(self) -> Row:
        return self.rows[self._tender]

    def _lock(self, act: Act) -> None:
        self._locking.take(act)
        tender = self._locking.tender
        if tender in self.rows:
            self.rows[tender]["lock"], self.strange[tender] = self._locking.lock, self._locking.strange

    def _method_choose(self, act: Act) -> None:
        self._supplier = next(iter(_pks([act.told("supplier")])), None)

    def _tender_invite(self, act: Act) -> None:
        self._call["invited"] = _pks(act.told("drawn"))

    def _tender_draft(self, act: Act) -> None:
        facts, row = act.content["facts"], self._call
        if facts.get("method.settled"):
            row["way"] = facts["method.way"]
        row["low_marks"] = raised({name: act.told(name) for name in MARKS})

    def _tender_prepare(self, act: Act) -> None:
        self._tender_draft(act)
        if Tender(way=self._call["way"]).alone and self._supplier is not None:
            self._call["invited"] = [self._supplier]

    def _standardgroup_record(self, act: Act) -> None:
        if self._tender and self._call["state"] in {"drafted", "briefed", "invited"}:
            self._call["quality_standard"] = act.told("standard")

    def _change_publish(self, act: Act) -> None:
        self._call.update(bids_due_at=act.told("bids_due_at"), opening_place=act.told("opening_place"))
        self._call.update({name: act.told(name) for name in REWRITTEN if act.told(name)})

    # --- bids -----------------------------------------------------------------------------------------------------

    def _bids(self, *states: str) -> dict[int, Row]:
        """Those of the call in some state, by key."""
        rows = ((key, row) for key, row in self.rows.items() if key.startswith("bid:"))
        return {_pk(key): r for key, r in rows if r["tender_id"] == _pk(self._tender) and r["state"] in states}

    def _bid_of(self, organisation: int | None) -> Row | None:
        """The one that an organisation has not withdrawn."""
        live = self._bids(*(state.value for state in Bid.State if state != Bid.State.WITHDRAWN))
        return next((row for row in live.values() if row["organisation_id"] == organisation), None)

    def _bid_submit(self, act: Act) -> None:
        row = self._beget(act, SealedBid, SealedBid.State.SEALED.value)
        self.rows[act.subject]["unread"] = row is not None
        if row is not None:
            row["bid_id"] = _pk(act.subject)
            row.pop("upload_id")  # whose receipt is compared
            row.pop("identity")  # which is tried on the receipt
            self.sealed[f"sealedbid:{row['id']}"] = act

    def _bid_qualify(self, act: Act) -> None:
        people = act.told("staff"), act.told("social_workers"), act.told("capability")
        self.rows[act.subject]["checks"] = act.told("checks") + qualification.counted(*people)

    def _sealedbid_open(self, act: Act) -> None:
        how = self.opened[act.subject] = WRITES[act.name]["opened_how"].value
        out, bid = self._unsealed(act.subject, how), self.rows[f"bid:{self.rows[act.subject]['bid_id']}"]
        bid["unread"], bid["price_fen"] = False, UNREAD if out is None else out.price_fen
        bid["snapshot"] = UNREAD if out is None else plain(out.snapshot)
        bid |= {name: UNREAD if out is None else out.texts[name] for name in ("plan", "fund_rules", "profile")}

    _sealedbid_stand_in = _sealedbid_open

    def _sealedbid_fault(self, act: Act) -> None:
        self.rows[act.subject]["faults"] = act.told("out")["faults"]

    def _sealedbid_ask_copy(self, act: Act) -> None:
        due = datetime.fromisoformat(act.at) + timedelta(minutes=act.told("minutes"))
        self.rows[act.subject]["copy_due_at"] = plain(due)

    def _sealedbid_leave(self, act: Act) -> None:
        bid = self.rows[f"bid:{self.rows[act.subject]['bid_id']}"]
        bid |= {"ground": Bid.Ground.UNOPENED.value, "ground_reason": act.told("reason"), "invalid_at": act.at}

    def _tender_open(self, act: Act) -> None:
        if (row := self._beget(act, Opening, Opening.State.BEGUN.value)) is not None:
            row |= {"tender_id": _pk(act.subject), "begun_at": act.at}

    _tender_receive = _tender_open

    def _correction_ask(self, act: Act) -> None:
        self._corrected[act.subject] = act.told("price")

    def _correction_confirm(self, act: Act) -> None:
        """Its bidder alone confirms it."""
        if (bid := self._bid_of(act.organisation)) is not None:
            bid["price_fen"] = self._corrected[act.subject]

    # --- talks, and what is agreed with one -----------------------------------------------------------------------

    def _finaloffer_submit(self, act: Act) -> None:
        if act.organisation is not None:
            self._offered[act.organisation] = act.told("price")

    def _tender_unseal(self, _act: Act) -> None:
        for row in self._bids(Bid.State.QUALIFIED).values():
            if row["organisation_id"] in self._offered:
                row["price_fen"] = self._offered[row["organisation_id"]]
            else:
                row["state"] = Bid.State.WITHDRAWN.value

    def _tender_settle(self, act: Act) -> None:
        self._call["record"] = f"{act.told('costs')}\n\n{act.told('record')}"
        for pk, row in sorted(self._bids(Bid.State.QUALIFIED).items())[:1]:
            row["price_fen"] = act.told("price_fen")
            self.rankings[pk] = _ranked(self._tender, "0", "1", 1)

    # --- the panel and its sheets ---------------------------------------------------------------------------------

    @property
    def _seats(self) -> set[int]:
        return self.sitting.setdefault(self._tender, set())

    def _take_seat(self, posts: Any) -> None:
        self._seats.update(_pks(posts))

    def _tender_appoint(self, act: Act) -> None:
        self.sitting[self._tender] = set(_pks(act.told("experts")))

    def _committee_form(self, act: Act) -> None:
        self._take_seat(act.told("representatives"))

    def _committee_seat(self, act: Act) -> None:
        row, posts = self.rows[act.subject], act.told("experts")
        row["drawn_at"], row["reserves"] = act.told("drawn_at") or act.at, _pks(act.told("reserves"))
        if row["way"] == Committee.Way.OWN:
            row["witness"] = act.told("witness")
            row["drawn"] = draw(f"{row['seed_value']}:{row['witness']}", row["pool"], len(row["pool"]))
            drawn = [int(key.rpartition("-")[2]) for key in row["drawn"]]
            posts, row["reserves"] = drawn[: row["experts"]], drawn[row["experts"] :]
        self._take_seat(posts)
        self._take_seat([post for post, _group in act.told("members") or ()])

    def _committee_replace(self, act: Act) -> None:
        row, successors = self.rows[act.subject], _pks([act.told("successor")])
        self._void(set(_pks([act.told("leaver")])))
        self._take_seat(successors)
        row["reserves"] = [post for post in row["reserves"] if post not in successors]

    def _committee_dissolve(self, _act: Act) -> None:
        self._void(set(self._seats))

    def _void(self, posts: set[int]) -> None:
        """They give up their seats, and what they have scored."""
        self.sitting[self._tender] = self._seats - posts
        for row in self._sheets(*ScoreSheet.State.values):
            if row["post_id"] in posts:
                row["state"] = ScoreSheet.State.VOID.value

    def _tender_fail(self, _act: Act) -> None:
        self.sitting[self._tender] = set()

    def _sheets(self, *states: str) -> list[Row]:
        rows = [row for key, row in self.rows.items() if key.startswith("sheet:")]
        return [row for row in rows if row["tender_id"] == _pk(self._tender) and row["state"] in states]

    def _sheet_submit(self, act: Act) -> None:
        bodies = [row for key, row in self.rows.items() if key.startswith("committee:")]
        living = [r for r in bodies if r["tender_id"] == _pk(self._tender) and r["state"] != "dissolved"]
        self.rows[act.subject]["organiser_id"] = living[0]["organiser_id"] if living else None
        self._given[act.subject] = _gave(act)

    def _sheet_correct(self, act: Act) -> None:
        """What it held before stays beside it."""
        row = self.rows[act.subject]
        row["earlier"] = [*row["earlier"], self._given[act.subject]]
        self._given[act.subject] = _gave(act)

    # --- the result -----------------------------------------------------------------------------------------------

    def _placed(self) -> list[Row]:
        """As `Tender.rankings` has those that stand, best first."""
        rows = [row | {"bid_id": pk} for pk, row in self.rankings.items() if row["tender_id"] == _pk(self._tender)]
        if any(row["numerator"] is UNREAD for row in rows):
            return []
        return sorted((r for r in rows if r["fallen_at"] is None), key=lambda row: (row["rank"], row["bid_id"]))

    def _leading(self) -> list[Row]:
        placed = self._placed()
        return [row for row in placed if row["rank"] == placed[0]["rank"]]

    def _tender_score(self, _act: Act) -> None:
        bids = {pk: row["price_fen"] for pk, row in self._bids(Bid.State.QUALIFIED).items()}
        sheets = [row["scores"] for row in self._sheets(ScoreSheet.State.SUBMITTED)]
        if any(isinstance(value, Erased) for value in (*bids.values(), *sheets)):
            lost = dict.fromkeys(("numerator", "denominator", "rank", "fallen_at", "chosen", "chosen_at"), UNREAD)
            self.rankings |= {pk: _ranked(self._tender, "0", "1", 1) | lost for pk in bids}
            self._call.update(tied=UNREAD, winner_id=UNREAD)
            return
        call = Tender(factors=self._call["factors"], review_method=self._call["review_method"])
        factors = [number for number, _factor in call.judged]
        offered = [scoring.Offered(pk, price) for pk, price in bids.items()] if sheets or not factors else []
        points = [ScoreSheet(scores=scores).points() for scores in sheets]
        placed = scoring.rank(offered, price_points=call.price_points, factors=factors, sheets=points)
        for one in placed:
            parts = str(one.total.numerator), str(one.total.denominator)
            self.rankings[one.bid] = _ranked(self._tender, *parts, one.rank)
        self._call["tied"] = scoring.tied(placed)

    _tender_recommend = _tender_score

    def _tender_recheck(self, _act: Act) -> None:
        self.rankings = {pk: row for pk, row in self.rankings.items() if row["tender_id"] != _pk(self._tender)}

    def _tender_draw(self, act: Act) -> None:
        leading = self._leading()
        for row in leading:
            if row["bid_id"] != act.told("first"):
                self.rankings[row["bid_id"]]["rank"] = leading[0]["rank"] + 1

    def _tender_award(self, act: Act) -> None:
        places = act.told("places")
        won = self._leading() if places is None else self._placed()[:places]
        if places is not None:
            for row in won:
                self.rankings[row["bid_id"]]["chosen"] = True
        if len(won) == 1 or (won and places is not None):
            self._call["winner_id"] = won[0]["bid_id"]
        self._won = [row["bid_id"] for row in won]

    def _tender_next(self, act: Act) -> None:
        self._lose(act, self._won, refused=act.told("ground") == "refused")
        self._won = []
        self._call["tied"] = len(self._leading()) > 1

    def _lose(self, act: Act, bids: Iterable[int], *, refused: bool) -> None:
        """These have no place any more; with whoever refused to sign, when it is kept."""
        for pk in bids:
            self.rankings[pk]["fallen_at"] = act.at
            if refused:
                self.rows[f"bid:{pk}"]["refused_at"] = act.at

    def _tender_give_up(self, act: Act) -> None:
        refuser = act.told("refuser")
        self._lose(act, [refuser], refused=True)
        self._won.remove(refuser)
        placed = self._placed()
        if act.told("place") == "next" and (newcomer := next((row for row in placed if not row["chosen"]), None)):
            self.rankings[newcomer["bid_id"]] |= {"chosen": True, "chosen_at": act.at}
            self._won.append(newcomer["bid_id"])
        self._call["winner_id"] = next((row["bid_id"] for row in self._placed() if row["chosen"]), None)

    def _tender_annul(self, act: Act) -> None:
        self._tender_next(act)
        self._tender_fail(act)


def _value(act: Act, source: Any, default: Any) -> Any:
    """What a column is given; where an input was left empty, what the column holds of itself."""
    if isinstance(source, Just):
        return source.value
    for mark, value in ((AT, act.at), (POST, act.post), (OFFICE, act.organisation)):
        if source is mark:
            return value
    given = act.told(source)
    return plain(default) if given is None else given


def _gave(act: Act) -> Row:
    """A sheet as it is kept beside the one that takes its place."""
    return {"scores": act.told("scores"), "submitted_at": datetime.fromisoformat(act.at).isoformat()}


def _ranked(tender: str, numerator: str, denominator: str, rank: int) -> Row:
    return {
        "tender_id": _pk(tender), "numerator": numerator, "denominator": denominator, "rank": rank, "fallen_at": None,
        "chosen": False, "chosen_at": None,
    }  # fmt: skip


def _pk(key: str) -> int:
    return int(key.rpartition(":")[2])


def _pks(chosen: Any) -> list[int]:
    """Of rows that were chosen, as the ledger writes them (`post:12`, or their key alone)."""
    if isinstance(chosen, Erased):
        return []
    return [_pk(str(one)) for one in chosen or () if one is not None and not isinstance(one, Erased)]
