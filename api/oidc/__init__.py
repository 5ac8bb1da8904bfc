"""Signed tokens of an identity provider (OpenID Connect), which stand beside access keys."""
