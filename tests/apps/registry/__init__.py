"""Tests of the app registry, through its operations and queries."""
