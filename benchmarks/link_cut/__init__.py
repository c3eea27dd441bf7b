"""A port node behind a link that fails in every way: what is answered at the gate is never lost."""
