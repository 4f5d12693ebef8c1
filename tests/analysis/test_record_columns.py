from __future__ import annotations

from pathlib import Path

import pytest

from analysis.records import record_kind

USED = {
    "patrol-log": {
        "hotspot",
        "start",
        "end",
        "officers",
        "resident_engagements",
        "business_engagements",
        "activities",
    },
    "retail-register": {
        "date",
        "shop",
        "locality",
        "district",
        "value",
        "evidence_passed",
        "evidence_passed_on",
    },
    "shop-plans": {"district", "shop", "contact", "plan_status", "review_date"},
    "deliverables": {"programme", "area", "deliverable", "planned", "delivered", "date", "status"},
    "funding": {"programme", "amount", "first_day", "last_day", "places", "pays_for", "source"},
    "perception-survey": {"place", "respondents", "felt_unsafe"},
    "timed-incidents": {"date_time", "earliest", "latest"},
}
MODULES = {
    "patrol-log": "dosage",
    "retail-register": "retail",
    "shop-plans": "retail",
    "deliverables": "programmes",
    "funding": "funding",
    "perception-survey": "perception",
    "timed-incidents": "night_hours",
}


@pytest.mark.parametrize("kind", sorted(USED))
def test_measures_read_columns_that_the_contract_names(kind):
    assert USED[kind] <= {column.name for column in record_kind(kind).columns}
    source = (Path(__file__).parents[2] / "analysis" / "measures" / f"{MODULES[kind]}.py").read_text()
    assert [column for column in sorted(USED[kind]) if f'"{column}"' not in source] == []
