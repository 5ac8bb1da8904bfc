"""How many views a creator's posts get, by reports and by posts seen, each with its own error."""
