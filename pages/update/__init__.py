"""Months kept up to date and the verdicts that this changes: the one room that may know both.

A page gives `judging.judge` to `data.permitted.update_months`, and shows `data.update.read_updates`.
"""
