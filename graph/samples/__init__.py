"""Samples that creators apply for: applications with what came of them, brands' decisions, and rules that decide."""

from __future__ import annotations

from graph.samples.applications import Application, applications
from graph.samples.decisions import APPROVE, DECLINE, Decision, Exported, Refused, decided, exported, reopened
from graph.samples.requests import Request, requests
from graph.samples.rules import MOST_RULES, StoredRule, rules, rules_deleted, rules_saved

__all__ = [
    "APPROVE",
    "DECLINE",
    "MOST_RULES",
    "Application",
    "Decision",
    "Exported",
    "Refused",
    "Request",
    "StoredRule",
    "applications",
    "decided",
    "exported",
    "reopened",
    "requests",
    "rules",
    "rules_deleted",
    "rules_saved",
]
