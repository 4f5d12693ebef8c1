"""The numbers of the topic: patrols and what was recorded in their months, dosage, what an hour cost."""

from analysis.topics.patrols.measure.mapped_patrols import mapped_patrols
from analysis.topics.patrols.measure.patrols import (
    ASB,
    PROGRAMME,
    Patrols,
    costs,
    ground_asb,
    monthly_dosage,
    patrolled_evidence,
    patrolled_months,
    patrols,
    place_of,
    place_seconds,
    police_asb,
)

__all__ = [
    "ASB",
    "PROGRAMME",
    "Patrols",
    "costs",
    "ground_asb",
    "mapped_patrols",
    "monthly_dosage",
    "patrolled_evidence",
    "patrolled_months",
    "patrols",
    "place_of",
    "place_seconds",
    "police_asb",
]
