"""A brand's network, and ways between nodes."""
