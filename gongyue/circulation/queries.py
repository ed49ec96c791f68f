"""Which offices a paper may go to, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Purchase, Role

from .models import Copy, Cosignature, SignOff

Kind = Organisation.Kind
OFFICES = (
    Kind.STREET_OFFICE, Kind.CIVIL_AFFAIRS, Kind.FINANCE, Kind.AUDIT, Kind.LEGAL, Kind.DEPARTMENT,
    Kind.RESIDENTS_COMMITTEE, Kind.INSPECTION, Kind.DEVELOPMENT,
)  # fmt: skip


def offices(purchase: Purchase) -> list[Organisation]:
    """The offices that stand in a purchase and its provider, then the departments above its turn. One query."""
    above = purchase.division.path.strip("/").split("/")
    standing = Role.objects.filter(purchase=purchase, post=None).values("organisation")
    wanted = Q(pk__in=standing, organisation_kind__in=OFFICES) | Q(
        pk__in=Role.objects.filter(purchase=purchase, capacity="provider").values("organisation")
    )
    wanted |= Q(organisation_kind=Kind.DEPARTMENT, division__in=above)
    return list(Organisation.objects.filter(wanted).order_by("-division__path", "name", "pk"))


def reached(purchase: Purchase, organisation: int) -> frozenset[int]:
    """Keys of the papers of a purchase that an office drafted, was asked to sign off, or was sent. One query."""
    papers = SignOff.objects.filter(purchase=purchase)
    mine = Q(drafter=organisation) | Q(cosignatures__organisation=organisation) | Q(copies__organisation=organisation)
    return frozenset(papers.filter(mine).values_list("pk", flat=True))


def latest_round(signoff: SignOff, dossier: Dossier) -> list[Cosignature]:
    """The opinions asked for since the paper was last checked, in order."""
    mine = [opinion for opinion in dossier.all(Cosignature) if opinion.signoff_id == signoff.pk]
    last = max((opinion.round for opinion in mine), default=0)
    return sorted((o for o in mine if o.round == last), key=lambda opinion: opinion.turn)


@dataclass(frozen=True)
class Sheet:
    """会签单 as it is read and printed. `waiting`: offices not yet asked."""

    signoff: SignOff
    opinions: list[Cosignature]
    waiting: list[Organisation]
    main: list[Organisation]
    copied: list[Organisation]
    copies: list[Copy]

    @property
    def tone(self) -> str:
        return {SignOff.State.ISSUED.value: "jade", SignOff.State.RETURNED.value: "ochre"}.get(
            self.signoff.state, "indigo"
        )


def sheets(dossier: Dossier) -> list[Sheet]:
    """Every paper of a purchase, latest first: the dossier's three kinds, and one query for the names."""
    papers = list(reversed(dossier.all(SignOff)))
    keys = {key for paper in papers for key in [*paper.signers, *paper.main, *paper.copied]}
    names = Organisation.objects.in_bulk(keys) if keys else {}
    out = []
    for paper in papers:
        opinions = [] if paper.state == SignOff.State.DRAFTED else latest_round(paper, dossier)
        asked = {opinion.organisation_id for opinion in opinions}
        out.append(Sheet(
            signoff=paper, opinions=opinions, waiting=[names[k] for k in paper.signers if k not in asked],
            main=[names[k] for k in paper.main], copied=[names[k] for k in paper.copied],
            copies=[copy for copy in dossier.all(Copy) if copy.signoff_id == paper.pk],
        ))  # fmt: skip
    return out
