"""What tasks give to other processes, on this machine or on many, and its answers."""
