"""开标大厅, as one reader may see it: who holds keys, who is there, how far each bid is, what was read out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gongyue.demonstration.keys import KEYS, PUBLIC
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import capacity_names
from gongyue.kernel.models import Post
from gongyue.tendering import sealing
from gongyue.tendering.models import (
    KeyHolder,
    Layer,
    Opening,
    Presence,
    SealedBid,
    Tender,
    holders,
    locked_out,
    sealed_bids,
)
from gongyue.tendering.models.parts import in_group

OFFICES = frozenset({"civil_affairs", "street_office", "finance", "audit", "legal", "department", "agent"})


@dataclass(frozen=True)
class Row:
    """One bid in the hall. `found`: its key is found; `mine`: the reader's organisation handed it in."""

    sealed: SealedBid
    mine: bool

    @property
    def found(self) -> bool:
        return bool(self.sealed.identity)

    @property
    def label(self) -> str:
        """How far it is, in words."""
        row = self.sealed
        if row.state != SealedBid.State.SEALED:
            return row.get_state_display()
        if row.faults:
            return _("解密失败：%(parts)s") % {"parts": "、".join(fault_words(row.faults))}
        return _("钥匙已够，待解密") if row.identity else _("密封，待钥匙")

    @property
    def tone(self) -> str:
        if self.sealed.faults or self.sealed.state == SealedBid.State.UNOPENED:
            return "cinnabar"
        return "jade" if self.sealed.state == SealedBid.State.OPENED else "ochre" if self.found else "plain"


def part_name(part: str) -> str:
    """A part of a sealed bid in words; a file by its number."""
    parts = {
        "price": _("报价"), "plan": _("实施方案"), "fund_rules": _("资金使用细则"), "profile": _("机构情况"),
        "snapshot": _("机构档案快照"),
    }  # fmt: skip
    if part in parts:
        return parts[part]
    return _("附件 %(n)s") % {"n": part.rpartition("_")[2].lstrip("0")}


def fault_words(faults: list[list[str]]) -> list[str]:
    """What could not be read, and why."""
    troubles = {
        "missing": _("文件缺失"), "changed": _("密文与回执的摘要不符"), "unreadable": _("钥匙解不开"),
        "nonsense": _("内容读不懂"),
    }  # fmt: skip
    return [f"{part_name(part)}（{troubles.get(trouble, trouble)}）" for part, trouble in faults]


@dataclass(frozen=True)
class Step:
    """One step of the way: `state` is done, now or later."""

    name: str
    told: str
    state: str


class Hall:
    """Read by the template; from the dossier, and a few queries once the opening has begun."""

    def __init__(self, dossier: Dossier, post: Post) -> None:
        self.dossier, self.post = dossier, post
        self.tender: Tender | None = dossier.latest(Tender)

    @cached_property
    def opening(self) -> Opening | None:
        found = self.dossier.latest(Opening)
        return found if found is not None and self.tender is not None and found.tender_id == self.tender.pk else None

    @property
    def sealed(self) -> bool:
        return self.tender is not None and self.tender.sealed

    @property
    def begun(self) -> bool:
        return self.opening is not None

    @cached_property
    def keys(self) -> list[tuple[str, KeyHolder, bool]]:
        """Every key of the call, lost ones too: by what its holder is, and whether it is the reader's."""
        if self.tender is None:
            return []
        rows = [row for row in self.dossier.all(KeyHolder) if row.tender_id == self.tender.pk]
        return [
            (capacity_names([row.capacity], self.dossier.regime), row, row.organisation_id == self.post.organisation_id)
            for row in rows
        ]

    @cached_property
    def mine(self) -> KeyHolder | None:
        """The reader's own key."""
        rows = holders(self.dossier, self.tender) if self.tender is not None else []
        return next((row for row in rows if row.organisation_id == self.post.organisation_id), None)

    @property
    def lock(self) -> dict[str, Any]:
        return sealing.parse(self.tender.lock.encode()) if self.tender is not None and self.sealed else {}

    @property
    def digest(self) -> str:
        return sealing.digest(self.tender.lock.encode()) if self.tender is not None and self.sealed else ""

    @property
    def demonstration_key(self) -> str:
        """Offered on the page in the demonstration alone: it opens nothing anywhere else."""
        mine = self.mine
        if mine is None or not settings.GONGYUE_DEMONSTRATION or PUBLIC.get(mine.capacity) != mine.recipient:
            return ""
        return KEYS[mine.capacity]

    @cached_property
    def shared(self) -> bool:
        """Whether what is opened is for others than its bidders: of talks, before the result, for purchaser and group
        alone (Procurement Law, article 38)."""
        tender = self.tender
        return tender is not None and (not tender.discreet or in_group(self.dossier.purchase, tender, self.post))

    @cached_property
    def rows(self) -> list[Row]:
        """Nobody learns of another's bid before the opening; then officers and those who take part do, as far as it is
        `shared`."""
        if self.tender is None or not self.sealed:
            return []
        found = [
            Row(row, row.bid.organisation_id == self.post.organisation_id)
            for row in sealed_bids(self.dossier, self.tender)
        ]
        took_part = any(row.mine for row in found)
        officer = self.post.organisation.organisation_kind in OFFICES
        return [row for row in found if row.mine or (self.begun and self.shared and (officer or took_part))]

    @cached_property
    def own(self) -> Row | None:
        return next((row for row in self.rows if row.mine), None)

    @property
    def done(self) -> int:
        return sum(row.sealed.state != SealedBid.State.SEALED for row in self.rows)

    @property
    def officer(self) -> bool:
        """Whether the reader is of an office that opens: the purchaser's, or a holder's."""
        return self.mine is not None

    @cached_property
    def present(self) -> list[Presence]:
        """Who signed in, to those who may see the bids of the hall."""
        if self.opening is None or not self.shared:
            return []
        return list(self.opening.present.select_related("organisation", "post").order_by("at", "pk"))

    @cached_property
    def used(self) -> list[str]:
        """The offices that have used their key."""
        if self.tender is None or not self.begun:
            return []
        rows = Layer.objects.filter(holder__tender=self.tender, failed=False).order_by("pk")
        return list(dict.fromkeys(rows.values_list("holder__organisation__name", flat=True)))

    @property
    def stand_in(self) -> bool:
        """Whether the reader's own copy may stand in now."""
        own = self.own
        waits = own is not None and own.sealed.state == SealedBid.State.SEALED
        return bool(
            own and waits and self.begun and self.tender and self.tender.own_copy
            and locked_out(own.sealed, self.dossier)
        )  # fmt: skip

    @property
    def steps(self) -> list[Step]:
        """The way from the lock to the end of the opening."""
        tender, opening, at = self.tender, self.opening, self.dossier.at
        if tender is None:
            return []
        total, read = len(self.rows), opening is not None and opening.read_at is not None
        marks = [
            (_("设定密封锁"), self.sealed, _day(tender.announced_at)),
            (_("投标截止"), tender.deadline_passed(at), _day(tender.bids_due_at)),
            (_("开标、签到"), self.begun, _day(tender.opened_at)),
            (_("使用钥匙"), self.begun and bool(self.rows) and all(
                row.found or row.sealed.state != "sealed" for row in self.rows), "、".join(self.used)),
            (_("逐份解密"), self.begun and total > 0 and self.done == total,
             f"{self.done} / {total}" if self.begun else ""),
            (_("唱标"), read, _day(opening.read_at if opening else None)),
            (_("确认、结束"), opening is not None and opening.closed_at is not None,
             _day(opening.closed_at if opening else None)),
        ]  # fmt: skip
        steps, now = [], True
        for name, done, told in marks:
            steps.append(Step(name, told, "done" if done else "now" if now else "later"))
            now = now and done
        return steps

    @property
    def record(self) -> list[dict[str, Any]]:
        """What was read out, to those who may see the bids of the hall; where it is not `shared`, of one's own bid."""
        if self.opening is None or not (self.rows or self.mine):
            return []
        own = [_read_out(row) for row in self.rows if row.mine]
        return [
            line for line in self.opening.record if self.shared or (line["organisation"], line["submitted_at"]) in own
        ]


def _read_out(row: Row) -> tuple[str, str]:
    """By what a bid is told from others in the record (`line_of`)."""
    return str(row.sealed.bid.organisation), row.sealed.bid.submitted_at.isoformat()


def _day(at: datetime | None) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M") if at is not None else ""


def state_of(hall: Hall) -> dict[str, Any]:
    """What the hall's script works on. A wrap is given to its next holder alone, once the opening has begun."""
    opening, mine = hall.opening, hall.mine
    assert opening is not None
    waiting = [row.sealed for row in hall.rows if row.sealed.state == SealedBid.State.SEALED and not row.found]
    todo, awaited = _turns(waiting, mine, {row.capacity: row for _name, row, _mine in hall.keys if row.state == "held"})
    return {
        "opening": opening.pk, "version": opening.version, "recipient": mine.recipient if mine else "",
        "todo": todo, "awaited": "、".join(sorted(awaited)),
        "bids": [
            {
                "sealed": row.sealed.pk, "version": row.sealed.version, "state": row.sealed.state,
                "keyed": row.found, "faulty": bool(row.sealed.faults), "label": row.label,
                "organisation": str(row.sealed.bid.organisation),
            }
            for row in hall.rows
        ],
    }  # fmt: skip


def _turns(
    waiting: list[SealedBid], mine: KeyHolder | None, held: dict[str, KeyHolder]
) -> tuple[list[dict[str, Any]], set[str]]:
    """The wraps whose next layer is the reader's, and the other offices whose turn it is. One query."""
    taken: dict[tuple[int, str], Layer] = {}
    for off in Layer.objects.filter(sealed__in=[row.pk for row in waiting]).order_by("taken"):
        taken[off.sealed_id, off.wrap] = off
    todo, awaited = [], set()
    for row in waiting:
        for wrap, text in row.upload.wraps.items():
            layer, subset = taken.get((row.pk, wrap)), wrap.split("+")
            if (layer is not None and layer.failed) or not set(subset) <= set(held):
                continue
            number = layer.taken if layer is not None else 0
            if number >= len(subset):
                continue
            if mine is not None and subset[number] == mine.capacity:
                todo.append({"sealed": row.pk, "wrap": wrap, "text": layer.inner if layer is not None else text})
            elif mine is None or mine.capacity in subset:
                awaited.add(str(held[subset[number]].organisation))
    return todo, awaited
