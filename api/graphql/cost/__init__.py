"""What an operation costs, and the limits that it is held against."""
