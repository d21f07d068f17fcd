"""What people do for a campaign, counted without watching them."""
