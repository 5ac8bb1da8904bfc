"""How many creators of a list there are of each value: the choices of a filter, with what each would leave."""
