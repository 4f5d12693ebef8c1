"""One folder a subject: what is measured, said and shown of it, and the answer that a page shows."""
