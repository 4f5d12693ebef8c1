"""Your data on the screen, without a browser: what is asked for stays asked for."""

from __future__ import annotations

from pages.frame import folds
from tests.pages.conftest import text_of

PAGE = "pages/about/data.py"


def test_months_that_were_typed_stay_while_their_fold_is_closed(run_app, demonstration_store):
    app = run_app(demonstration_store, PAGE)
    first = next(box for box in app.text_input if box.label == "First month")
    first.set_value("2023-01").run()
    assert "Asked for: 2023-01 to the latest." in text_of(app)
    del app.query_params[folds.OPEN]
    app.run()
    assert not [box for box in app.text_input if box.label == "First month"]
    assert "Asked for: 2023-01 to the latest." in text_of(app)
    app.query_params[folds.OPEN] = folds.ALL
    app.run()
    assert next(box for box in app.text_input if box.label == "First month").value == "2023-01"
    next(box for box in app.text_input if box.label == "First month").set_value("").run()
    assert "Asked for" not in text_of(app)
