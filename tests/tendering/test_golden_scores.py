"""Worked examples of scoring, each computed by hand in its comment. Amounts in fen unless a name says otherwise.

以上, 以下 and 内 include the number, 不足 does not (Order 87, article 86).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from gongyue.tendering.bands import holes, overlaps, points, read
from gongyue.tendering.pricing import Corrected, Marks, Priced, Quoted, corrected, low
from gongyue.tendering.scoring import Offered, Placed, price_score, quality_score, rank, shown, tied

F = Fraction
YUAN = 100
WAN = 10_000 * YUAN


def sheet(*rows: Sequence[int]) -> dict[int, dict[int, int]]:
    """Bids 1, 2, … with the hundredths one expert gives to factors 1, 2, …"""
    return {bid: dict(enumerate(row, 1)) for bid, row in enumerate(rows, 1)}


def offers(*prices: int) -> list[Offered]:
    return [Offered(bid, price) for bid, price in enumerate(prices, 1)]


# --- the price ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "lowest", "most", "exact", "read_as"),
    [
        # 1. The lowest price earns all: 195 ÷ 195 × 10 = 10.
        (195 * WAN, 195 * WAN, 10, F(10), "10.00"),
        # 2. 195 ÷ 198 × 10 = 1950/198 = 325/33 = 9.8484…
        (198 * WAN, 195 * WAN, 10, F(325, 33), "9.85"),
        # 3. Twice the lowest earns half: 100 ÷ 200 × 30 = 15.
        (200 * WAN, 100 * WAN, 30, F(15), "15.00"),
        # 4. Three times the lowest: 100 ÷ 300 × 10 = 10/3 = 3.333…
        (300 * WAN, 100 * WAN, 10, F(10, 3), "3.33"),
        # 5. One fen above a hundred yuan: 10000 ÷ 10001 × 10 = 100000/10001 = 9.99900…; shown as ten, and yet less.
        (10_001, 10_000, 10, F(100_000, 10_001), "10.00"),
        # 6. 7 ÷ 9 × 20 = 140/9 = 15.555…
        (9 * WAN, 7 * WAN, 20, F(140, 9), "15.56"),
        # 7. Half of a hundredth is shown upwards: 1001 ÷ 2000 × 10 = 10010/2000 = 1001/200 = 5.005.
        (2_000, 1_001, 10, F(1001, 200), "5.01"),
        # 8. A fixed price is no factor: it may earn nothing, and earns it.
        (100 * WAN, 100 * WAN, 0, F(0), "0.00"),
    ],
)
def test_the_price_earns_its_share(price: int, lowest: int, most: int, exact: Fraction, read_as: str) -> None:
    assert price_score(price, lowest, most) == exact
    assert shown(exact) == read_as


# --- what the experts give ----------------------------------------------------------------------------------


def test_9_one_expert() -> None:
    """40.00 + 25.50 = 65.50 = 131/2."""
    assert quality_score(1, [1, 2], [sheet([4000, 2550])]) == F(131, 2)


def test_10_three_experts_whose_average_does_not_end() -> None:
    """(80 + 80 + 81) ÷ 3 = 241/3 = 80.333…"""
    average = quality_score(1, [1], [sheet([8000]), sheet([8000]), sheet([8100])])
    assert (average, shown(average)) == (F(241, 3), "80.33")


def test_11_seven_experts() -> None:
    """Seven give 20.01, 20.02, … 20.07: their sum is 140.28, and 140.28 ÷ 7 = 20.04 = 501/25."""
    assert quality_score(1, [1], [sheet([2000 + n]) for n in range(1, 8)]) == F(501, 25)


def test_12_the_highest_and_the_lowest_are_not_left_out() -> None:
    """(0 + 30 + 30 + 30 + 40) ÷ 5 = 26; without the extremes it would be 30."""
    given = [sheet([n]) for n in (0, 3000, 3000, 3000, 4000)]
    assert quality_score(1, [1], given) == F(26)


def test_13_only_the_factors_of_the_documents_count() -> None:
    """Factor 2 is the price: what a sheet holds under its number is not added. 40 + 20 = 60."""
    assert quality_score(1, [1, 3], [sheet([4000, 9999, 2000])]) == F(60)


# --- totals and places --------------------------------------------------------------------------------------


def test_14_quality_outweighs_a_higher_price() -> None:
    """Bid 1: 85 + 10 × 190/200 = 85 + 19/2 = 189/2. Bid 2: 83 + 10 = 93. So bid 1 leads by 3/2."""
    placed = rank(offers(200 * WAN, 190 * WAN), price_points=10, factors=[1], sheets=[sheet([8500], [8300])])
    assert placed == [Placed(1, F(189, 2), 1), Placed(2, F(93), 2)]


def test_15_the_price_turns_the_order() -> None:
    """Bid 1: 65 + 30 × 100/150 = 65 + 20 = 85. Bid 2: 60 + 30 = 90."""
    placed = rank(offers(150 * WAN, 100 * WAN), price_points=30, factors=[1], sheets=[sheet([6500], [6000])])
    assert placed == [Placed(2, F(90), 1), Placed(1, F(85), 2)]


def test_16_what_reads_alike_is_still_ordered() -> None:
    """Bid 1: 80 + 10 × 1000/1001 = 80 + 10000/1001 = 90080/1001 = 89.99000…; bid 2: 79.99 + 10 = 89.99.
    The difference is 90080/1001 − 8999/100 = (9008000 − 9007999)/100100 = 1/100100, and both read 89.99."""
    placed = rank(offers(100_100, 100_000), price_points=10, factors=[1], sheets=[sheet([8000], [7999])])
    assert placed == [Placed(1, F(90_080, 1001), 1), Placed(2, F(8999, 100), 2)]
    assert placed[0].total - placed[1].total == F(1, 100_100)
    assert [shown(row.total) for row in placed] == ["89.99", "89.99"]


def test_17_a_fixed_price_leaves_quality_alone() -> None:
    """The price may earn nothing: 90 against 88.50, whatever is asked."""
    placed = rank(offers(100 * WAN, 100 * WAN), price_points=0, factors=[1], sheets=[sheet([8850], [9000])])
    assert placed == [Placed(2, F(90), 1), Placed(1, F(177, 2), 2)]


def test_18_the_lowest_price_alone() -> None:
    """Nothing but the price: 100 and 100 × 80/100 = 80, 100 × 80/120 = 200/3."""
    placed = rank(offers(100 * WAN, 80 * WAN, 120 * WAN), price_points=100, factors=[], sheets=[])
    assert placed == [Placed(2, F(100), 1), Placed(1, F(80), 2), Placed(3, F(200, 3), 3)]


def test_18b_the_lowest_evaluated_price_knows_no_points() -> None:
    """Bid 1 states 1 980 000 and its words say 1 940 000, which go before the figures: 194. That is below 195 and 199:
    the places are 194, 195, 199. Nothing is given points, so each total is 0."""
    put_right = corrected(Quoted(198 * WAN, words=194 * WAN))
    assert put_right == Corrected(194 * WAN, (2,), ())
    placed = rank(offers(put_right.price_fen, 199 * WAN, 195 * WAN), price_points=0, factors=[], sheets=[])
    assert placed == [Placed(1, F(0), 1), Placed(3, F(0), 2), Placed(2, F(0), 3)]


def test_19_three_bids_and_three_experts() -> None:
    """Base 180. Bid 1: (80 + 82 + 84)/3 = 82, and 10 × 180/200 = 9: 91. Bid 2: (78 + 79 + 81)/3 = 238/3, and 10:
    268/3 = 89.33…. Bid 3: (85 + 85 + 86)/3 = 256/3, and 10 × 180/240 = 15/2: 557/6 = 92.83…"""
    sheets = [sheet([8000], [7800], [8500]), sheet([8200], [7900], [8500]), sheet([8400], [8100], [8600])]
    placed = rank(offers(200 * WAN, 180 * WAN, 240 * WAN), price_points=10, factors=[1], sheets=sheets)
    assert placed == [Placed(3, F(557, 6), 1), Placed(1, F(91), 2), Placed(2, F(268, 3), 3)]


# --- ties ---------------------------------------------------------------------------------------------------


def test_20_equal_points_are_told_apart_by_the_lower_price() -> None:
    """Bid 1: 80 + 10 × 100/200 = 85. Bid 2: 75 + 10 = 85. The lower price goes first, and nobody is tied."""
    placed = rank(offers(200 * WAN, 100 * WAN), price_points=10, factors=[1], sheets=[sheet([8000], [7500])])
    assert placed == [Placed(2, F(85), 1), Placed(1, F(85), 2)]
    assert not tied(placed)


def test_21_equal_in_points_and_price_share_the_place() -> None:
    """80 + 10 = 90 twice, at the same price; the third is third, not second: 70 + 10 = 80."""
    placed = rank(offers(*[100 * WAN] * 3), price_points=10, factors=[1], sheets=[sheet([8000], [8000], [7000])])
    assert [(row.bid, row.total, row.rank) for row in placed] == [(1, F(90), 1), (2, F(90), 1), (3, F(80), 3)]
    assert tied(placed)


def test_22_a_tie_below_the_first_holds_nothing_up() -> None:
    """90, then 80 twice at the same price, then 70: places 1, 2, 2, 4."""
    given = [sheet([7000], [8000], [8000], [6000])]
    placed = rank(offers(*[100 * WAN] * 4), price_points=10, factors=[1], sheets=given)
    assert [(row.bid, row.rank) for row in placed] == [(2, 1), (3, 1), (1, 3), (4, 4)]
    placed = rank(
        offers(*[100 * WAN] * 4), price_points=10, factors=[1], sheets=[sheet([8000], [7000], [7000], [6000])]
    )
    assert [(row.bid, row.rank) for row in placed] == [(1, 1), (2, 2), (3, 2), (4, 4)]
    assert not tied(placed)


def test_23_equal_averages_of_different_sheets_tie() -> None:
    """(70 + 90)/2 = (80 + 80)/2 = 80."""
    placed = rank(offers(100, 100), price_points=10, factors=[1], sheets=[sheet([7000], [8000]), sheet([9000], [8000])])
    assert [(row.total, row.rank) for row in placed] == [(F(90), 1), (F(90), 1)]


def test_24_thirds_that_add_up_alike_tie_exactly() -> None:
    """(10 + 10 + 11)/3 twice = 31/3, of the same sheets in another order: no rounding parts them."""
    sheets = [sheet([1000], [1100]), sheet([1000], [1000]), sheet([1100], [1000])]
    placed = rank(offers(300, 300), price_points=10, factors=[1], sheets=sheets)
    assert [(row.total, row.rank) for row in placed] == [(F(61, 3), 1), (F(61, 3), 1)]


# --- arithmetical corrections (Order 87, article 59) --------------------------------------------------------

TWO = (Priced(10, 5_000 * YUAN), Priced(4, 2_500 * YUAN))  # 50 000 + 10 000 = 60 000 yuan


@pytest.mark.parametrize(
    ("quoted", "price", "steps"),
    [
        # 25. All agree: nothing to correct.
        (Quoted(60_000 * YUAN, 60_000 * YUAN, 60_000 * YUAN, TWO), 60_000 * YUAN, ()),
        # 26. The schedule says 60 000, the body 58 000: (1) the schedule.
        (Quoted(60_000 * YUAN, body=58_000 * YUAN), 60_000 * YUAN, (1,)),
        # 27. Figures 60 000, words 66 000: (2) the words.
        (Quoted(60_000 * YUAN, words=66_000 * YUAN), 66_000 * YUAN, (2,)),
        # 28. Total 61 000, unit prices 10 × 5 000 + 4 × 2 500 = 60 000: (4) the unit prices.
        (Quoted(61_000 * YUAN, lines=TWO), 60_000 * YUAN, (4,)),
        # 29. Body 58 000, figures 60 000, words 66 000, unit prices 60 000: (1) 60 000, (2) 66 000, (4) 60 000.
        (Quoted(60_000 * YUAN, 66_000 * YUAN, 58_000 * YUAN, TWO), 60_000 * YUAN, (1, 2, 4)),
        # 30. Words that agree with the unit prices: figures 6 000, words 60 000 = sum, so (2) alone.
        (Quoted(6_000 * YUAN, 60_000 * YUAN, lines=TWO), 60_000 * YUAN, (2,)),
    ],
)
def test_corrections_in_their_order(quoted: Quoted, price: int, steps: tuple[int, ...]) -> None:
    assert corrected(quoted) == Corrected(price, steps, quoted.lines)


def test_31_a_misplaced_point_yields_to_the_total() -> None:
    """Total 60 000; 10 × 500 + 4 × 2 500 = 15 000. The point one place to the right makes 500
    into 5 000: 50 000 + 10 000 = 60 000."""
    quoted = Quoted(60_000 * YUAN, lines=(Priced(10, 500 * YUAN), TWO[1]), misplaced=0)
    assert corrected(quoted) == Corrected(60_000 * YUAN, (3,), TWO)


def test_32_a_point_moved_to_the_left_by_two_places() -> None:
    """Total 60 000; 4 × 250 000 should be 4 × 2 500: 50 000 + 10 000 = 60 000."""
    quoted = Quoted(60_000 * YUAN, lines=(TWO[0], Priced(4, 250_000 * YUAN)), misplaced=1)
    assert corrected(quoted) == Corrected(60_000 * YUAN, (3,), TWO)


def test_33_the_words_come_before_the_point() -> None:
    """Figures 6 000, words 60 000: (2) 60 000; then (3) the point is moved until the lines sum to those 60 000."""
    quoted = Quoted(6_000 * YUAN, words=60_000 * YUAN, lines=(Priced(10, 500 * YUAN), TWO[1]), misplaced=0)
    assert corrected(quoted) == Corrected(60_000 * YUAN, (2, 3), TWO)


def test_34_what_no_point_explains_is_not_a_misplaced_point() -> None:
    """Total 61 000: 51 000 ÷ 10 = 5 100 is no 500 with another point."""
    quoted = Quoted(61_000 * YUAN, lines=(Priced(10, 500 * YUAN), TWO[1]), misplaced=0)
    with pytest.raises(ValueError, match="^no place of the point gives the total$"):
        corrected(quoted)


def test_35_a_correction_may_turn_the_order() -> None:
    """Bid 1 writes 90 in figures and 190 in words: 190. Before: bid 1 10, bid 2 10 × 90/100 = 9. After: bid 2 10, bid 1
    10 × 100/190 = 100/19."""
    price = corrected(Quoted(90 * WAN, words=190 * WAN)).price_fen
    placed = rank(offers(price, 100 * WAN), price_points=10, factors=[], sheets=[])
    assert placed == [Placed(2, F(10), 1), Placed(1, F(100, 19), 2)]


# --- abnormally low prices (财库〔2026〕2号: half the average, half the second lowest, 45 % of the ceili

MARKS = Marks(average_bp=5_000, second_bp=5_000, ceiling_bp=4_500)


@pytest.mark.parametrize(
    ("price", "others", "ceiling", "found"),
    [
        # 36. (60 + 180 + 240)/3 = 160, half is 80: 60 is below. Half of 180 is 90: below. 45 % of 250 is 112.5: below.
        (60, (180, 240), 250, ("average", "second", "ceiling")),
        # 37. Exactly half the average: (80 + 160 + 240)/3 = 160, and 80 is not below 80; nor below 80 = half of 160.
        (80, (160, 240), 177, ()),
        # 38. One less than half of the second lowest: 79 < 160/2; (79 + 160 + 200)/3 = 146.33, half 73.17: not below.
        (79, (160, 200), 170, ("second",)),
        # 39. Exactly 45 % of the ceiling: 90 of 200 is not below; average (90 + 100 + 110)/3 = 100, half 50.
        (90, (100, 110), 200, ()),
        # 40. Just below 45 %: 90 of 201 (90.45).
        (90, (100, 110), 201, ("ceiling",)),
        # 41. Below half the average but not of the second: (100 + 150 + 800)/3 = 350, half 175; half of 150 is 75.
        (100, (150, 800), 220, ("average",)),
        # 42. A single price that is left has no second; its average is itself: only the ceiling can speak.
        (44, (), 100, ("ceiling",)),
        # 43. The second lowest itself: of 70, 80, 300 the second is 80, not below 40; average 150, half 75: not below.
        (80, (70, 300), 160, ()),
    ],
)
def test_prices_that_must_be_explained(
    price: int, others: tuple[int, ...], ceiling: int, found: tuple[str, ...]
) -> None:
    assert low(price * WAN, [price * WAN, *(other * WAN for other in others)], ceiling * WAN, MARKS) == found


def test_44_a_fen_decides() -> None:
    """Half of 200 yuan is 100.00: 100.00 is not below, 99.99 is. The ceiling is far below either."""
    assert low(10_000, [10_000, 20_000, 20_000], 20_000, Marks(1, 5_000, 4_500)) == ()
    assert low(9_999, [9_999, 20_000, 20_000], 20_000, Marks(1, 5_000, 4_500)) == ("second",)


def test_45_documents_may_raise_the_mark() -> None:
    """65 % of 200 is 130: 129 is below, 130 is not; 65 % of the average (129 + 200 + 200)/3 = 176.33 is 114.6."""
    raised = Marks(6_500, 6_500, 4_500)
    assert low(129, [129, 200, 200], 210, raised) == ("second",)
    assert low(130, [130, 200, 200], 210, raised) == ()


# --- intervals (以上, 以下, 内 include the number; 不足 does not) ----------------------------------------

STAFF = read("10以上得5分；5以上不足10得3分；不足5得0分")


@pytest.mark.parametrize(
    ("value", "earned"),
    [
        (10, 5),  # 46. 10 is 10以上
        (9, 3),  # 47. 9 is 5以上 and 不足10
        (5, 3),  # 48. 5 is 5以上
        (4, 0),  # 49. 4 is 不足5
        (F(999, 100), 3),  # 50. 9.99 is 不足10
    ],
)
def test_the_edge_of_an_interval(value: Fraction | int, earned: int) -> None:
    assert points(STAFF, value) == earned


def test_51_two_edges_that_both_include_overlap() -> None:
    """3以上 and 3以下 both hold 3."""
    bands = read("3以上得2分；3以下得1分")
    assert (overlaps(bands), holes(bands)) == ([F(3)], [])
    with pytest.raises(ValueError, match="^3 lies in 2 intervals$"):
        points(bands, 3)


def test_52_two_edges_that_both_exclude_leave_a_hole() -> None:
    """超过3 and 不足3: 3 itself earns nothing."""
    bands = read("超过3得2分；不足3得1分")
    assert (overlaps(bands), holes(bands)) == ([], [F(3)])


def test_53_a_gap_between_intervals_is_a_hole() -> None:
    """10以上, 8以内: whatever lies between 8 and 10 earns nothing; told by the lower edge."""
    assert holes(read("10以上得5分；8以内得3分")) == [F(8)]
    assert (overlaps(STAFF), holes(STAFF)) == ([], [])


def test_54_intervals_that_run_into_each_other() -> None:
    """5以上10以下 and 8以上: 8 to 10 stands in both."""
    bands = read("5以上10以下得3分；8以上得5分；不足5得0分")
    assert overlaps(bands) == [F(8), F(10)]


@pytest.mark.parametrize("text", ["较好得5分", "得5分", "10以上5以下得3分", "10以上得分"])
def test_what_is_no_interval_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        read(text)
