"""What analysts ask: Cypher, kept queries, centrality."""
