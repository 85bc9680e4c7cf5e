"""The law and the arithmetic of customs: pure functions over plain values, with no framework, database, network or clock."""
