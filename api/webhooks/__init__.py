"""Webhooks: subscriptions whose answers are sent to an address, signed as Standard Webhooks has it."""
