"""What moderators decide with: who has which comment, what is alike, what strikes the eye."""
