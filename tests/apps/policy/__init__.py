"""Tests of the app policy, through its operations and queries."""
