"""What was announced, planned and done."""
