"""Every centre judged: the room that knows both how forces are handed out and which topic judges them."""

from pages.judge.judging import Judged, judge_country

__all__ = ["Judged", "judge_country"]
