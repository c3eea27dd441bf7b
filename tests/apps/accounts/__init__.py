"""Tests of the app accounts, through its operations and queries."""
