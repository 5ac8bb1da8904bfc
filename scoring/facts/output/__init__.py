"""How much a creator posts, from posts seen, counts of plans and reports, each with its own error."""
