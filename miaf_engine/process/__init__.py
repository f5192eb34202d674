"""How a request arrives: the command line, the worker and the scene worker.

Public names, by module:

    `command_line`: main

May import: io, requests, tasks.
"""
