"""Creators and brands who resemble one another."""
