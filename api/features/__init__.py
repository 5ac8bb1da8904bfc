"""Features: a capability is one folder, with its GraphQL types, its use case, its mutations, its examples and its cost."""
