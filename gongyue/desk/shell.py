"""What the frame of a workbench page shows around its content. A context processor or a view gives it as `shell`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Item:
    """A line of the navigation. `icon` is one of `gongyue.desk.icons.ICONS`; `count` is a badge ("3", "99+")."""

    label: StrOrPromise
    url: str
    icon: str
    active: bool = False
    count: str = ""


@dataclass(frozen=True)
class Seat:
    """A post the reader holds and may act as."""

    pk: int
    title: str
    organisation: str
    active: bool = False


@dataclass(frozen=True)
class Shell:
    """The frame: who acts, where they may go, what waits for them and, in the demonstration, the training day.

    `items` are the navigation in order; the first four also make the bar at the foot of a narrow screen.
    `mail_url` "": somebody else sets where this person is reminded.
    `inbox` is the badge ("" hides it). `training_day` None: the clock is the real one and is not shown.
    """

    items: tuple[Item, ...] = ()
    seats: tuple[Seat, ...] = ()
    switch_url: str = ""
    mail_url: str = ""
    person: str = ""
    home_url: str = "/"
    inbox_url: str = ""
    inbox: str = ""
    logout_url: str = ""
    search_url: str = ""
    training_day: date | None = None
    training_url: str = ""
    seat: Seat | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seat", next((seat for seat in self.seats if seat.active), None))
