"""Residents are asked: needs before anything is planned, satisfaction once they are served; answers of a paper file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.demonstration.written import needs as written
from gongyue.kernel.batches import stage
from gongyue.needs.domain.answering import answer
from gongyue.needs.forms import AnswerRow
from gongyue.needs.models import NeedsAssessment, NeedsSurvey, Questionnaire, SatisfactionSurvey, SurveyAnswer

WISHES = ("希望晚上也有人值班。", "想学用手机挂号。", "暑假孩子没人看。", "楼梯太陡，出门不便。")
THANKS = ("社工常上门，很放心。", "小组活动可以再多些。", "希望周末也开放。")


@Story
def needs_asked(line: Line, since: date, days: int, people: int) -> Told:
    """Asked for so many days and closed on the last of them: the answers become the assessment's sample."""
    yield from _opened(line, NeedsSurvey, since, since + timedelta(days=days))
    yield (now := since + timedelta(days=days))
    answered(line.latest(NeedsSurvey), need, people, since)
    line.act("needs_survey.close", line.latest(NeedsSurvey), now)


@Story
def asking(line: Line, since: date, closes: date, people: int) -> Told:
    """Still open: those who answered so far."""
    yield from _opened(line, NeedsSurvey, since, closes)
    answered(line.latest(NeedsSurvey), need, people, since)


@Story
def satisfied(line: Line, since: date, days: int, people: int) -> Told:
    """What those who were served think of it."""
    yield from _opened(line, SatisfactionSurvey, since, since + timedelta(days=days))
    yield (now := since + timedelta(days=days))
    answered(line.latest(SatisfactionSurvey), opinion, people, since)
    line.act("satisfaction_survey.close", line.latest(SatisfactionSurvey), now)


def _opened(line: Line, kind: type[Questionnaire], since: date, closes: date) -> Told:
    """Drafted, looked at again and revised, opened."""
    name = kind.kind
    yield since
    line.act(f"{name}.draft", None, since)
    line.act(f"{name}.revise", line.latest(kind), since)
    line.act(f"{name}.open", line.latest(kind), since, closes_on=closes.isoformat())


@Story
def papers_taken_in(line: Line, since: date) -> Told:
    """The answers that committees collected on paper, typed into a file."""
    yield since
    dice = Random(line.purchase.pk)
    ages = [str(label) for _value, label in SurveyAnswer.AgeBand.choices]
    rows = [
        {
            "community": f"第{dice.choice('一二三')}社区", "age_band": dice.choice(ages),
            "service": dice.choice(written.SERVICES.split("；")), "urgency": str(dice.randint(2, 5)),
        }
        for _number in range(36)
    ]  # fmt: skip
    actor = line.actor("needs.accept_answers")
    batch = stage(kind="needs.answers", row_form=AnswerRow, rows=rows, post=actor, purchase=line.purchase,
                  source="纸质问卷录入.xlsx")  # fmt: skip
    line.act("needs.accept_answers", line.latest(NeedsAssessment), since, batch=str(batch.pk))


def answered(survey: Questionnaire, say: Callable[[Random], dict[str, Any]], people: int, since: date) -> None:
    """People answer one after another on the days after it was opened; the same ones each time it is told."""
    dice = Random(people)
    for number in range(people):
        moment = datetime.combine(since + timedelta(days=number % 7), time(9 + number % 11, number % 60), LOCAL)
        answer(survey, key=uuid4(), data=say(dice), at=moment)


def need(dice: Random) -> dict[str, Any]:
    said: dict[str, Any] = {
        "1": dice.choices(written.AGES.split("；"), (1, 3, 5, 6))[0],
        "2": sorted(dice.sample(written.SERVICES.split("；"), dice.randint(1, 3))),
        "3": dice.choices((2, 3, 4, 5), (1, 2, 4, 3))[0], "4": dice.randint(0, 3),
    }  # fmt: skip
    return said | ({"5": dice.choice(WISHES)} if dice.random() < 0.3 else {})


def opinion(dice: Random) -> dict[str, Any]:
    said: dict[str, Any] = {
        "1": dice.choices((3, 4, 5), (1, 4, 5))[0], "2": dice.choices((2, 3, 4, 5), (1, 2, 5, 3))[0],
        "3": sorted(dice.sample(written.TAKEN_PART.split("；"), dice.randint(1, 2))),
    }  # fmt: skip
    return said | ({"4": dice.choice(THANKS)} if dice.random() < 0.3 else {})
