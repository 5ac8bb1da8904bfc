"""The simulated world written down as the import tables of the model, one noun a module."""
