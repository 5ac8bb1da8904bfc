"""An operation becomes selections, selections become plans, plans become the answer."""
