"""Tools for developing: they never run in production and the product never imports them."""
