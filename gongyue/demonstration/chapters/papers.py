"""Papers between offices, and what stands before the public."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongyue.circulation.models import Copy, Cosignature, SignOff
from gongyue.demonstration.cast import must
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import Story, Told
from gongyue.disclosure.models import ProviderFile
from gongyue.ledger.sequence import sequence


@Story
def letter(line: Line, since: date) -> Told:
    """A letter that three offices sign off, and one of those it went to has signed for."""
    cast = line.cast
    handler, reviewer = cast.bureaus[line.district]
    yield since
    paper = line.act("signoff.draft", None, since, actor=handler).subject
    line.act("signoff.check", paper, since, actor=reviewer)
    for days, post in ((2, cast.streets[line.street.pk]), (4, cast.finances[line.district])):
        yield (now := since + timedelta(days=days))
        line.act("cosignature.give", line.latest(Cosignature), now, actor=post)
    yield (now := since + timedelta(days=5))
    line.act("signoff.issue", paper, now, actor=handler)
    copy = Copy.objects.get(signoff=paper.pk, is_main=True)
    line.act("copy.read", copy, now, actor=cast.departments["health"])


@Story
def consulted(line: Line, since: date) -> Told:
    """A paper sent back by its reader, written again; the street has signed it off, the committee is asked now."""
    cast = line.cast
    handler, reviewer = cast.bureaus[line.district]
    committee = cast.committees[line.street.pk]
    text: dict[str, Any] = {
        "title": f"关于{line.street.name}社区综合服务中心第二年服务安排的函", "series": "越民函（演示）",
        "text": "第二年拟增加长者上门服务，夜间开放活动室，征求意见。",
        "signers": [{"organisation": str(p.organisation_id)} for p in (cast.streets[line.street.pk], committee)],
        "main": [{"organisation": str(cast.departments["health"].organisation_id)}], "copied": [],
    }  # fmt: skip
    yield since
    paper = line.act("signoff.draft", None, since, actor=handler, **text).subject
    yield (now := since + timedelta(days=1))
    line.act("signoff.return", paper, now, actor=reviewer, reason="请写明夜间开放由谁值班。")
    yield (now := since + timedelta(days=2))
    again = text | {"text": f"{text['text']}夜间由一名社工和一名志愿者值班。"}
    line.act("signoff.draft", SignOff.objects.get(pk=paper.pk), now, actor=handler, **again)
    line.act("signoff.check", SignOff.objects.get(pk=paper.pk), now, actor=reviewer)
    yield (now := since + timedelta(days=4))
    line.act("cosignature.give", line.latest(Cosignature), now, actor=cast.streets[line.street.pk])


@Story
def told(line: Line, since: date) -> Told:
    """What the provider puts before the public, and where the notices appeared."""
    written = "providerfile.submit"
    yield since
    sequence()  # a notice is public once its entry has its leaf
    line.act("publication.log", None, since)
    line.act("projectfacts.publish", None, since)
    provider = line.actor("projectfacts.publish")
    file = ProviderFile(organisation=provider.organisation)
    must(written, file, provider, since, PAPERS[written](line, file, since))
