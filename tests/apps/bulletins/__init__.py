"""Tests of the app bulletins, through its operations and queries."""
