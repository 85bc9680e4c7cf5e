"""The statistics of a study against those of SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from customhouse.performance.release_time.statistics import (
    PERCENTILES,
    mean_interval,
    outlier_limit,
    quantile_interval,
    share_interval,
    summary,
)
from customhouse.performance.release_time.survival import kaplan_meier

TIMES = np.random.default_rng(7).lognormal(9, 0.9, 400).round()
samples = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=60).map(lambda each: np.array(each, dtype=float))


def test_mean_median_deviation_and_percentiles_are_those_of_scipy() -> None:
    told = summary(TIMES, target=20_000)
    assert told is not None
    described = stats.describe(TIMES)
    assert told.n == described.nobs
    assert (told.least, told.most) == described.minmax
    assert told.mean == pytest.approx(described.mean)
    assert told.standard_deviation == pytest.approx(described.variance**0.5)
    assert told.median == pytest.approx(stats.scoreatpercentile(TIMES, 50))
    assert told.percentiles == pytest.approx({each: stats.scoreatpercentile(TIMES, each) for each in PERCENTILES})
    assert told.mode == pytest.approx(3_600 * stats.mode(TIMES // 3_600).mode)
    assert told.within_target == pytest.approx(stats.percentileofscore(TIMES, 20_000, kind="weak") / 100)
    assert told.outliers == (stats.scoreatpercentile(TIMES, 75) + 3 * stats.iqr(TIMES) < TIMES).sum()


@pytest.mark.parametrize(("successes", "n"), [(0, 12), (12, 400), (7, 9), (30, 30), (1, 100_000)])
def test_the_interval_of_a_share_is_wilsons(successes: int, n: int) -> None:
    found = share_interval(successes, n)
    expected = stats.binomtest(successes, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("n", [40, 400, 900])
def test_the_interval_of_a_mean_is_that_of_the_bootstrap(n: int) -> None:
    sample = TIMES[:n] if n <= len(TIMES) else np.random.default_rng(3).lognormal(9, 0.9, n)
    found = mean_interval(sample)
    expected = stats.bootstrap((sample,), np.mean, n_resamples=20_000, method="percentile", rng=5).confidence_interval
    width = expected.high - expected.low
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=width / 10)


def test_the_interval_of_the_mean_of_a_large_sample_is_the_normal_one() -> None:
    sample = np.random.default_rng(3).lognormal(9, 0.9, 20_000)
    expected = stats.norm.interval(0.95, loc=sample.mean(), scale=stats.sem(sample))
    found = mean_interval(sample)
    assert (found.low, found.high) == pytest.approx(expected)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("n", [100, 400])
def test_the_interval_of_a_quantile_lies_where_the_binomial_puts_it(n: int, share: float) -> None:
    ordered = np.sort(TIMES[:n])
    found = quantile_interval(ordered, share)
    expected = stats.quantile_test(ordered, p=share).confidence_interval(0.95)
    places = [int(np.searchsorted(ordered, each)) for each in (found.low, found.high, expected.low, expected.high)]
    assert abs(places[0] - places[2]) <= 1
    assert abs(places[1] - places[3]) <= 1


def test_the_curve_of_release_is_that_of_kaplan_and_meier() -> None:
    observed = np.random.default_rng(11).random(len(TIMES)) < 0.7
    found = kaplan_meier(TIMES, observed=observed)
    data = stats.CensoredData.right_censored(TIMES, ~observed)
    expected = stats.ecdf(data).sf
    with pytest.warns(RuntimeWarning), np.errstate(divide="ignore", invalid="ignore"):  # at the last point nothing waits any more
        low, high = (each.probabilities for each in expected.confidence_interval(0.95, method="linear"))
    released = np.isin(expected.quantiles, found.times)
    assert found.waiting == pytest.approx(expected.probabilities[released])
    assert [each.low for each in found.intervals[:-1]] == pytest.approx(low[released][:-1])
    assert [each.high for each in found.intervals[:-1]] == pytest.approx(high[released][:-1])
    assert found.censored == (~observed).sum()


def test_without_anything_that_still_waits_the_curve_is_the_share_not_yet_released() -> None:
    found = kaplan_meier(TIMES, observed=np.ones(len(TIMES), dtype=bool))
    assert found.quantile(0.5) == np.sort(TIMES)[len(TIMES) // 2 - 1]
    assert found.waiting[-1] == pytest.approx(0)


def test_what_never_is_released_has_no_median() -> None:
    assert kaplan_meier(TIMES, observed=np.quantile(TIMES, 0.1) > TIMES).quantile(0.5) is None


def test_an_empty_sample_has_no_figures() -> None:
    assert summary(np.zeros(0), target=None) is None


@given(samples)
def test_every_figure_lies_within_the_sample_and_in_its_order(sample: np.ndarray) -> None:
    told = summary(sample, target=None)
    assert told is not None
    assert told.least <= told.median_interval.low <= told.median <= told.median_interval.high <= told.most
    ordered = [told.least, *(told.percentiles[each] for each in PERCENTILES), told.most]
    assert ordered == sorted(ordered)
    assert told.most <= outlier_limit(np.sort(sample)) or told.outliers
    assert (told.within_target, told.within_target_interval) == (None, None)


@given(samples, st.randoms())
def test_the_order_in_which_times_come_changes_nothing(sample: np.ndarray, random: object) -> None:
    shuffled = sample.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert summary(shuffled, target=3_600) == summary(sample, target=3_600)
