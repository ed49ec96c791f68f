"""Ranking 500 bids scored by 11 experts on 40 factors against merely reading and adding up the same sheets."""

from __future__ import annotations

import json
import time

from support import ms, site

BIDS, EXPERTS, FACTORS, PRICE_POINTS = 500, 11, 40, 10
TURNS = 7  # both are timed in turn, and the quickest of each is compared
LIMIT = 0.25


def sheets() -> list[str]:
    """The experts' sheets as the database keeps them: hundredths of a point by bid and factor."""
    return [
        json.dumps({
            str(bid): {str(factor): (bid * 7 + factor * 13 + expert * 29) % 226 for factor in range(1, FACTORS + 1)}
            for bid in range(1, BIDS + 1)
        })
        for expert in range(EXPERTS)
    ]  # fmt: skip


def main() -> None:
    from gongyue.tendering.models import ScoreSheet
    from gongyue.tendering.scoring import Offered, price_score, rank

    texts = sheets()
    bids = [Offered(bid, 195_000_000 + bid * 37_511) for bid in range(1, BIDS + 1)]
    prices = {bid.bid: price_score(bid.price_fen, bids[0].price_fen, PRICE_POINTS) for bid in bids}
    bare, reading, whole = [], [], []
    for _turn in range(TURNS):
        start = time.perf_counter()
        added = sum(sum(row.values()) for text in texts for row in json.loads(text).values())
        bare.append(time.perf_counter() - start)

        start = time.perf_counter()
        read = [ScoreSheet(scores=json.loads(text)).points() for text in texts]
        reading.append(time.perf_counter() - start)
        placed = rank(bids, price_points=PRICE_POINTS, factors=list(range(1, FACTORS + 1)), sheets=read)
        whole.append(time.perf_counter() - start)
        assert sum(row.total - prices[row.bid] for row in placed) * 100 * EXPERTS == added
    print(
        f"{BIDS} bids × {EXPERTS} experts × {FACTORS} factors: ranked in {ms(min(whole))} (reading {ms(min(reading))})"
    )
    ratio = min(bare) / min(whole)
    print(
        f"speed against reading and adding up: {ratio:.2f} (limit {LIMIT}): {'ok' if ratio >= LIMIT else 'NOT REACHED'}"
    )


if __name__ == "__main__":
    with site():
        main()
