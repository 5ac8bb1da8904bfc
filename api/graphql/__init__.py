"""The GraphQL schema, how an operation is answered, and what it costs."""
