"""The calibration of the verdict on whatever months are held, as one command."""
