"""The GraphQL schema: one noun a file, put together in `assembly`, which alone imports the mutations."""
