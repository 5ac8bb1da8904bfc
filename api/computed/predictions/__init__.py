"""What is expected of creators, with reasons and with what it is worth."""
