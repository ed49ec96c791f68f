"""Somebody at a browser: comes in, opens a purchase, presses what the panel offers, fills the form, sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from gongyue import clock
from gongyue.clock import LOCAL
from gongyue.demonstration.accounts import ACCOUNTS
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.models import Post, Purchase
from gongyue.kernel.offers import find


class Walker:
    """Drives one page as different people. `on` moves the training clock; `does` walks a whole step."""

    def __init__(self, page: Page, address: str, line: Line) -> None:
        self.page, self.address, self.line = page, address, line
        self.post: Post | None = None
        self.sessions: dict[str, str] = {}  # of each who came in, by account

    def comes_in(self, post: Post) -> None:
        """By the demonstration's card where there is one, the first time; else with a session of their own."""
        if self.post == post:
            return
        self.post = post
        self.page.context.clear_cookies()
        username = post.person.username
        if username not in self.sessions:
            self.sessions[username] = self._session(post)
        session = {"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[username], "url": self.address}
        self.page.context.add_cookies([session])

    def _session(self, post: Post) -> str:
        username = post.person.username
        if username in {account.username for account in ACCOUNTS}:
            self.page.goto(f"{self.address}/login/")
            self.page.locator(f"form[action$='/login/as/{username}/'] button").click()
            expect(self.page).to_have_url(f"{self.address}/desk/")
            return next(c["value"] for c in self.page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
        client = Client()
        client.force_login(post.person, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def on(self, day: date) -> None:
        if clock.today() < day:
            clock.advance(day)

    def reads(self, purchase: Purchase) -> None:
        self.page.goto(f"{self.address}/purchases/{purchase.pk}/")

    def opens(self, name: str, purchase: Purchase | None, *, subject: Any = None, seed: str = "") -> None:
        """To the action's page: by the panel's button; where there is no purchase yet, by its address."""
        if purchase is None:
            self.page.goto(f"{self.address}/do/{name}/new/")
            return
        section = ACTIONS[name].section
        self.page.goto(f"{self.address}/purchases/{purchase.pk}/{'' if section == Purchase.section else f'{section}/'}")
        tail = f"/do/{name}/{subject.pk}/" if subject is not None else f"/do/{name}/"
        link = f"a[href*='{tail}']" + (f"[href*='seed={seed}']" if seed else "")
        button = self.page.locator(f".offer {link}").first
        button.wait_for(state="attached")
        if not button.is_visible():
            self.page.locator(f"details:has({link}) > summary").first.click()
        button.click()
        self.page.wait_for_url(lambda address: tail in address)  # what follows reads the form, not the page left

    def sends(self) -> None:
        """And waits for the answer: what is read next stands on the page that came, not on the one sent."""
        form = self.page.locator("form[data-draft-url]")
        form.evaluate("form => form.setAttribute('data-walked', '')")
        form.locator(".form-foot button").click()
        self.page.locator("form[data-walked]").wait_for(state="detached")
        self.page.wait_for_load_state()

    def does(
        self, name: str, actor: Post, *, purchase: Purchase | None, subject: Any = None, seed: str = "", **data: Any
    ) -> None:
        """The whole step, with the demonstration's paper where nothing else is given; it must succeed."""
        self.comes_in(actor)
        self.opens(name, purchase, subject=subject, seed=seed)
        self.fills(self.paper(name, actor, purchase, subject, seed) | data)
        self.sends()
        expect(self.page.locator(".notes .tone-jade")).to_contain_text("已办理")

    def paper(self, name: str, actor: Post, purchase: Purchase | None, subject: Any, seed: str) -> dict[str, Any]:
        if name not in PAPERS:
            return {}
        if subject is None:
            if purchase is not None:
                purchase.refresh_from_db()  # it keeps which kinds were born in it meanwhile
            subject = find(name, actor=actor, at=clock.now(), purchase=purchase, seed=seed)
        return dict(PAPERS[name](self.line, subject, clock.today()))

    def fills(self, data: Mapping[str, Any]) -> None:
        for name, value in data.items():
            if isinstance(value, Mapping):
                for bid, points in value.items():
                    for factor, score in points.items():
                        self._named(f"{name}-{bid}-{factor}").fill(score)
            elif isinstance(value, list) and value and isinstance(value[0], Mapping):
                self._rows(name, value)
            elif isinstance(value, list):
                for choice in value:
                    self.page.locator(f"[name='{name}'][value='{choice}']").check()
            else:
                self._fill(self._named(name), value)

    def _named(self, name: str) -> Locator:
        return self.page.locator(f"form[data-draft-url] [name='{name}']:not([type='hidden'])")

    def _rows(self, name: str, rows: list[Mapping[str, Any]]) -> None:
        table = self.page.locator(f"[data-rows]:has([name^='{name}-'])").first
        while table.locator("tbody tr").count() > len(rows):
            table.locator("[data-row-remove]").last.click()
        while table.locator("tbody tr").count() < len(rows):
            table.locator("[data-row-add]").click()
        for number, row in enumerate(rows):
            for column, value in row.items():
                self._fill(table.locator("tbody tr").nth(number).locator(f"[name$='-{column}']"), value)

    def _fill(self, field: Locator, value: Any) -> None:
        kind, tag = field.first.get_attribute("type"), field.first.evaluate("e => e.tagName")
        if kind == "checkbox":
            field.set_checked(bool(value))
        elif kind == "radio":
            self.page.locator(f"[name='{field.first.get_attribute('name')}'][value='{value}']").check()
        elif kind == "file":
            field.set_input_files(value)
        elif tag == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))

    def articles(self) -> list[str]:
        """The articles that stand beside what is refused on the page now."""
        return self.page.locator(".finding .cite").all_inner_texts()

    def refusals(self) -> list[str]:
        texts = self.page.locator(".finding .finding-text").all_inner_texts()
        return [re.sub(r"\s+", "", text) for text in texts]


class Officer(Walker):
    """Somebody in another place than the demonstration's, who has no papers but those given."""

    def paper(self, name: str, actor: Post, purchase: Purchase | None, subject: Any, seed: str) -> dict[str, Any]:
        return {}

    def refused(self, name: str, actor: Post, articles: list[str], /, **about: Any) -> None:
        """What is sent is refused under these articles and stays on the page, to be put right and sent again.
        `about`: purchase, subject and seed as `does` takes them; the rest is typed, a path into a field for files."""
        where = {key: about.pop(key) for key in ("purchase", "subject", "seed") if key in about}
        self.comes_in(actor)
        self.opens(name, where.pop("purchase"), **where)
        self.fills(about)
        self.sends()
        expect(self.page.locator(".finding .cite").first).to_be_visible()
        assert self.articles() == articles

    def again(self, **data: Any) -> None:
        """The same page once more, with this put right; it must succeed."""
        self.fills(data)
        self.sends()
        expect(self.page.locator(".notes .tone-jade")).to_contain_text("已办理")


def moment(day: str, hour: int) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=hour), LOCAL)
