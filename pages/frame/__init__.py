"""What stands round every page: menu, filters, link, and the one way that an answer is shown."""
