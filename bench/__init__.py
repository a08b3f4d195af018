"""The benchmark: a big database, filled truly, and what people wait for in it."""
