"""Anybody does anything, in any order, for weeks: what must hold after every step of a purchase, holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gongyue.budget.models import Fund
from gongyue.budget.queries import reconcile
from gongyue.clock import LOCAL
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import claimed, opened, prepared
from gongyue.kernel.actions import Action, of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Post, Refused, Role, Subject
from gongyue.kernel.offers import Offer, panel, subjects
from gongyue.kernel.perform import Outcome, perform
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.ledger.verify import verify
from gongyue.needs.models import Questionnaire
from gongyue.tendering.models import Bid
from gongyue.tendering.queries import secrets
from tests.town import DISTRICT

OURS = [m for m in apps.get_models() if m.__module__.startswith("gongyue.") and m is not Refused]
TABLES = [m._meta.db_table for m in OURS]
# Questionnaires of two purposes are two kinds in one table: what becomes of them is tested in their room.
SUBJECTS = [m for m in OURS if issubclass(m, Subject) and not issubclass(m, Questionnaire)]
KINDS = {m.kind for m in SUBJECTS}
STREETS = ("北京街", "广卫街", "建设街", "矿泉街")
JUNK = (
    "", "0", "-1", "9" * 30, "\0", "１２", "1.005", "0001-01-01", "9999-12-31", "[]", "[" * 9999, "<script>", '"', "on",
    "\u202e", "2011-02-30T25:00", '[{"due_on": 5, "amount": -1}]',
)  # fmt: skip
RARELY = 0.15
Rows = dict[str, list[tuple[Any, ...]]]
States = dict[str, tuple[str, int]]


def snapshot() -> Rows:
    """Every row of every table, except the register of refusals."""
    with connection.cursor() as cursor:
        out = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            out[table] = cursor.fetchall()
        return out


def states() -> States:
    """The milestone and the version of every subject, by its key."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(
            f"SELECT '{m.kind}', id, state, version FROM {m._meta.db_table}" for m in SUBJECTS
        ))  # fmt: skip
        return {f"{kind}:{pk}": (state, version) for kind, pk, state, version in cursor.fetchall()}


class Purchasing(RuleBasedStateMachine):
    """One purchase, in the middle of a town where others go on; each example begins at one of four points."""

    cast: ClassVar[Cast]
    lines: ClassVar[list[tuple[Line, date]]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        try:
            sequence()
            assert [str(fault) for fault in verify()] == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @initialize(point=st.integers(0, 3), chance=st.integers(0, 2**32 - 1))
    def begin(self, point: int, chance: int) -> None:
        """`chance` decides all that follows: no step is spent on nothing, and none repeats another."""
        self.chance = Random(chance * 4 + point)
        self.line, today = self.lines[point]
        cast, finance = self.cast, self.cast.city_finance
        assert finance is not None and cast.evaluator is not None
        self.now = datetime.combine(today, time(9), LOCAL)
        self.office = cast.streets[self.line.street.pk]
        self.bureau = cast.bureaus[DISTRICT]
        self.payers = [finance, cast.finances[DISTRICT]]
        self.people = [self.office, *self.bureau, *cast.city, *self.payers, *cast.social, *cast.experts, cast.evaluator]
        assert cast.legal is not None and cast.public is not None
        self.people += [*cast.departments.values(), *cast.committees.values(), *cast.audits.values(), cast.legal]
        self.people.append(cast.public)
        self.last: tuple[Action, Subject, Post, dict[str, Any], UUID] | None = None
        self.rows = snapshot()
        self.before = states()

    # --- what people do -----------------------------------------------------------------------------------------

    @rule()
    def something_happens(self) -> None:
        turns = {
            self.go_on: 10, self.bid: 2, self.judge: 3, self.do_ones_own: 3, self.step_aside: 2, self.meddle: 4,
            self.wait: 2, self.send_again: 1, self.come_too_late: 1,
        }  # fmt: skip
        (turn,) = self.chance.choices(list(turns), weights=list(turns.values()))
        turn()

    def go_on(self) -> None:
        """The next step, by somebody who may take it, as the demonstration would write it."""
        offers = self.offers(self.bureau[0])
        found = [offer for offer in offers if not offer.side and offer.action.reaches is not None]
        if found:
            offer = self.chance.choice(found)
            self.send(offer.action, offer.subject, self.right_one(offer))

    def step_aside(self) -> None:
        """退回, 终止, 抄送, a panel: what is beside the main line."""
        found = [offer for offer in self.offers(self.bureau[0]) if offer.side or offer.action.reaches is None]
        rare = {"purchase.recuse", "tender.fail"}
        found = [offer for offer in found if offer.action.name not in rare or self.chance.random() < RARELY]
        if found:
            offer = self.chance.choice(found)
            why = self.chance.choice(["须补充材料", "须补充材料", ""])
            self.send(offer.action, offer.subject, self.right_one(offer), reason=why)

    def bid(self) -> None:
        price = f"{self.chance.randint(190, 201)}0000"
        names = ["bid.withdraw"] if self.chance.random() < RARELY else ["bid.submit"]
        self.own(self.chance.choice(self.cast.social), names, price=price, reason="另有安排")

    def judge(self) -> None:
        self.own(self.chance.choice(self.cast.experts), ["sheet.submit"])

    def do_ones_own(self) -> None:
        names = ["claim.submit", "contract.accept", "assessment.conclude"]
        self.own(self.chance.choice(self.people), names)

    def meddle(self) -> None:
        """Anybody, anything, to anything; with a paper in which one thing is wrong."""
        actor, eyes = self.chance.choice(self.people), self.chance.choice(self.people)
        subject = self.chance.choice(list(subjects(self.dossier(), eyes)))
        act = self.chance.choice(of(type(subject)))
        if act.name != "purchase.recuse" or self.chance.random() < RARELY:
            field = self.chance.choice([*act.form.base_fields, "reason"])
            self.send(act, subject, actor, **{field: self.chance.choice(JUNK)})

    def wait(self) -> None:
        self.now += timedelta(days=self.chance.randint(1, 20))

    def send_again(self) -> None:
        """The same page once more: the same act, and nothing new."""
        if self.last is not None:
            act, subject, actor, data, number = self.last
            outcome = perform(act.name, subject, actor=actor, at=self.now, data=data, seen=0, request_id=number)
            assert (outcome.repeated, snapshot()) == (True, self.rows)

    def come_too_late(self) -> None:
        """An overtaken page, or a day that has passed."""
        found, last = (
            [offer for offer in self.offers(self.bureau[0]) if offer.subject.version],
            self.line.purchase.last_at,
        )
        assert last is not None
        if found:
            offer, overtaken = self.chance.choice(found), self.chance.choice([0, 1])
            at = self.now if overtaken else last - timedelta(days=self.chance.randint(1, 9))
            seen = offer.subject.version - overtaken
            data = self.paper(offer.action, offer.subject)
            outcome = self.attempt(offer.action, offer.subject, self.right_one(offer), data, at=at, seen=seen)
            assert outcome.entry is None

    # --- how ----------------------------------------------------------------------------------------------------

    def dossier(self) -> Dossier:
        return Dossier(self.line.purchase, at=self.now, regime=self.line.regime)

    def offers(self, actor: Post) -> list[Offer]:
        return panel(self.line.purchase, actor=actor, at=self.now)

    def own(self, actor: Post, names: list[str], **data: Any) -> None:
        """What only one of its kind is shown."""
        for offer in self.offers(actor):
            if offer.mine and offer.action.name in names:
                self.send(offer.action, offer.subject, actor, **data)
                return

    def right_one(self, offer: Offer) -> Post:
        """Somebody of the organisation that does this; which of two officers is left to chance."""
        if offer.subject.owner is not None:
            return next(post for post in self.people if post.organisation_id == offer.subject.owner.pk)
        held = Role.objects.filter(purchase=self.line.purchase, capacity__in=offer.who, post=None)
        organisations = set(held.values_list("organisation", flat=True))
        able = [post for post in self.people if post.organisation_id in organisations] or self.people
        return self.chance.choice(able)

    def send(self, act: Action, subject: Subject, actor: Post, **data: Any) -> None:
        data = self.paper(act, subject) | data
        outcome = self.attempt(act, subject, actor, data, at=self.now, seen=subject.version)
        if outcome.entry is not None:
            self.last = (act, outcome.subject, actor, data, outcome.entry.request_id)

    def paper(self, act: Action, subject: Subject) -> dict[str, Any]:
        """What the demonstration writes; nothing where it knows nothing to write about such a subject."""
        try:
            return dict(PAPERS[act.name](self.line, subject, self.now.date()))
        except (KeyError, AttributeError, ValueError, TypeError):
            return {}

    def attempt(
        self, act: Action, subject: Subject, actor: Post, data: dict[str, Any], *, at: datetime, seen: int
    ) -> Outcome:
        """Through the doorway: a refusal changes nothing, an act one subject and what it bears."""
        outcome = perform(act.name, subject, actor=actor, at=at, data=data, seen=seen, request_id=uuid4())
        rows, now = snapshot(), states()
        if outcome.entry is None:
            assert outcome.findings or outcome.form.errors
            assert rows == self.rows
        else:
            assert at >= self.now
            self.moved(act, outcome, now)
        self.rows, self.before = rows, now
        return outcome

    def moved(self, act: Action, outcome: Outcome, now: States) -> None:
        """One subject moved, along its regime's order or by a declared way out; others were born by it."""
        key, born = outcome.subject.key, {child.key for child in outcome.born}
        told = {k for k in {key} | born if k.partition(":")[0] in KINDS}
        assert {k for k in now if now[k] != self.before.get(k)} == told
        if key not in told:
            return
        (old, version), (new, after) = self.before.get(key, ("", 0)), now[key]
        assert after == version + 1
        if act.reaches is None or act.sources is not None:
            assert (old in (act.sources or {old}), new) == (True, act.reaches or old)
            return
        order = self.line.regime.order(outcome.subject.kind)
        assert order is not None
        place = order.milestones.index(new)
        assert old in {order.milestones[place - 1] if place else "", *act.also_from}

    # --- what must hold -----------------------------------------------------------------------------------------

    @invariant()
    def the_books_are_right(self) -> None:
        assert reconcile() == []
        for fund in Fund.objects.all():
            assert 0 <= fund.paid_fen <= fund.committed_fen <= fund.amount_fen

    @invariant()
    def the_ledger_is_whole(self) -> None:
        """Every subject's version is that of its last entry; what was born by another's act has none yet."""
        entries: dict[str, int] = {}
        for key, version in Entry.objects.order_by("version").values_list("subject", "version"):
            assert version == entries.get(key, 0) + 1
            entries[key] = version
        assert {key: entries.get(key, 0) for key in self.before} == {k: v for k, (_s, v) in self.before.items()}

    @invariant()
    def every_duty_has_one_owner(self) -> None:
        """Nothing is owed twice, nothing by nobody where somebody could, nothing both met and open."""
        open_ones = Obligation.objects.filter(purchase=self.line.purchase, is_open=True)
        owed = [(row.rule, row.subject, row.post_id if row.personal else None) for row in open_ones]
        assert len(owed) == len(set(owed))
        assert [row.rule for row in open_ones if row.organisation_id is None or row.met_at or row.lapsed_at] == []

    @invariant()
    def what_is_sealed_stays_sealed(self) -> None:
        """Before the opening nobody but its bidder is let know that a bid exists."""
        sealed = list(Bid.objects.filter(purchase=self.line.purchase, tender__opened_at=None).select_related("tender"))
        if not sealed:
            return
        for post in (None, self.office, self.bureau[0], self.cast.city[0], self.cast.social[2]):
            others = [bid for bid in sealed if post is None or bid.organisation_id != post.organisation_id]
            assert {bid.key for bid in others} <= secrets(self.line.purchase, post, self.now).subjects
            assert [bid for bid in others if post is not None and bid.visible_to(post)] == []


@pytest.fixture
def points(cast: Cast) -> Iterator[None]:
    """Four streets: only opened, ready to tender, bids opened, first claim checked."""
    lines = [Line(cast, DISTRICT, street) for street in STREETS]
    lines[0].open(date(2010, 9, 1))
    prepared(lines[1], date(2010, 10, 20))
    opened(lines[2], date(2010, 11, 1), {0: "1960000", 1: "1985000", 3: "1990000"})
    claimed(lines[3], date(2010, 9, 15))
    days = [date(2010, 9, 6), date(2010, 10, 25), date(2010, 11, 25), date(2010, 11, 8)]
    Purchasing.cast, Purchasing.lines = cast, list(zip(lines, days, strict=True))
    yield
    del Purchasing.cast, Purchasing.lines


@pytest.mark.django_db
def test_whatever_anybody_does(points: None) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Purchasing,
        settings=settings(
            max_examples=10,
            stateful_step_count=40,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),  # fmt: skip
    )
