"""The night-time economy: months in open data, hours in records that have them."""
