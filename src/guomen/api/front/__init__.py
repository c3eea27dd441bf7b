"""The clearance process: a small ASGI front that collects what gates send and commits it together."""
