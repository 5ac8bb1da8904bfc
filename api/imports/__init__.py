"""Imports whose files come over HTTP: uploaded to the home, tried, loaded in a process of their own, and what was rejected mended."""
