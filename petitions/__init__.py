"""The signing engine: petitions, signatures, comments, moderation and every promise made to a signer."""
