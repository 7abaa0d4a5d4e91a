"""Wait or act, by hand: 10 % a year, two years of savings, grants paid a year after investing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest

from sxsh_options.errors import InputError
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.best import Objective, best_plan
from sxsh_options.funding.plan.proposal import Proposal, nothing_done, together
from sxsh_options.funding.plan.waiting import Waiting, wait_or_act
from sxsh_options.i18n import Wording, plans
from sxsh_options.model import Financing, SourceChoice
from sxsh_options.ui import waiting as ui_waiting
from tests.unit.funding.plan import cases

M = cases.MILLION
DAY = cases.DAY  # 23 November 2026
CLOSES = date(2027, 5, 20)  # for the plan of 2028
DAYS = 404  # from 23 November 2026 to 1 January 2028
GROWTH = 1.1 ** (DAYS / 365.25)
RATE = 0.1


def _part(name: str, capex: float, yearly: float, financing: Financing | None = None) -> Proposal:
    """One option of one machine, in million VND."""
    line = cases.line(name, "machine", capex * M, 2)
    return cases.proposal(
        [cases.variant([name], capex * M, [yearly * M, yearly * M])], [line], cases.terms(2, financing)
    )


def _npv(capex: float, yearly: float) -> float:
    return (-capex + yearly / 1.1 + yearly / 1.21) * M


def _asked(
    parts: Sequence[Proposal],
    matches: Sequence[Match],
    objective: Objective = "npv",
    least_gain: float = 0.05,
) -> Waiting:
    proposal = together(parts, parts[0].terms)
    return wait_or_act(
        proposal,
        matches,
        DAY,
        objective,
        parts_of=lambda names: [p for p in parts if p.clusters[0][0].option_ids <= set(names)],
        least_gain=least_gain,
    )


def _decided(name: str, share: float, cap: float, weeks: float) -> Match:
    """Return a grant of the state that is decided some weeks from now."""
    piece = cases.grant(cases.source(name, payout={"weeks_to_decision": weeks}), share, cap * M)
    return cases.matched(piece)


def _half(name: str, capex: float, yearly: float, financing: Financing | None = None) -> Proposal:
    """Two options of one machine and one building that need each other: half of the cost each."""
    pair = [f"{name}1", f"{name}2"]
    lines = [
        cases.line(each, "item", capex / 2 * M, 2, kind)
        for each, kind in zip(pair, ("equipment", "construction"), strict=True)
    ]
    whole = cases.variant(pair, capex * M, [yearly * M, yearly * M])
    return cases.proposal([whole], lines, cases.terms(2, financing))


def _machine(share: float, cap: float, **changes: object) -> Match:
    piece = cases.grant(cases.source("machine"), share, cap * M)
    return cases.matched(piece, **({"closes": CLOSES} | changes))  # type: ignore[arg-type]


def test_a_small_grant_is_not_worth_the_wait() -> None:
    """400 that bring 300 a year: 120.66 today; 10 of grant are 9.09, and thirteen months cost 13.6."""
    found = _asked([_part("a", 400, 300)], [_machine(0.5, 10)])
    now, then = _npv(400, 300), _npv(400, 300) + 10 * M / 1.1
    assert found.advice == "act"
    assert found.npv_now_vnd == pytest.approx(now)
    assert found.npv_later_vnd == pytest.approx(then / GROWTH)
    assert found.months == pytest.approx(12 * DAYS / 365.25)
    assert found.lost_savings_vnd == pytest.approx(300 * M * DAYS / 365.25)
    assert [each.files_by for each in found.awaited] == [CLOSES]
    assert found.break_even.grant_vnd == pytest.approx(now * (GROWTH - 1) * 1.1)
    # with that very grant both ways are worth the same
    enough = found.break_even.grant_vnd / M
    other = _asked([_part("a", 400, 300)], [_machine(0.5, enough)])
    assert other.npv_later_vnd == pytest.approx(other.npv_now_vnd)


def test_a_large_grant_is_worth_it_down_to_a_chance_and_up_to_a_wait() -> None:
    found = _asked([_part("a", 400, 300)], [_machine(0.5, 150)])
    now, then = _npv(400, 300), _npv(400, 300) + 150 * M / 1.1
    assert found.advice == "wait"
    chance = found.break_even.chance
    assert chance == pytest.approx(now * (GROWTH - 1) / (then - now))
    # at that chance the gamble is worth what acting is: what is not approved is carried out later without it
    assert (chance * then + (1 - chance) * now) / GROWTH == pytest.approx(now)
    assert found.break_even.months is not None
    assert then / 1.1 ** (found.break_even.months / 12) == pytest.approx(now)


def test_what_loses_without_the_grant_waits_for_it() -> None:
    """Without the grant nothing would be done: waiting costs nothing, any wait pays."""
    found = _asked([_part("a", 400, 220)], [_machine(0.5, 100)])
    assert _npv(400, 220) < 0 < _npv(400, 220) + 100 * M / 1.1
    assert found.advice == "wait"
    assert found.break_even.grant_vnd == pytest.approx(-_npv(400, 220) * 1.1)
    assert (found.break_even.chance, found.break_even.months) == (0.0, None)


def test_both_ways_lose() -> None:
    found = _asked([_part("a", 400, 100)], [_machine(0.1, 10)])
    assert found.advice == "neither"


def test_nothing_to_wait_for() -> None:
    found = _asked([_part("a", 400, 300)], [])
    assert found.break_even is None
    assert (found.awaited, found.months, found.advice) == ((), 0.0, "act")
    assert found.npv_now_vnd == found.npv_later_vnd


def test_a_grant_delays_only_what_it_pays_for() -> None:
    """The lucrative option is done now; the dear one, half of which the grant pays, waits."""
    parts = [_part("quick", 10, 200), _part("dear", 400, 240)]
    found = _asked(parts, [_machine(0.5, 200)])
    assert found.advice == "split"
    assert found.split is not None
    assert found.split.at_once.option_ids == ("quick",)
    assert found.split.delayed.option_ids == ("dear",)
    worth = _npv(10, 200) + (_npv(400, 240) + 200 * M / 1.1) / GROWTH
    assert found.npv_split_vnd == pytest.approx(worth)
    assert found.lost_savings_split_vnd == pytest.approx(240 * M * DAYS / 365.25)
    # and so is what would make both the same: of the dear one alone
    assert found.break_even.grant_vnd == pytest.approx(_npv(400, 240) * (GROWTH - 1) * 1.1)


def test_what_waits_has_the_own_capital_that_the_rest_leaves_or_has_earned() -> None:
    """The quick one takes 10 and brings 200 a year: after thirteen months it is 206.7 ahead."""
    financing = Financing(own_capital_vnd=410 * M)
    parts = [_part("quick", 10, 200, financing), _part("dear", 400, 240, financing)]
    found = _asked(parts, [_machine(0.5, 200)])
    assert found.split is not None
    left = (410 - 10 + 200 * 13 / 12) * M
    assert found.split.delayed.terms.financing.own_capital_vnd == pytest.approx(left)
    assert found.split.delayed.after.own_capital_vnd == pytest.approx(400 * M)


@pytest.mark.parametrize(
    ("months", "lowest"),
    [(0, -10), (1.5, -10 + 200 / 12), (12, 190), (13.3, 190 + 200 / 12), (24, 390), (30, 390)],
)
def test_the_least_cash_from_a_month_on(months: float, lowest: float) -> None:
    plan = best_plan(_part("quick", 10, 200), [])
    assert plan.after.lowest_from(months) == pytest.approx(lowest * M)


def test_what_earns_first_pays_for_what_waits() -> None:
    """Own capital of 400 for one of 400 now, and another of 400 that a grant of 200 and the first pay for."""
    financing = Financing(own_capital_vnd=400 * M)
    parts = [_part("first", 400, 2000, financing), _part("second", 400, 300, financing)]
    bridged = [replace(part, terms=replace(part.terms, bridge_rate=0.0)) for part in parts]
    found = _asked(bridged, [_machine(0.5, 400)])
    assert found.at_once is None
    assert found.advice == "split"
    assert found.split is not None
    assert found.split.at_once.option_ids == ("first",)
    assert found.npv_split_vnd == pytest.approx(_npv(400, 2000) + (_npv(400, 300) + 200 * M) / GROWTH)


@pytest.mark.parametrize(("gain", "advice"), [(0.049, "act"), (0.051, "wait")])
def test_what_waiting_adds_is_to_be_worth_its_risk(gain: float, advice: str) -> None:
    """A grant that adds less than a twentieth of itself today: nobody is told to wait for it."""
    even = _asked([_part("a", 400, 300)], [_machine(0.5, 10)]).break_even
    assert even is not None
    assert even.grant_vnd is not None
    grant = even.grant_vnd / M / (1 - gain * GROWTH * 1.1)  # a dong of it is paid a year after investing
    found = _asked([_part("a", 400, 300)], [_machine(0.5, grant)])
    assert found.npv_now_vnd is not None
    assert found.npv_later_vnd - found.npv_now_vnd == pytest.approx(gain * grant * M)
    assert found.advice == advice


def test_acting_now_with_fewer_options_is_a_way_too() -> None:
    """Own capital of 500 for 600 of two that go together: one of them now, or both in thirteen months."""
    financing = Financing(own_capital_vnd=500 * M)
    both = together(
        [_part("a", 200, 300, financing), _part("b", 400, 300, financing)], _part("a", 1, 1, financing).terms
    )
    bridged = replace(both, terms=replace(both.terms, bridge_rate=0.0))
    nothing = nothing_done(2)
    open_ones = replace(bridged, clusters=tuple((nothing, cluster[0]) for cluster in bridged.clusters))
    found = wait_or_act(bridged, [_machine(0.5, 200)], DAY, fewer=lambda: open_ones)
    assert found.at_once is not None
    assert found.at_once.option_ids == ("a",)
    assert found.npv_now_vnd == pytest.approx(_npv(200, 300))
    assert found.break_even is None
    said = plans.wait_or_act(found, Wording("en")).replace("\u00a0", " ")
    assert "that takes at least 600 million" in said
    assert "Acting now with 1 of the 2 options is possible." in said


def test_nobody_knows_when_it_is_decided() -> None:
    """It is left out of acting at once, since nothing may be bought before; how long one may wait is said."""
    asks = _machine(0.5, 150, closes=None, approval_first=True)
    found = _asked([_part("a", 400, 300)], [asks])
    assert not found.at_once.grants
    assert found.later.granted_vnd == pytest.approx(150 * M)
    assert (found.advice, found.is_decision_known, found.split) == ("ask", False, None)
    assert found.lost_a_month_vnd == pytest.approx(25 * M)
    expected = 12 * np.log(1 + 150 / 1.1 * M / _npv(400, 300)) / np.log(1.1)
    assert found.break_even.months == pytest.approx(expected)


def test_what_may_be_bought_before_approval_does_not_delay() -> None:
    found = _asked([_part("a", 400, 300)], [_machine(0.5, 150, closes=None)])
    assert found.awaited == ()
    assert found.at_once.granted_vnd == pytest.approx(150 * M)


@pytest.mark.parametrize("seed", range(40))
def test_no_other_split_is_worth_more(seed: int) -> None:
    """Every way to wait with some of up to five options, tried one by one."""
    rng = np.random.default_rng(seed)
    parts = [
        _part(f"o{n}", capex := float(rng.integers(20, 500)), capex * float(rng.uniform(0.55, 1.6)))
        for n in range(int(rng.integers(2, 6)))
    ]
    grants = [
        cases.matched(
            cases.grant(
                cases.source(f"g{n}"), float(rng.uniform(0.1, 0.5)), float(rng.integers(20, 300)) * M
            ),
            closes=CLOSES,
        )
        for n in range(int(rng.integers(1, 3)))
    ]
    slow = frozenset(match.source.id for match in grants)
    terms = parts[0].terms
    worths = []
    for size in range(len(parts) + 1):
        for later in combinations(range(len(parts)), size):
            worth = 0.0
            if len(later) < len(parts):
                now = together([p for n, p in enumerate(parts) if n not in later], terms)
                worth += best_plan(now, grants, without=slow).after.npv_vnd
            if later:
                delayed = together([parts[n] for n in later], terms)
                worth += best_plan(delayed, grants).after.npv_vnd / GROWTH
            worths.append(worth)
    found = _asked(parts, grants, least_gain=0.0)
    ours = max(found.npv_now_vnd, found.npv_later_vnd, found.npv_split_vnd or -np.inf)
    assert ours == pytest.approx(max(worths), abs=10.0)


def test_what_own_capital_does_not_suffice_for_at_once_waits() -> None:
    """500 of own capital for a quick one of 200 and one of 400, which needs 200 with its grant."""
    financing = Financing(own_capital_vnd=500 * M)
    parts = [_part("quick", 200, 300, financing), _part("dear", 400, 300, financing)]
    bridged = [replace(part, terms=replace(part.terms, bridge_rate=0.0)) for part in parts]
    found = _asked(bridged, [_machine(0.5, 200)])
    assert (found.at_once, found.npv_now_vnd) == (None, None)
    assert found.why_not_now is not None
    assert found.why_not_now.code == "plan.own_capital_too_small"
    assert found.why_not_now.params["least_vnd"] == pytest.approx(600 * M)
    assert found.advice == "split"
    assert found.split is not None
    assert found.split.at_once.option_ids == ("quick",)
    assert found.split.delayed.after.own_capital_vnd == pytest.approx(200 * M)
    later = _npv(400, 300) + 200 * M  # a bridge that costs nothing: the grant is there at once
    assert found.npv_split_vnd == pytest.approx(_npv(200, 300) + later / GROWTH)
    assert found.break_even is not None  # of the dear one, which own capital does suffice for by itself


def test_without_enough_own_capital_for_anything_else_everything_waits() -> None:
    part = _part("dear", 400, 300, Financing(own_capital_vnd=250 * M))
    found = _asked([replace(part, terms=replace(part.terms, bridge_rate=0.0))], [_machine(0.5, 200)])
    assert (found.at_once, found.advice, found.break_even) == (None, "wait", None)


def _limited(seed: int) -> tuple[list[Proposal], list[Match]]:
    """Return up to four parts, some of two options, and less own capital than most of them cost."""
    rng = np.random.default_rng(seed)
    costs = [float(rng.integers(50, 400)) for _ in range(int(rng.integers(2, 5)))]
    financing = Financing(own_capital_vnd=float(rng.uniform(0.8, 1.05)) * sum(costs) * M)
    parts = []
    for number, cost in enumerate(costs):
        make = _half if rng.random() < 0.4 else _part
        made = make(f"o{number}", cost, cost * float(rng.uniform(0.6, 1.6)), financing)
        parts.append(replace(made, terms=replace(made.terms, bridge_rate=0.05)))
    return parts, [_machine(float(rng.uniform(0.3, 0.5)), float(rng.integers(100, 400)))]


def _best_split_of_all(parts: list[Proposal], grants: list[Match]) -> float:
    slow, terms, best = frozenset({"machine"}), parts[0].terms, -np.inf
    limit = terms.financing.own_capital_vnd or 0.0
    for size in range(1, len(parts)):
        for later in combinations(range(len(parts)), size):
            now = [part for n, part in enumerate(parts) if n not in later]
            delayed = [parts[n] for n in later]
            try:
                first = best_plan(together(now, terms), grants, without=slow)
                free = limit + first.after.lowest_from(12 * DAYS / 365.25)
                left = Financing(own_capital_vnd=max(free, 0.0))
                then = best_plan(together(delayed, replace(terms, financing=left)), grants)
            except InputError:
                continue
            best = max(best, first.after.npv_vnd + then.after.npv_vnd / GROWTH)
    return best


@pytest.mark.parametrize("block", range(5))
def test_under_a_limit_no_other_split_is_worth_more(block: int) -> None:
    """Every way to wait with some of the parts, tried one by one."""
    possible = 0
    for seed in range(6 * block, 6 * block + 6):
        parts, grants = _limited(seed)
        best = _best_split_of_all(parts, grants)
        try:
            found = _asked(parts, grants, least_gain=0.0)
        except InputError:
            continue  # not even with everything decided
        possible += 1
        assert max(found.worths.values()) >= best - 10.0, seed
    assert possible >= 3


def test_a_small_grant_that_is_decided_late_keeps_nobody_waiting() -> None:
    """150 in nine weeks, or 155 in more than a year: thirteen months would cost more than the 5."""
    fast, late = _decided("fast", 0.3, 150, 9), _machine(0.31, 155)
    found = _asked([_part("a", 500, 350)], [fast, late])
    assert found.advice == "wait"
    assert [each.match.source.id for each in found.awaited] == ["fast"]
    assert found.months == pytest.approx(9 * 7 / (365.25 / 12))
    then = _npv(500, 350) + 150 * M / 1.1
    assert found.npv_later_vnd == pytest.approx(then / 1.1 ** (9 * 7 / 365.25))
    # another aim than the value wants all that there is
    least = _asked([_part("a", 500, 350)], [fast, late], "own_capital")
    assert {each.match.source.id for each in least.awaited} == {"machine"}


def test_a_part_waits_for_what_it_takes_alone() -> None:
    """The dear one waits nine weeks for its grant, not thirteen months for that of the other."""
    fast = _decided("fast", 0.5, 200, 9)
    late = cases.matched(cases.grant(cases.source("late"), 0.5, 5 * M, ["construction"]), closes=CLOSES)
    hall = cases.proposal(
        [cases.variant(["hall"], 20 * M, [200 * M, 200 * M])],
        [cases.line("hall", "hall", 20 * M, 2, "construction")],
        cases.terms(2),
    )
    found = _asked([hall, _part("dear", 400, 240)], [fast, late])
    assert found.advice == "split"
    assert found.split is not None
    assert found.split.delayed.option_ids == ("dear",)
    assert [each.match.source.id for each in found.waited_for] == ["fast"]
    assert found.waiting_months == pytest.approx(9 * 7 / (365.25 / 12))
    worth = _npv(20, 200) + (_npv(400, 240) + 200 * M / 1.1) / 1.1 ** (9 * 7 / 365.25)
    assert found.npv_split_vnd == pytest.approx(worth)


def test_why_acting_now_is_impossible_is_said() -> None:
    """400 at 190 a year for two years are not paid back; with the 150 of the grant they are."""
    found = _asked([_part("a", 400, 190)], [_machine(0.5, 150)], "payback")
    assert found.at_once is None
    assert found.why_not_now is not None
    assert found.why_not_now.code == "plan.never_pays_back"
    said = plans.wait_or_act(found, Wording("en"))
    assert "own capital does not come back within 2 years" in said
    assert "not enough own capital" not in said


@pytest.mark.parametrize(
    ("parts", "matches", "words"),
    [
        ([_part("a", 400, 100)], [_machine(0.1, 10)], "None of the ways pays."),
        ([_part("a", 400, 100)], [], "by what is known it does not pay"),
        (
            [_part("a", 400, 100, Financing(own_capital_vnd=395 * M))],
            [_machine(0.5, 10)],
            "None of the ways pays. There is not enough own capital to do everything now",
        ),
        ([_part("a", 400, 100), _part("b", 300, 100)], [_machine(0.5, 10)], "None of the ways pays."),
    ],
)
def test_what_does_not_pay_is_not_advised(parts: list[Proposal], matches: list[Match], words: str) -> None:
    bridged = [replace(part, terms=replace(part.terms, bridge_rate=0.0)) for part in parts]
    found = _asked(bridged, matches)
    assert found.advice == "neither"
    said = plans.wait_or_act(found, Wording("en"))
    assert words in said
    assert "Better" not in said


def test_grants_of_which_nobody_is_sure_may_be_lost_by_acting_now() -> None:
    asked = replace(_machine(0.5, 150), verdict="undetermined", amount_vnd=None)
    found = _asked([_part("a", 400, 300)], [asked])
    assert (found.awaited, found.advice) == ((), "act")
    assert found.open_grants == (asked,)
    assert not _asked([_part("a", 400, 300)], [_machine(0.5, 150)]).open_grants
    left = Financing(sources=(SourceChoice(id="machine", use="leave_out"),))
    assert not _asked([_part("a", 400, 300, left)], [asked]).open_grants


def test_what_is_known_of_the_wait_is_said_where_not_all_is() -> None:
    """One grant for the plan of 2028, and one of which nobody knows the day: not "at once" nor "any time"."""
    known = _machine(0.5, 150)
    hall = cases.grant(cases.source("hall"), 0.5, 100 * M, ["construction"])
    asks = cases.matched(hall, approval_first=True)
    part = cases.proposal(
        [cases.variant(["a"], 600 * M, [450 * M, 450 * M])],
        [cases.line("a", "m", 400 * M, 2), cases.line("a", "h", 200 * M, 2, "construction")],
        cases.terms(2),
    )
    found = _asked([part], [known, asks])
    assert {each.match.source.id for each in found.awaited} == {"machine", "hall"}
    said = plans.wait_or_act(found, Wording("en"))
    assert "if all of it is decided within about 13 months" in said
    assert "at once," not in said
    table = ui_waiting.awaited(found, Wording("en")) + ui_waiting.ways(found, Wording("en"))
    assert "at any time" not in table
    assert "not known: ask" in table
    assert "in about 13 months at the earliest" in table
