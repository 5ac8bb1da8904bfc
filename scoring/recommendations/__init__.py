"""Finding whom to work with, pure: how alike two audiences are, how well creators fit a brief, which differences count."""
