"""The ledger keeps every act once, append-only, sealed by signed Merkle heads, for everyone who
must be able to recount what was published. It knows no person: references and codes only."""
