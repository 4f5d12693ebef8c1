"""The kinds of record, in the order of the review. A new kind is a file in `kinds` and a line here.

A contract says what is asked for, in which words it may be headed, and what it becomes once checked
(`analysis.records.tidying` does the checking). Columns that no contract names are dropped and named, so that
personal data is not taken in by accident.
"""

from __future__ import annotations

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordKind
from analysis.records.kinds.actions import ACTIONS
from analysis.records.kinds.deliverables import DELIVERABLES
from analysis.records.kinds.funding import FUNDING
from analysis.records.kinds.patrol_log import PATROL_LOG
from analysis.records.kinds.perception_survey import PERCEPTION_SURVEY
from analysis.records.kinds.retail_register import RETAIL_REGISTER
from analysis.records.kinds.shop_plans import SHOP_PLANS
from analysis.records.kinds.timed_incidents import TIMED_INCIDENTS

RECORD_KINDS: tuple[RecordKind, ...] = (
    PATROL_LOG,
    RETAIL_REGISTER,
    SHOP_PLANS,
    DELIVERABLES,
    FUNDING,
    ACTIONS,
    PERCEPTION_SURVEY,
    TIMED_INCIDENTS,
)


def record_kind(key: str) -> RecordKind:
    """Return the contract of this key; a RefusedError names the keys there are otherwise."""
    for kind in RECORD_KINDS:
        if kind.key == key:
            return kind
    keys = ", ".join(kind.key for kind in RECORD_KINDS)
    raise RefusedError(f"“{key}” is not a kind of record. Choose one of {keys}.")
