"""Programmes on ground of their own: what was delivered, before and after, next door."""
