"""The numbers of the topic."""
