"""大写金额: an amount as contracts and vouchers write it, so that no digit can be added to it."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capitals(fen: int) -> str:
    """The amount (fen, not negative, below 10^18) in Chinese capitals: 195000000 is 壹佰玖拾伍万元整."""
    if not 0 <= fen < 10**18:
        raise ValueError(f"no amount: {fen}")
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    out = f"{_whole(yuan)}元" if yuan or not fen else ""
    if not jiao and not cent:
        return f"{out}整"
    if jiao:
        out += f"{DIGITS[jiao]}角"
    elif out:
        out += DIGITS[0]
    return out + (f"{DIGITS[cent]}分" if cent else "")


def _whole(number: int) -> str:
    """A whole number by groups of four digits; a gap of zeros is read once."""
    if number == 0:
        return DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    out, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group == 0:
            gap = bool(out)
            continue
        if out and (gap or group < 1000):
            out += DIGITS[0]
        out += _group(group) + GROUPS[place]
        gap = False
    return out


def _group(number: int) -> str:
    """1 to 9999."""
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(out)
            continue
        out += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return out
