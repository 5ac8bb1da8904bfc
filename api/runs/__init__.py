"""A scoring run: event tables in, scorecards out, published in one step."""
