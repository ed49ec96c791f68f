"""联合体 of one bid, as those see it who read the bid in full: its members, and which grade counts."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Consortium, ConsortiumMember
from .models.consortium import lowest_grades


@dataclass(frozen=True)
class Graded:
    """One class of work that members share: the lowest grade among them counts, and whose it is."""

    work_class: str
    grade: int
    members: list[str]


@dataclass(frozen=True)
class JointPage:
    """The agreement, its members who agreed, lead first, and the grade that counts for each class of work."""

    agreement: str
    members: list[ConsortiumMember]
    grades: list[Graded]


def joint_page(tender: int, lead: int) -> JointPage | None:
    """Of the bid that `lead` handed in to a tender; None where it bids alone. Two queries, one where there is none."""
    consortium = Consortium.objects.filter(tender=tender, organisation=lead, state=Consortium.State.FORMED).first()
    if consortium is None:
        return None
    rows = consortium.members.filter(state=ConsortiumMember.State.CONFIRMED).select_related("organisation")
    members = sorted(rows, key=lambda one: (one.organisation_id != lead, one.pk))
    grades = [
        Graded(name, grade, [str(one.organisation) for one in members
                             if (one.work_class, one.grade) == (name, grade)])
        for name, grade in lowest_grades(members).items()
    ]  # fmt: skip
    return JointPage(consortium.agreement, members, grades)
