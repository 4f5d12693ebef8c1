"""Where people feel unsafe, beside what was recorded there."""
