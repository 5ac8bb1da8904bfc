"""Who may see and do what: keys, roles and the table that both plans and mutations obey."""
