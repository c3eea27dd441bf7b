"""The register of persons and their travel documents, and one row of standing for each document
that a lane looks up. Personal fields are encrypted; numbers are found by a keyed index."""
