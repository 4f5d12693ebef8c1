"""One module a question: each takes a cube and areas and returns a small result."""
