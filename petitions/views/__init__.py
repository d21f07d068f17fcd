"""The pages of the signing engine, one module for each thing a person opens."""
