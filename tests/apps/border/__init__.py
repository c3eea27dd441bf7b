"""Tests of the app border, through its operations and queries."""
