"""What police.uk calls its anonymised map points."""

from __future__ import annotations

UNNAMED = "a point without a name"
NO_LOCATION = "No Location"
NO_LSOA = "no location given"
KINDS = {
    "Airport/Airfield": "an airport or airfield",
    "Bus/Coach Station": "a bus or coach station",
    "Conference/Exhibition Centre": "a conference or exhibition centre",
    "Ferry Terminal": "a ferry terminal",
    "Football Ground": "a football ground",
    "Further/Higher Educational Building": "a college or university building",
    "Hospital": "a hospital",
    "Motorway Service Area": "a motorway service area",
    "Nightclub": "a nightclub",
    "Park/Open Space": "a park or open space",
    "Parking Area": "a parking area",
    "Pedestrian Subway": "a pedestrian subway",
    "Petrol Station": "a petrol station",
    "Police Station": "a police station",
    "Prison": "a prison",
    "Race Track": "a race track",
    "Shopping Area": "a shopping area",
    "Sports/Recreation Area": "a sports or recreation area",
    "Supermarket": "a supermarket",
    "Theatre/Concert Hall": "a theatre or concert hall",
}
"""Names of points that are kinds of place: “near a petrol station”, never as if one business had that name."""
NEAR = "On or near"
