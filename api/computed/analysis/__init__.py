"""What analysts ask: Cypher, saved queries, centrality."""
