"""What the answers to a questionnaire say, counted; and the root by which they are known to the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gongyue.kernel.models import Purchase
from gongyue.ledger import merkle
from gongyue.ledger.canonical import canonical

from .models import Answer, Questionnaire, SatisfactionSurvey, TurnedAway
from .questions import FULL, Question, questions_of

WHOLE = 10_000  # basis points
CHUNK = 2000
FEW = 5  # answers: below, a mean tells of those who answered. This site's own measure: no norm has one
Kind = Questionnaire.Kind


@dataclass(frozen=True, slots=True)
class Counted:
    """How many answers there are, and their RFC 9162 root in hex, in the order they came."""

    rows: int
    root: str

    def ledger_value(self) -> dict[str, Any]:
        return {"rows": self.rows, "root": self.root}


@dataclass(slots=True)
class QuestionResult:
    """One question's answers. `counts`: each option or mark, how often; `total`: the sum of marks or numbers."""

    question: Question
    answered: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def distribution(self) -> list[tuple[str, int]]:
        """Of those to choose from, each with its count, in the order they are printed."""
        if self.question.kind == Kind.SCALE:
            return [(str(n), self.counts[str(n)]) for n in range(1, FULL + 1)]
        return [(option, self.counts[option]) for option in self.question.options]

    @property
    def mean_bp(self) -> int | None:
        """The mean of a scale in basis points of the full mark, half a point up; None: not a scale, or no answer."""
        if self.question.kind != Kind.SCALE or not self.answered:
            return None
        return mean_bp(self.total, self.answered)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a questionnaire's page shows. `mean_bp`: over all marks of all its scales."""

    answers: int
    turned_away: int
    questions: list[QuestionResult]

    @property
    def marks(self) -> tuple[int, int]:
        """How many marks were given on all scales, and their sum."""
        scales = [one for one in self.questions if one.question.kind == Kind.SCALE]
        return sum(one.answered for one in scales), sum(one.total for one in scales)

    @property
    def mean_bp(self) -> int | None:
        marks, total = self.marks
        return mean_bp(total, marks) if marks else None


def mean_bp(total: int, marks: int) -> int:
    """The mean of marks in basis points of the full mark, half a point up."""
    full = FULL * marks
    return (2 * total * WHOLE + full) // (2 * full)


def results(questionnaire: Questionnaire) -> Results:
    """Two queries, whatever the number of answers."""
    found = [QuestionResult(question) for question in questions_of(questionnaire)]
    answers = 0
    for data in _data(questionnaire):
        answers += 1
        for one in found:
            _count(one, data.get(str(one.question.number)))
    times = TurnedAway.objects.filter(questionnaire=questionnaire.pk).values_list("times", flat=True).first()
    return Results(answers, times or 0, found)


def _count(one: QuestionResult, value: Any) -> None:
    if value is None:
        return
    one.answered += 1
    if one.question.kind == Kind.TEXT:
        one.texts.append(value)
    elif isinstance(value, list):
        one.counts.update(value)
    else:
        one.counts[str(value)] += 1
        one.total += value if isinstance(value, int) else 0


def counted(questionnaire: Questionnaire) -> Counted:
    """Over all answers in the order they came; whoever holds them can compute it again."""
    peaks: list[tuple[int, bytes]] = []
    rows = 0
    answers = Answer.objects.filter(questionnaire=questionnaire.pk).order_by("pk").values_list("key", "data")
    for key, data in answers.iterator(chunk_size=CHUNK):
        merkle.grow(peaks, merkle.leaf_hash(canonical({"key": key, "data": data}).encode()))
        rows += 1
    return Counted(rows, merkle.fold([peak for _size, peak in peaks]).hex())


def _data(questionnaire: Questionnaire) -> Iterator[dict[str, Any]]:
    rows = Answer.objects.filter(questionnaire=questionnaire.pk).order_by("pk").values_list("data", flat=True)
    return rows.iterator(chunk_size=CHUNK)


def satisfaction(purchase: Purchase) -> list[tuple[Questionnaire, Results]]:
    """The closed satisfaction questionnaires of a purchase with their results, oldest first: `mean_bp`, `answers`,
    and of each question its `distribution`. One query, and two each."""
    rows = SatisfactionSurvey.objects.filter(purchase=purchase, state=Questionnaire.State.CLOSED).order_by("pk")
    return [(row, results(row)) for row in rows]
