"""How recorded incidents changed between two periods, against the rest and against similar places."""
