"""Every page that anybody of a purchase is led to opens, in any regime, and shows no code where words belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from gongyue import clock
from gongyue.kernel.models import Post, Purchase, Role
from tests.chengdu import Chengdu, chengdu
from tests.delivery.test_vouchers import begun, issue
from tests.journeys.test_guangdong import Futian, contracted, futian, line
from tests.journeys.test_guangdong_violations import seat
from tests.journeys.test_methods import agreed, contract
from tests.needs.test_standards import put
from tests.outside import City
from tests.tendering.shanghai import settle

from .conftest import Desk

__all__ = ["City", "chengdu", "futian", "line"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
LINK = re.compile(r'href="(/(?:do|purchases)/[^"#]*)"')
SIDE = re.compile(r'<nav class="side".*?</nav>', re.DOTALL)
ENTRY = re.compile(r'href="(/[a-z-]+/)"')
FILE = re.compile(r"\.(docx|pdf|zip|json|xlsx|csv)$|/(documents|scans|papers|files)/")
RAW = re.compile(r"<(dd|td|b|p|li|span|h1|h2|h3|option)[^>]*>\s*([a-z]+(?:_[a-z]+)*|None|True|False|-{3,})\s*</")
GUANGZHOU = ("抄送市民政局", "市民政局备案", "县级市")  # what Guangzhou's rules alone speak of


@dataclass(frozen=True)
class Shown:
    """One page, as one post saw it."""

    post: Post
    url: str
    status: int
    text: str

    def __str__(self) -> str:
        return f"{self.url} ({self.post.organisation} {self.post.title})"


def shape(url: str) -> str:
    """An address without its numbers: of a kind that is shown often, two are looked at."""
    return re.sub(r"\d+", "n", url)


def pages(purchase: Purchase, desk: Desk) -> Iterator[Shown]:
    """What each seat reaches from the purchase's page, one for every organisation that stands in it."""
    done: set[str] = set()
    standing = Role.objects.filter(purchase=purchase).values_list("organisation", flat=True)
    for organisation in dict.fromkeys(standing):
        post = Post.objects.filter(organisation=organisation).select_related("organisation", "person").first()
        if post is not None:
            yield from _reached(desk(post), post, f"/purchases/{purchase.pk}/", done)


def _reached(client: Client, post: Post, start: str, done: set[str]) -> Iterator[Shown]:
    """`done`: the steps whose forms were opened already, by whomever; the rest differs from one reader to the next."""
    waiting, seen = ["/desk/", start], dict[str, int]()
    while waiting:
        url = waiting.pop(0)
        seen[shape(url)] = seen.get(shape(url), 0) + 1
        if seen[shape(url)] > 2 or (url.startswith("/do/") and url in done):
            continue
        done.add(url)
        answer: Any = client.get(url)
        text = str(answer.content.decode()) if not answer.streaming else ""
        if url == "/desk/":
            waiting += _menu(text, post, done)
        found = MAIN.search(text)
        yield Shown(post, url, answer.status_code, found.group(0) if found else "")
        links = map(unescape, LINK.findall(found.group(0))) if found else ()
        waiting += [link for link in dict.fromkeys(links) if not FILE.search(link)]


def _menu(text: str, post: Post, done: set[str]) -> list[str]:
    """What the menu leads to, once for each kind of organisation."""
    side = SIDE.search(text)
    found = {
        f"{post.organisation.organisation_kind} {url}": url for url in ENTRY.findall(side.group(0) if side else "")
    }
    fresh = [url for mark, url in found.items() if mark not in done]
    done.update(found)
    return fresh


def sound(purchase: Purchase | None, on: date, desk: Desk, least: int) -> None:
    """Nothing is led to that is not there, nothing stands unsaid, and nobody speaks of another city's rules."""
    assert purchase is not None
    clock.advance(on)
    shown = list(pages(purchase, desk))
    assert [str(one) for one in shown if one.status not in {200, 303}] == []
    raw = [(found.group(2), str(one)) for one in shown for found in RAW.finditer(one.text)]
    assert raw == []
    assert [(words, str(one)) for one in shown for words in GUANGZHOU if words in one.text] == []
    assert len(shown) >= least


def test_of_a_purchase_in_guangdong(line: Futian, desk: Desk, settings: Any) -> None:
    contracted(line)
    told = {"what": "以劳务费名义套取资金。", "provision": "财政资金专款专用。"}
    provider = line.contract().provider
    assert provider is not None
    watcher = seat(line, "福田区监察局")
    line.act("violation.open", None, date(2012, 11, 20), actor=watcher, about=str(provider.pk), **told)
    settings.GONGYUE_DEMONSTRATION = True
    sound(line.purchase, date(2012, 11, 21), desk, 100)


def test_of_an_entrusted_service_in_shanghai(desk: Desk, settings: Any) -> None:
    warned = {"acknowledge-unlisted-method": "职能已经转移"}
    town = agreed("entrustment", "function_transfer", settle().watch(), "lottery", **warned)
    contract(town, date(2012, 4, 2))
    told = {"level": "two", "risk": "部分支出没有凭证"}
    town.act("alert.raise", None, date(2012, 11, 5), town.watchers["audit"], **told)
    settings.GONGYUE_DEMONSTRATION = True
    sound(town.purchase, date(2012, 11, 6), desk, 80)


def test_of_vouchers_in_chengdu(chengdu: Chengdu, desk: Desk, settings: Any) -> None:
    first = put(chengdu, chengdu.writer, "2017-09-11")
    put(chengdu, chengdu.writer, "2018-03-01", str(first.pk), change="使用人反映。")
    issue(begun(chengdu))
    settings.GONGYUE_DEMONSTRATION = True
    sound(chengdu.purchase, date(2018, 5, 3), desk, 80)
