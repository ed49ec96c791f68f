"""The components of every page. All take keyword arguments only, so that a mistyped one fails at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from gongyue.desk.icons import ICONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()

SOON = 3  # calendar days before a deadline from which it stands out
SHOWN = 3  # findings of an offer before the rest is folded
TONES = ("plain", "jade", "cinnabar", "ochre", "indigo")
SEVERITIES = {
    "block": ("cinnabar", "ban", gettext_lazy("不能办理")),
    "warn": ("ochre", "alert-triangle", gettext_lazy("请注意")),
    "undetermined": ("indigo", "help-circle", gettext_lazy("无法判断")),
}


@dataclass(frozen=True)
class Stage:
    """One milestone in a stage bar. `state`: done, now, late (now and overdue) or later; `on`: its day, where known."""

    label: StrOrPromise
    state: str
    on: date | None = None
    note: StrOrPromise = ""


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"no tone {tone!r}: one of {', '.join(TONES)}")
    return tone


# --- small things in a line of text -------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite; decoration only, so it is hidden from readers of the text."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon {name!r} in gongyue.desk.icons")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("vendor/icons.svg"), name
    )


def yuan(fen: int) -> str:
    """1234567 → "12,345.67"; negative amounts carry a true minus sign."""
    whole, part = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}{whole:,}.{part:02d}"


@register.simple_tag
def money(*, fen: int | None, unit: bool = True) -> SafeString:
    """Fen as yuan with two decimals: 1,234,567.00 元; None is a dash. `unit` false: in a column that names it."""
    if fen is None:
        return format_html('<span class="money quiet">{}</span>', "—")
    return format_html('<span class="money">{}{}</span>', yuan(fen), f" {_('元')}" if unit else "")


@register.simple_tag
def wan(*, fen: int | None, plain: bool = False) -> SafeString:
    """Fen in ten thousands of yuan, with as many decimals as it takes to be exact: 200 万元, 33.75 万元.

    English has no such unit: it shows the yuan, without decimals where there are none. `plain`: inside an attribute.
    """
    text = "—" if fen is None else _wan_text(fen)
    return format_html("{}" if plain else '<span class="money">{}</span>', text)


def _wan_text(fen: int) -> str:
    if (get_language() or "").startswith("en"):
        return f"{yuan(fen).removesuffix('.00')} {_('元')}"
    whole, part = divmod(abs(fen), 1_000_000)
    digits = f"{part:06d}".rstrip("0")
    return f"{'−' if fen < 0 else ''}{whole:,}{'.' + digits if digits else ''} 万元"


@register.simple_tag
def percent(*, bp: int | None) -> SafeString:
    """Basis points as a percentage, exactly: 6250 → 62.5%."""
    if bp is None:
        return format_html('<span class="number quiet">{}</span>', "—")
    whole, part = divmod(abs(bp), 100)
    digits = f"{part:02d}".rstrip("0")
    return format_html(
        '<span class="number">{}{}{}%</span>', "−" if bp < 0 else "", whole, f".{digits}" if digits else ""
    )


@register.simple_tag
def day(*, on: date | datetime | None, time: bool = False, week: bool = False) -> SafeString:
    """A day of legal time in the reader's language, marked up with its ISO form; `time` adds the minute, `week` the day
    of the week, for what has to be done by then."""
    if on is None:
        return format_html('<span class="quiet">{}</span>', "—")
    local = localdate(on) if isinstance(on, datetime) else on
    text = date_format(local, "DATE_FORMAT") + (f" {date_format(local, 'D')}" if week else "")
    if time and isinstance(on, datetime):
        text = f"{text} {date_format(localtime(on), 'H:i')}"
    return format_html('<time class="number" datetime="{}">{}</time>', on.isoformat(), text)


@register.simple_tag
def badge(*, label: StrOrPromise, tone: str = "plain") -> SafeString:
    """A state, as a word and a tone: jade in force or done, ochre needs care, cinnabar overdue, indigo in hand."""
    return format_html('<span class="badge-state tone-{}">{}</span>', _tone(tone), label)


@register.inclusion_tag("components/citation.html")
def citation(*, label: StrOrPromise, url: str = "") -> dict[str, Any]:
    """The article behind something; with `url`, a link to where it is shown."""
    return {"label": label, "url": url}


# --- blocks -------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/chart.html")
def chart(*, of: Any) -> dict[str, Any]:
    """A `desk.charts.Chart` with the table behind it; its page includes `components/chart_scripts.html`."""
    return {"chart": of}


@register.inclusion_tag("components/finding.html")
def finding(
    *,
    sentence: StrOrPromise,
    severity: str = "block",
    cite: StrOrPromise = "",
    url: str = "",
    reading: StrOrPromise = "",
) -> dict[str, Any]:
    """A refusal, a warning or an "undetermined", with its article. `reading`: how an unclear text is read here."""
    tone, drawing, kind = SEVERITIES[severity]
    return {
        "sentence": sentence, "tone": tone, "icon_name": drawing, "kind": kind,
        "cite": cite, "url": url, "reading": reading,
    }  # fmt: skip


@register.inclusion_tag("components/stage_bar.html")
def stage_bar(*, stages: Iterable[Stage], label: StrOrPromise = "") -> dict[str, Any]:
    """The milestones of a purchase (or of one of its subjects) in order."""
    return {"stages": list(stages), "label": label or _("办理进度")}


def countdown(due_on: date | None, today: date, *, known: bool = True) -> dict[str, str]:
    """How a deadline looks from `today`, in calendar days: `text` in a line; number, unit and words in a row; tone."""
    if due_on is None:
        words = _("不限期") if known else _("尚不能确定")
        return {"number": "", "unit": "", "words": words, "tone": "plain", "text": words}
    left = (due_on - today).days
    if left == 0:
        return {"number": _("今天"), "unit": "", "words": _("到期"), "tone": "ochre", "text": _("今天到期")}
    days = abs(left)
    seen = {"number": str(days), "unit": ngettext("天", "天", days)}
    if left < 0:
        text = ngettext("已逾期 %(n)s 天", "已逾期 %(n)s 天", days) % {"n": days}
        return seen | {"words": _("已逾期"), "tone": "cinnabar", "text": text}
    text = ngettext("剩余 %(n)s 天", "剩余 %(n)s 天", days) % {"n": days}
    return seen | {"words": _("剩余"), "tone": "ochre" if left <= SOON else "plain", "text": text}


@register.inclusion_tag("components/obligation.html")
def obligation(
    *, what: StrOrPromise, today: date, due_on: date | None = None, known: bool = True, suspended: bool = False,
    url: str = "", about: StrOrPromise = "", holder: StrOrPromise = "", cite: StrOrPromise = "", cite_url: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One open deadline: what, about which purchase, who holds it, by when and under which article.

    `known` false: the day cannot be computed yet. `suspended`: the clock stands still, so nothing is overdue.
    """
    seen = countdown(due_on, today, known=known)
    if suspended:
        seen = {"number": "", "unit": "", "words": _("暂停计时"), "tone": "plain"}
    return {
        "what": what, "url": url, "about": about, "holder": holder, "due_on": due_on, "suspended": suspended,
        "cite": cite, "cite_url": cite_url,
    } | seen  # fmt: skip


@register.inclusion_tag("components/offer.html")
def offer(
    *, label: StrOrPromise, url: str = "", findings: Iterable[Mapping[str, Any]] = (), primary: bool = False,
    note: StrOrPromise = "", asked: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:  # fmt: skip
    """An action in the panel of what may be done now.

    `findings` are mappings of `finding`'s arguments; one that blocks closes the offer, which then shows why instead of
    a button; of many the first few, those that block before those that warn, and the rest folded. `asked` are the rules
    that will be asked once the form is filled: mappings of `citation`'s arguments.
    """
    found = sorted(findings, key=lambda f: f.get("severity", "block") == "warn")
    is_open = bool(url) and not any(f.get("severity", "block") != "warn" for f in found)
    return {
        "label": label, "url": url, "open": is_open, "primary": primary, "note": note,
        "findings": found[:SHOWN], "folded": found[SHOWN:], "asked": list(asked),
    }  # fmt: skip


@register.inclusion_tag("components/empty.html")
def empty(*, title: StrOrPromise, text: StrOrPromise = "", icon: str = "inbox") -> dict[str, Any]:
    """What stands where nothing is, and what would bring something here."""
    return {"title": title, "text": text, "icon_name": icon}


@register.inclusion_tag("components/moment.html")
def moment(
    *, at: date | datetime, what: StrOrPromise, who: StrOrPromise = "", note: StrOrPromise = "", url: str = "",
    number: StrOrPromise = "", tone: str = "jade", cite: StrOrPromise = "", cite_url: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A ledger entry in a timeline (inside `<ol class="timeline">`). `number` is its number or digest in the ledger."""
    return {
        "at": at, "what": what, "who": who, "note": note, "url": url, "number": number, "tone": _tone(tone),
        "cite": cite, "cite_url": cite_url, "has_time": isinstance(at, datetime),
    }  # fmt: skip


@register.inclusion_tag("components/keys.html")
def keys(*, rows: Iterable[tuple[StrOrPromise, Any]]) -> dict[str, Any]:
    """A grid of names and values; None and "" show as a dash."""
    return {"rows": [(name, "—" if value in (None, "") else value) for name, value in rows]}


@register.inclusion_tag("components/share.html")
def share(*, part: int, whole: int, tone: str = "jade", label: StrOrPromise = "") -> dict[str, Any]:
    """A bar: `part` of `whole` (fen, days, people). `label` says it in words for those who do not see it."""
    bounded = max(0, min(part, whole))
    return {"tenths": bounded * 1000 // whole if whole else 0, "tone": _tone(tone), "label": label or f"{part}/{whole}"}


UNITS = {"yuan": gettext_lazy("元"), "day": gettext_lazy("日"), "percent": gettext_lazy("%")}


@register.filter
def under(values: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key."""
    return values.get(key, "")


@register.filter
def unit(field: BoundField) -> StrOrPromise:
    """What a form field counts, from its widget's `data-unit`; "" where it names none."""
    return UNITS.get(field.field.widget.attrs.get("data-unit", ""), "")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: str | int | None) -> str:
    """The address's own query string with some of its fields set (None: taken out). For pagers, filters and sorting."""
    fields = context["request"].GET.copy()
    for name, value in changes.items():
        fields.pop(name, None)
        if value is not None:
            fields[name] = str(value)
    return f"?{fields.urlencode()}"
