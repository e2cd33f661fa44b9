"""How far the ear can be trusted, measured against people's labels: ``make bench-accuracy``."""
