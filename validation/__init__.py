"""The proof: what scores say, held against what was planted, on markets as tables and as the responses that shops save.

Only this package reads what was planted; nothing that makes a score imports it.
"""
