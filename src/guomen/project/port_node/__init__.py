"""A port node's link to the centre, and the rounds in which it learns and sends."""
