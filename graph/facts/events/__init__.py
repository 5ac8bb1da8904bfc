"""What happened, as columns: one module a kind of event, each read once for all windows."""
