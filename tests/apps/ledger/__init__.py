"""Tests of the app ledger, through its operations and queries."""
