"""The rights of those who are rated: to be left out of ratings, to be erased, and to have all that is held about them."""
