"""Documents that an operator trusts: read from manifests, checked against the schema, named by id, offered as tools."""
