"""Which language words are written in, and how sure that is. Only the worker asks: the model stays out of the web."""
