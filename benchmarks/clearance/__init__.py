"""What a clearance costs: step by step, and over HTTP beside the database's own rate and a plain view."""
