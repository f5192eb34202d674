"""The package inspection."""
