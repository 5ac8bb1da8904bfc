"""Search over names in any script: what is stored for it, candidates from the index, and how alike they are."""
