"""From a member's request to help that works: priorities, the year's plan, missions and their experts, recommendations followed up."""

from customhouse.development.delivery.expert import Expert, Fit, fits
from customhouse.development.delivery.follow_up import FollowUp, Recommended, Review, reviews
from customhouse.development.delivery.mission import Mission
from customhouse.development.delivery.request import Place, Request, Weights, planned

__all__ = ["Expert", "Fit", "FollowUp", "Mission", "Place", "Recommended", "Request", "Review", "Weights", "fits", "planned", "reviews"]
