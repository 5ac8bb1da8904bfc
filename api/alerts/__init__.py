"""Alerts: saved filters and rankings, looked at after each change that may move somebody in or out."""
