"""Ends of the codes by which the database says why it ended a query."""

from __future__ import annotations

from typing import Final

TIMED_OUT: Final = "TransactionTimedOut"
OUT_OF_MEMORY: Final = ("MemoryPoolOutOfMemoryError", "TransactionMemoryLimit", "OutOfMemoryError", "StackOverFlowError")
