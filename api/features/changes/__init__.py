"""What changed: as a list after a cursor, and as it happens."""
