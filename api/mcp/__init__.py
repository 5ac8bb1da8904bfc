"""The API for agents: tools and resources of the Model Context Protocol.

A tool is one GraphQL operation, run as any other under the key's rights and limits; nothing here decides who sees what.
"""
