"""Every figure of the simulation says its unit and where it comes from."""

from simulation import parameters
from simulation.parameters import ASSUMED, Parameter


def test_a_parameter_computes_as_a_number_and_knows_its_unit_and_source() -> None:
    made = Parameter(0.5, "share", "a census")
    assert made * 2 == 1.0
    assert (made.unit, made.source) == ("share", "a census")
    assert Parameter(1, "each").source == ASSUMED


def test_all_parameters_are_explained_and_public_figures_named() -> None:
    every = {name: value for name, value in vars(parameters).items() if isinstance(value, Parameter)}
    assert len(every) > 40
    assert all(value.unit and value.source for value in every.values())
    assert sum(value.source not in (ASSUMED,) for value in every.values()) >= 12
