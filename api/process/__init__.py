"""The life of a process of ours: how it starts, what it says meanwhile, what it keeps running, and how it ends."""
