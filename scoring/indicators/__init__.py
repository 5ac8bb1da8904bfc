"""The indicators, one a file: a file added here is found, scored, published and documented."""
