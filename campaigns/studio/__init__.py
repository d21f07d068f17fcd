"""Where organizers make, publish and close campaigns."""
