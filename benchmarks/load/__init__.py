"""What the benchmarks of the server share: sample declarations, a site of their own, and a client that does not wait."""
