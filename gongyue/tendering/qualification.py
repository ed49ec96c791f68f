"""资质评价表: which items a bidder is rated by, pass or fail, as the regime lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gongyue.kernel.findings import language
from gongyue.policy import Regime

FORM = "qualification"
TELLING = 4  # signs of a name that, found within an item's, are more than a coincidence
CONDITIONS = {
    "liability": _("能独立承担法律责任"), "accounting": _("财务会计制度健全"),
    "ability": _("具备相应的专业能力"), "reputation": _("社会信誉良好"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the form."""

    id: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.en if language() == "en" else self.zh


def items(regime: Regime | None) -> list[Item]:
    """The regime's list; where it has none, the four conditions."""
    form = regime.frameworks.get(FORM) if regime is not None else None
    if form is not None:
        return [Item(row["id"], row["zh"], row["en"]) for row in form["items"]]
    names = {}
    for lang in ("zh-hans", "en"):
        with override(lang):
            names[lang] = {key: str(name) for key, name in CONDITIONS.items()}
    return [Item(key, names["zh-hans"][key], names["en"][key]) for key in CONDITIONS]


def named_after(name: str, regime: Regime | None) -> Item | None:
    """The item that a scoring factor takes its name from: the same words, or one within the other."""
    given = _folded(name)
    for item in items(regime):
        for label in (_folded(item.zh), _folded(item.en)):
            if given == label or label in given or (len(given) >= TELLING and given in label):
                return item
    return None


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def counted(staff: int | None, social_workers: int | None, capability: str) -> list[dict[str, str]]:
    """What a place asks beside the form, as further lines of it: people by number, and what a firm proves."""
    rows = []
    if staff is not None:
        rows.append({"item": "投标时的全职员工", "result": "合格", "evidence": f"{staff} 人"})
    if social_workers is not None:
        rows.append({"item": "其中专业社工", "result": "合格", "evidence": f"{social_workers} 人"})
    if capability:
        rows.append({"item": "企事业单位具备相应能力和条件", "result": "合格", "evidence": capability})
    return rows


def missing(regime: Regime | None) -> str:
    """What the sources do not give of this form, with its article; "" where nothing is missing."""
    form = regime.frameworks.get(FORM) if regime is not None else None
    slot = next((slot for slot in regime.slots if slot.id == form.get("slot")), None) if regime and form else None
    return f"{slot.what[language()]}（{slot.cite}）" if slot else ""
