"""What an instance keeps beside the graph, as a sealed part of a backup: keys, webhooks, signing keys, audit log, settings."""
