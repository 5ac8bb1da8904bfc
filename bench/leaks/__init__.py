"""Whether what a key may not see shows in anything that it can ask: pairs of worlds, generated operations, an attacker."""
