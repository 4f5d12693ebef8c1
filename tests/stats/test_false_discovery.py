"""Control of false discoveries: digit for digit that of SciPy, and the discoveries that it leads to."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.stats import false_discovery_control

from analysis.stats.false_discovery import adjusted_p, discoveries
from tests.conftest import PROJECT


@given(arrays(float, array_shapes(min_dims=1, max_dims=2, max_side=12), elements=st.floats(0, 1)))
def test_p_is_adjusted_down_each_column_as_scipy_does(p):
    assert np.array_equal(adjusted_p(p), false_discovery_control(p, axis=0))


def test_the_least_of_three_is_tripled_and_none_passes_a_later_one():
    assert adjusted_p(np.array([0.04, 0.01, 0.02])).tolist() == [0.04, 0.03, 0.03]
    assert adjusted_p(np.array([1.0, 0.9])).tolist() == [1.0, 1.0]


def test_no_test_at_all_has_no_discovery():
    assert adjusted_p(np.array([])).tolist() == []
    assert discoveries(np.array([np.nan])).tolist() == [False]


def test_the_app_starts_without_the_half_second_that_all_distributions_take_to_import():
    asked = "import sys, app; sys.exit('scipy.stats' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=PROJECT, check=False)
    assert done.returncode == 0
