"""The person of a session, with the answer to whether they have a second factor: each page for staff asks."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User

from .devices import with_second_factor


class StaffBackend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = with_second_factor(User.objects.filter(pk=user_id)).first()
        return user if user is not None and self.user_can_authenticate(user) else None
