"""Service: whether the site does its work at this moment, and what people are told when it does not or will not."""
