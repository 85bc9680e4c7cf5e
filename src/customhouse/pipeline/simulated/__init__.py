"""A year of a country, as it might be: made-up trade cleared through the real journey, event by event, the same for the same seed."""

from customhouse.pipeline.simulated.consignment import World
from customhouse.pipeline.simulated.scenario import Scenario, UnreadableScenarioError, read_scenario
from customhouse.pipeline.simulated.year import Day, Happening, in_order, simulated_day, simulated_dialogue, year_days

__all__ = [
    "Day",
    "Happening",
    "Scenario",
    "UnreadableScenarioError",
    "World",
    "in_order",
    "read_scenario",
    "simulated_day",
    "simulated_dialogue",
    "year_days",
]
