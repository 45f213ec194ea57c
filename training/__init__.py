"""How the weights that come with the package are trained: ``python -m training.syntax --data FOLDER``."""
