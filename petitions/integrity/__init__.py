"""Whether signatures are what they seem: what stands out among them, and taking many out of the count, undoably."""
