"""A signer objects to having been taken out of the count; staff decide, and restore exactly that one."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from ..models import InvalidatedSignature, Objection, Signature
from ..models.staff import act_by
from ..moderation import bring_back, state_before
from .invalidations import is_still_out

State = Objection.State


def object_to(signature: Signature, words: str) -> bool:
    """Let staff look again. True where this call asks for it; once for each time that a signature is taken out."""
    with transaction.atomic():
        locked = Signature.objects.select_for_update(no_key=True).get(pk=signature.pk)
        if locked.state != Signature.State.INVALIDATED or locked.invalidated_at is None:
            return False
        _objection, is_new = Objection.objects.get_or_create(
            signature=locked, invalidated_at=locked.invalidated_at, defaults={"words": words}
        )
    return is_new


def own_objection(signature: Signature) -> Objection | None:
    """What the signer said of the present invalidation."""
    if signature.invalidated_at is None:
        return None
    return Objection.objects.filter(signature=signature, invalidated_at=signature.invalidated_at).first()


def uphold(objection: Objection, actor: AbstractBaseUser) -> bool:
    """Restore that one signature, as it was. False where it was decided before."""
    with transaction.atomic():
        # Signatures are locked first everywhere.
        signature = Signature.objects.select_for_update(no_key=True).get(pk=objection.signature_id)
        if not _decided(objection, actor, State.UPHELD):
            return False
        is_out = signature.state == Signature.State.INVALIDATED
        if is_out and signature.invalidated_at == objection.invalidated_at:
            bring_back([(signature, _forget_taking(signature))])
            act_by(actor, "restore", signature, "after an objection").save()
    return True


def decline(objection: Objection, actor: AbstractBaseUser) -> bool:
    """It stays out. False where it was decided before."""
    with transaction.atomic():
        return _decided(objection, actor, State.DECLINED)


def _decided(objection: Objection, actor: AbstractBaseUser, state: State) -> bool:
    waiting = Objection.objects.waiting().filter(pk=objection.pk)
    if not waiting.update(state=state, decided_at=timezone.now()):
        return False
    act_by(actor, f"objection {state.value}", objection).save()
    return True


def _forget_taking(signature: Signature) -> str:
    """The state that its invalidation remembers; where staff took it out by hand, the one its dates tell."""
    taking = next((each for each in signature.takings.filter(end="") if is_still_out(signature, each)), None)
    if taking is None:
        return state_before(signature)
    InvalidatedSignature.objects.filter(pk=taking.pk).update(end=InvalidatedSignature.End.OBJECTION)
    return taking.state_before
