"""The lane desk: scan, result, one key."""
