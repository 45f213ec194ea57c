"""Accuracy and speed, one command each; ``python -m benchmarks`` runs both and writes the tables to a file."""
