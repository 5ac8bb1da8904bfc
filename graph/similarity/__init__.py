"""What likeness is computed from and explained with."""
