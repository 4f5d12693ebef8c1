"""Hotspot patrols: hours, engagements, and what was recorded on their ground."""
