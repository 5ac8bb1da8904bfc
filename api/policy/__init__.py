"""How the schema may change: what breaks clients, what is announced, and until when what is deprecated stays."""
