"""Under Chengdu's measures: the purchaser and the unit that supervises it hold the keys; finance holds none."""

from __future__ import annotations

from datetime import datetime

import pyrage
import pytest

from gongyue.budget.models import Share
from gongyue.clock import LOCAL
from gongyue.demonstration import sealed as story
from gongyue.kernel.models import Obligation, Post
from gongyue.needs.models import NeedsAssessment, ServiceProposal
from gongyue.tendering.models import Bid, Opening, SealedBid, Tender
from tests.journeys.test_chengdu import CODE, DOCUMENTS, OFFICES, REGISTRAR, budget, day, later, require
from tests.journeys.test_guangdong import LISTED, drawn
from tests.outside import City, Outside, city
from tests.tendering.conftest import attempt, objections

pytestmark = pytest.mark.django_db
OPENING = datetime(2018, 4, 4, 10, tzinfo=LOCAL)


@pytest.fixture
def chengdu() -> City:
    return city(CODE, REGISTRAR, OFFICES, day(9, 1))


def drafted(everybody: City, supervisor: str, **method: str) -> Outside:
    """Documents drafted in March 2018 for what the district's bureau buys."""
    line = Outside(everybody, "锦江区民政局", "510104", finance="锦江区财政局")
    line.start(day(9, 4), service_class="public", supervisor=str(everybody.seats[supervisor][0].organisation_id))
    line.through(NeedsAssessment, "concluded", day(9, 5), day(9, 11))
    cost = {"service": "居家探访", "target": "独居长者", "volume": "2400", "unit": "次", "staff": "150"}
    cost |= {"activity": "30", "other": "10", "taxes": "10"}
    served = {"service": "居家探访", "category": "individual", "phase": "first", "ready": "on", "standard": ""}
    estimated = {"services": [served], "costs": [cost], "estimated_with": "区社会工作协会"}
    line.through(ServiceProposal, "argued", day(9, 12), day(9, 13), **{"service_proposal.submit": estimated})
    budget(line)
    require(line, **method)
    line.act("tender.draft", None, later(3, 12), ceiling="500000", **DOCUMENTS)
    if method:
        drawn(line, later(3, 13))
    contact = "书面送区民政局办公室，028-8000 0000"
    line.act("tender.relief", line.latest(Tender), later(3, 13), challenge_contact=contact)
    return line


def take(line: Outside, post: Post, key: pyrage.x25519.Identity) -> None:
    line.act("keyholder.take", None, later(3, 13), actor=post, recipient=str(key.to_public()), kept=True)


def test_a_call_is_sealed_and_opened_by_the_purchaser_and_the_unit_that_supervises_it(chengdu: City) -> None:
    line = drafted(chengdu, "成都市民政局")
    keys = {"purchaser": pyrage.x25519.Identity.generate(), "supervisor": pyrage.x25519.Identity.generate()}
    posts = {"purchaser": line.office[0], "supervisor": chengdu.seats["成都市民政局"][0]}
    for name, key in keys.items():
        take(line, posts[name], key)
    public = str(pyrage.x25519.Identity.generate().to_public())
    for finance in (line.money, chengdu.seats["成都市财政局"][0]):
        outcome = attempt(
            line, "keyholder.take", None, story.moment(later(3, 13)), actor=finance, recipient=public, kept=True
        )
        assert objections(outcome) == ["kernel.capacity"]
    line.act("tender.seal", line.latest(Tender), later(3, 13), threshold="2", own_copy=True)
    line.act("tender.publish", line.latest(Tender), later(3, 14))
    for index, price in ((0, "486000"), (1, "492000"), (3, "498000")):
        story.hand_in(line, chengdu.social[index], later(3, 28), price)
    assert Bid.objects.filter(purchase=line.purchase, unread=True).count() == 3

    line.act("tender.open", line.latest(Tender), OPENING)
    owed = Obligation.objects.get(purchase=line.purchase, is_open=True, action="opening.read")
    assert (owed.organisation, owed.rule) == (line.office[0].organisation, "read-out")
    for name in ("purchaser", "supervisor"):
        found = story.layers(line.latest(Opening), name, str(keys[name]))
        line.act("opening.unlock", line.latest(Opening), OPENING, actor=posts[name], layers=found)
    for row in SealedBid.objects.filter(bid__tender=line.latest(Tender)):
        line.act("sealedbid.open", row, OPENING, actor=posts["supervisor"])
    line.act("opening.read", line.latest(Opening), OPENING)
    line.act("opening.close", line.latest(Opening), OPENING)
    assert [row["price_fen"] for row in line.latest(Opening).record] == [48_600_000, 49_200_000, 49_800_000]
    assert Share.objects.get(purchase=line.purchase).payer == line.money.organisation


def test_where_the_purchaser_supervises_itself_there_is_one_key_and_no_lock(chengdu: City) -> None:
    """One office never opens bids alone: they come on paper then."""
    line = drafted(chengdu, "锦江区民政局")
    take(line, line.office[0], pyrage.x25519.Identity.generate())
    outcome = attempt(
        line, "tender.seal", line.latest(Tender), story.moment(later(3, 13)), threshold="2", own_copy=False
    )
    assert list(outcome.form.errors) == ["threshold"]


def test_finance_holds_no_key_even_where_it_is_named_to_supervise(chengdu: City) -> None:
    line = drafted(chengdu, "锦江区财政局")
    public = str(pyrage.x25519.Identity.generate().to_public())
    at = story.moment(later(3, 13))
    outcome = attempt(line, "keyholder.take", None, at, actor=line.money, recipient=public, kept=True)
    assert objections(outcome) == ["finance-holds-no-key"]


def test_after_the_draw_an_invited_tender_still_names_its_contact_and_is_sealed(chengdu: City) -> None:
    sixth = chengdu.register("锦城社工服务中心（演示）", "social_organisation", "510100", "private_non_enterprise")
    chengdu.social.append(chengdu.post(sixth, "项目主任", "bidder-6"))
    line = drafted(chengdu, "成都市民政局", way="invited", ground="limited_suppliers", **LISTED)
    assert line.latest(Tender).state == "invited"
    for post in (line.office[0], chengdu.seats["成都市民政局"][0]):
        take(line, post, pyrage.x25519.Identity.generate())
    line.act("tender.seal", line.latest(Tender), later(3, 13), threshold="2", own_copy=True)
    assert line.latest(Tender).lock
    line.act("tender.on_paper", line.latest(Tender), later(3, 13), reason="供应商没有条件")
    assert not line.latest(Tender).lock
    line.act("tender.publish", line.latest(Tender), later(3, 14))
    assert line.latest(Tender).state == "announced"
