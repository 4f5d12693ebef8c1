"""Single incidents: where, when, which."""
