"""What an action is done to. A subject knows its kind, its milestone and how many actions it has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from gongyue.kernel.dossier import Dossier

    from .identity import Division, Organisation, Post
    from .purchase import Purchase


class Subject(models.Model):
    """办理事项的对象. `version` counts its actions, so that a stale page is noticed; only the kernel writes it.

    `called` is what people call the kind, `section` the part of its purchase's page that it is done on.

    A subject that does not exist yet is an unsaved instance at state "": its first milestone is reached
    from nothing, by the action that brings it into the world.
    """

    kind: ClassVar[str]
    called: ClassVar[StrOrPromise] = ""
    section: ClassVar[str] = "line"
    staged: ClassVar[bool] = True  # whether its milestones are shown as the purchase's stage
    numerous: ClassVar[bool] = False  # too many of one purchase to be read at once: a list of its own shows them
    variants: ClassVar[Mapping[str, StrOrPromise]] = {}  # what `method` may be, each with its name
    # what may be done to it is what the law of the day knows: an act whose article is not in force does not exist
    dated: ClassVar[bool] = False
    # begun only where something went wrong: the kind whose lateness calls for it, "" where none does; panels keep it
    # aside until then
    remedy: ClassVar[str | None] = None
    State: ClassVar[type[models.TextChoices]]

    state = models.CharField(_("状态"), max_length=20, default="", editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """How the ledger and the obligations call it: `contract:12`."""
        return f"{self.kind}:{self.pk}"

    @property
    def seed(self) -> str:
        """Tells several unborn subjects of one kind and purchase apart (an instalment's number, say)."""
        return ""

    @classmethod
    def of_seed(cls, seed: str) -> str:
        """What one that is not born yet is called by its seed; "" where the desk finds the words."""
        return ""

    @classmethod
    def seed_after(cls, before: Subject) -> str:
        """The seed of what is still to be born after this; "" where there is one at most."""
        return ""

    @property
    def seed_words(self) -> str:
        """The seed for people, where it is another row's key and says nothing by itself; "" where words know it."""
        return ""

    @property
    def draft_key(self) -> str:
        """Where a draft about it is kept, before and after birth."""
        purchase = self.parent_purchase
        return self.key if self.pk else f"{self.kind}:new:{purchase.pk if purchase else ''}:{self.seed}"

    @property
    def parent_purchase(self) -> Purchase | None:
        """The purchase it belongs to; None for what belongs to a place (an organisation, a fund)."""
        return None

    @property
    def regime_code(self) -> str:
        raise TypeError(f"{self.kind} does not say which regime governs it")

    @property
    def place(self) -> Division:
        """Whose territory it lies in: decides capacities where there is no purchase."""
        raise TypeError(f"{self.kind} does not say where it lies")

    @property
    def method(self) -> str:
        """The variant of the procedure it follows (a procurement method); "" for the common one (see `variants`)."""
        return ""

    @property
    def says(self) -> Mapping[str, StrOrPromise]:
        """What its actions (by name), its milestones (`state:<milestone>`) and its fields (`field:<name>`, "" where it
        has none of them) are called where its variant has words of its own; "" its kind."""
        return {}

    @property
    def pressing(self) -> frozenset[str]:
        """Its actions that move no milestone and that its next one waits for all the same."""
        return frozenset()

    @property
    def owner(self) -> Organisation | None:
        """The organisation that answers for it where it names one itself (a payment's payer); else a capacity does."""
        return None

    @property
    def sides(self) -> Mapping[str, Organisation]:
        """Capacities in which one organisation alone acts on it, though others hold them in the purchase too (of
        several providers the one whose contract it is)."""
        return {}

    def open_to(self, organisation: int, capacities: Iterable[str]) -> bool:
        """Whether an organisation may act on it in one of these capacities that it holds."""
        sides = self.sides
        return not sides or any(one not in sides or sides[one].pk == organisation for one in capacities)

    @property
    def doer(self) -> Post | None:
        """The post that answers for it in person, and nobody else of its organisation (an expert's sheet)."""
        return None

    def visible_to(self, actor: Post) -> bool:
        """Whether a page may let on to this post that it exists (a bid before the opening: to its bidder alone)."""
        return True

    def get_state_display(self) -> str:
        return str(self.says.get(f"state:{self.state}") or self.State(self.state).label) if self.state else ""

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The subjects of this kind that could be brought into the world now (unsaved)."""
        return []


class PurchaseSubject(Subject):
    """A subject within one purchase."""

    follows: ClassVar[type[PurchaseSubject] | None] = None  # a kind without which there can be none of this

    purchase = models.ForeignKey("kernel.Purchase", on_delete=models.PROTECT, related_name="+", verbose_name=_("采购"))

    class Meta:
        abstract = True

    @property
    def parent_purchase(self) -> Purchase | None:
        return self.purchase

    @property
    def regime_code(self) -> str:
        return self.purchase.regime

    @property
    def place(self) -> Division:
        return self.purchase.division

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Whether nothing can be done to any of this kind now, so that a page need not read them."""
        return False

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One at a time, unless a kind says otherwise; of a numerous kind one more is always possible."""
        if dossier is not None and cls.numerous:
            return [cls(purchase=dossier.purchase)]
        if dossier is None or dossier.all(cls):
            return []
        return [cls(purchase=dossier.purchase)]
