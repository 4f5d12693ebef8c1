"""What stands round the pages: who is at the screen, log-in, and the server's own defences."""
