"""The models' files: manifest, pull, verify, locate."""
