"""The city launches the pilot, makes its three norms, and the departments answer their tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongyue.demonstration.cast import Cast, must
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.programmes.models import Norm, Opinion, PilotProgramme, Task


class City:
    """Whoever acts for the city as a whole; input not given comes from PAPERS."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def act(self, name: str, subject: Subject, actor: Post, on: date, /, **data: Any) -> Any:
        written: Any = PAPERS[name]
        return must(name, subject, actor, on, written(self, subject, on) | data).subject

    def launch(self, on: date) -> PilotProgramme:
        bureau = self.cast.city[0]
        programme: PilotProgramme = self.act("programme.launch", PilotProgramme.unborn(None, bureau)[0], bureau, on)
        return programme

    def norm(self, code: str) -> Norm:
        return Norm.objects.select_related(*Norm.related).get(code=code, programme__regime=self.cast.regime)

    def draft(self, code: str, on: date, /, **data: Any) -> list[Opinion]:
        """The opinions that are now asked for."""
        norm = self.norm(code)
        self.act("norm.draft", norm, self.cast.city[0], on, **data)
        rows = Opinion.objects.filter(norm=norm, state=Opinion.State.ASKED).select_related(*Opinion.related)
        return list(rows.order_by("pk"))

    def answer(self, opinion: Opinion, on: date, /, **data: Any) -> None:
        self.act("opinion.give", opinion, self.post_of(opinion.organisation), on, **data)

    def issue(self, code: str, on: date, /, **data: Any) -> Norm:
        self.act("norm.issue", self.norm(code), self.cast.city[1], on, **data)
        return self.norm(code)

    def post_of(self, office: Organisation) -> Post:
        return Post.objects.select_related("organisation__division", "person").filter(organisation=office)[0]


def norms_issued(cast: Cast, launched: date, issued: date) -> City:
    """Launched, and all three norms drafted, reviewed and issued: what supervision and contracts may rest on."""
    city = City(cast)
    city.launch(launched)
    for code in ("procedure", "quality", "agreement"):
        for opinion in city.draft(code, launched):
            city.answer(opinion, issued)
        city.issue(code, issued)
    return city


def tasks_answered(city: City, on: date, *codes: str) -> None:
    """The bodies that have these tasks answer them."""
    for task in Task.objects.filter(code__in=codes, state=Task.State.ASSIGNED).select_related(*Task.related):
        if task.organisation is not None:
            city.act("task.answer", task, city.post_of(task.organisation), on)
