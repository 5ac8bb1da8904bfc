"""Finding whom to work with: overlap, comparison, competitors, briefs and what they recommend."""
