"""The referrals: what waits, the officer's decision, and the notice for the traveller."""
