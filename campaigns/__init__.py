"""The story: what people read and what targets receive."""
