"""The suite. It speaks through public doors and is stricter than production."""
