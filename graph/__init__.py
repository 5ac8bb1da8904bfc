"""The graph: what it holds, how it is filled, stored and read. Speaks Cypher, never GraphQL or formulas."""
