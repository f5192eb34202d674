"""The engine's environment, its process, and the conversation with it."""
