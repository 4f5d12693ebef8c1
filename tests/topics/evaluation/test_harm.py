from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, ContractError, RefusedError
from analysis.model.vocabulary import CRIME_TYPES
from analysis.topics.evaluation.measure.harm import days_each, harm
from data.reference.harm import read_harm_weights

ASB, VIOLENCE = "Anti-social behaviour", "Violence and sexual offences"


@pytest.fixture(scope="module")
def weights() -> pd.DataFrame:
    return read_harm_weights()


def test_the_worked_number_robbery_one_way_and_violence_a_range(weights):
    got = harm(pd.Series({"Robbery": 12, VIOLENCE: 117}), weights)
    table = got.table.set_index("crime_type")
    assert tuple(table.loc["Robbery", ["days_low", "days_high"]]) == (4380, 4380)
    assert tuple(table.loc[VIOLENCE, ["days_low", "days_high"]]) == (1170, 640_575)
    assert tuple(table.loc[VIOLENCE, ["days_each_low", "days_each_high"]]) == (10, 5475)
    assert (got.low, got.high) == (5550, 644_955)


def test_anti_social_behaviour_has_no_weight_and_is_said_to_have_none(weights):
    got = harm(pd.Series({ASB: 96, "Robbery": 4}), weights)
    assert got.without_weight == (ASB,)
    assert got.incidents_without_weight == 96
    assert np.isnan(got.table.set_index("crime_type").loc[ASB, "days_high"])
    assert got.low == 4 * 365
    with pytest.raises(AnalysisError, match="Anti-social behaviour has none"):
        harm(pd.Series({ASB: 96}), weights)


def test_a_gap_is_left_out_of_the_total_and_named(weights):
    got = harm(pd.Series({"Robbery": 4, "Burglary": np.nan}), weights)
    assert got.not_published == ("Burglary",)
    assert got.high == 4 * 365


def test_every_crime_type_but_anti_social_behaviour_has_a_range(weights):
    each = days_each(weights)
    assert set(each.index) == set(CRIME_TYPES) - {ASB}
    assert (each["days_each_low"] <= each["days_each_high"]).all()
    assert (each["days_each_low"] < each["days_each_high"]).sum() >= 8


def test_the_weights_name_edition_and_source_and_that_they_are_at_second_hand(weights):
    assert set(weights["edition"]) == {"2026"}
    assert weights["source"].str.contains("copied by hand at second hand").all()


def test_the_weights_are_those_of_the_reference(weights, shared):
    reference = pd.read_csv(shared / "reference" / "cchi_2026_by_offence_subgroup.csv")
    both = weights.merge(
        reference,
        left_on=["crime_type", "offence_subgroup"],
        right_on=["policeuk_crime_type", "ho_offence_subgroup"],
    )
    assert len(both) == len(weights) == len(reference)
    assert (both["median_days"] == both["cchi_median_days"]).all()
    assert (both["mean_days"] == both["cchi_mean_days"]).all()
    assert (both["offences"] == both["n_offence_rows"]).all()


def test_the_index_of_the_force_by_its_own_mixture_lies_inside_each_range(weights, shared):
    mixture = pd.read_csv(shared / "reference" / "cchi_2026_by_crime_type_cleveland.csv")
    each = days_each(weights).loc[mixture["crime_type"]]
    days = mixture["cchi_days_cleveland_2024_25_mix"].to_numpy()
    assert (each["days_each_low"].to_numpy() <= days).all()
    assert (days <= each["days_each_high"].to_numpy()).all()


@given(st.dictionaries(st.sampled_from(CRIME_TYPES[1:]), st.integers(0, 500), min_size=1), st.integers(2, 5))
def test_twice_the_incidents_are_twice_the_days_at_both_ends(weights, counts, times):
    one = harm(pd.Series(counts), weights)
    more = harm(pd.Series(counts) * times, weights)
    assert (more.low, more.high) == pytest.approx((one.low * times, one.high * times))
    assert one.low <= one.high


def test_counts_of_another_kind_are_refused(weights):
    with pytest.raises(ContractError, match="Jaywalking"):
        harm(pd.Series({"Jaywalking": 3}), weights)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.drop(columns="source"), "missing: source"),
        (lambda t: t.assign(crime_type="Piracy"), "Piracy"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "twice"),
        (lambda t: t.assign(median_days=-1.0), "not above zero"),
        (lambda t: t.assign(edition=["2020", *t["edition"][1:]]), "one edition"),
    ],
)
def test_weights_that_break_their_contract_are_refused(weights, change, sentence):
    with pytest.raises(ContractError, match=sentence):
        harm(pd.Series({"Robbery": 1}), change(weights))


def test_a_file_that_is_no_table_of_weights_is_refused(tmp_path, weights):
    with pytest.raises(RefusedError, match="cannot be read"):
        read_harm_weights(tmp_path / "none.csv")
    wrong = tmp_path / "wrong.csv"
    weights.astype({"median_days": object}).assign(median_days="many").to_csv(wrong, index=False)
    with pytest.raises(RefusedError, match="median_days holds something that is no number"):
        read_harm_weights(wrong)
