"""GraphQL's nouns, one a file, and what their fields are made of."""
