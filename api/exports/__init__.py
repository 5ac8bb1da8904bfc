"""Exports that a key's holder, or the owner at the terminal, asks for: what may be had, and jobs that make it."""
