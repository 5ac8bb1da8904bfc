"""GraphQL over HTTP, and what every request passes through: ids, logs, metrics, headers, health."""
