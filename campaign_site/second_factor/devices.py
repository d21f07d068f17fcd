"""Who has a second factor and who must, and what is done with it. Every act leaves a line in the staff's log."""

import django_otp
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from petitions.models.staff import act_by
from petitions.throttling import CODES_BY_PERSON, count_or_refuse, uncount

RECOVERY_CODES = 10
DIGITS = 6
# Whoever sees these rows sees addresses.
WITH_ADDRESSES = tuple(f"petitions.{act}_{model}" for act in ("view", "change") for model in ("signature", "follower"))


class WrongCodeError(Exception):
    """The code is wrong, was used already, or comes too soon after a wrong one."""


def is_offered() -> bool:
    return settings.STAFF_SECOND_FACTOR != "off"


def with_second_factor(users: QuerySet[User]) -> QuerySet[User]:
    """Users that know `has_second_factor`, without a query for each."""
    telephones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    return users.annotate(has_second_factor=Exists(telephones))


def has_one(user: AbstractBaseUser | AnonymousUser) -> bool:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def is_asked_of(user: AbstractBaseUser) -> bool:
    return is_offered() and has_one(user)


def must_have_one(user: User) -> bool:
    """Those who can read addresses, where the setting says so; superusers can do everything."""
    return settings.STAFF_SECOND_FACTOR == "required" and any(user.has_perm(name) for name in WITH_ADDRESSES)


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user_id=user.pk, device__confirmed=True).count()


def set_up(user: User, key: str, code: str) -> tuple[Device, list[str]]:
    """Believe in the telephone once it has shown one right code; its recovery codes.

    Call it outside any transaction, as all throttling. Raises WrongCodeError and ThrottledError.
    """
    count_or_refuse((CODES_BY_PERSON, str(user.pk)))
    with transaction.atomic():
        # Two windows at once would set up two telephones.
        User.objects.select_for_update().get(pk=user.pk)
        if has_one(user):
            raise WrongCodeError
        device = TOTPDevice.objects.create(user=user, name="telephone", key=key)
        if not device.verify_token(code):
            raise WrongCodeError
        codes = _fresh_recovery_codes(user)
        act_by(user, "set up second factor", user).save()
    uncount((CODES_BY_PERSON, str(user.pk)))
    return device, codes


def check_code(user: User, code: str) -> Device:
    """The device that made the code. Six digits are the telephone's, all else is a recovery code, good for once.

    Call it outside any transaction, as all throttling. Raises WrongCodeError and ThrottledError.
    """
    count_or_refuse((CODES_BY_PERSON, str(user.pk)))
    is_of_telephone = len(code) == DIGITS and code.isdecimal()
    rows = (TOTPDevice if is_of_telephone else StaticDevice).objects.filter(user_id=user.pk, confirmed=True)
    for device in rows.order_by("pk"):
        if verified := django_otp.verify_token(user, device.persistent_id, code.lower()):
            uncount((CODES_BY_PERSON, str(user.pk)))
            return verified
    act_by(user, "fail second factor", user).save()
    raise WrongCodeError


def make_recovery_codes(user: User, code: str) -> list[str]:
    """New ones; those before are worth nothing any more. Raises WrongCodeError and ThrottledError."""
    check_code(user, code)
    with transaction.atomic():
        act_by(user, "make recovery codes", user).save()
        return _fresh_recovery_codes(user)


def remove(user: User, code: str) -> None:
    """Raises WrongCodeError and ThrottledError."""
    check_code(user, code)
    with transaction.atomic():
        _delete_devices(user)
        act_by(user, "remove second factor", user).save()


def reset(user: User, actor: User) -> bool:
    """For a colleague whose telephone and paper are lost. True where there was something to take away."""
    with transaction.atomic():
        if not _delete_devices(user):
            return False
        act_by(actor, "reset second factor", user, user.get_username()).save()
    return True


def _fresh_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _delete_devices(user: User) -> int:
    return sum(model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice))
