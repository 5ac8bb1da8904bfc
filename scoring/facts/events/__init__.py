"""What happened: event tables (Arrow, with declared columns) checked, and turned into columns of codes; one module a kind of event."""
