"""What the dialogs ask, and how it becomes a request."""
