"""How the house is put together: settings, routes, the clock and the command line."""
