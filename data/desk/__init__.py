"""The desk: the only reader for answers. A store and a selection become the case that every topic is asked about.

What one topic alone needs (records of an office, points, weights) is a small value of that topic, made here too. What is
read is kept until the store changes; nothing that is handed out may be written to.
"""

from data.desk.cases import Desk
from data.desk.office import PATROL_LOG, demonstration_records

__all__ = ["PATROL_LOG", "Desk", "demonstration_records"]
