"""Who runs the site: whom the law holds responsible, and how to reach them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

THE_ONE = 1


class Operator(models.Model):
    """One row at most: who answers for the site must not depend on which row was read."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("The organization, or the person, that runs this site.")
    )
    postal_address = models.TextField(
        _("postal address"), max_length=400, help_text=_("Where a letter reaches you: the law of many countries asks.")
    )
    email = models.EmailField(_("e-mail"))
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    responsible = models.CharField(
        _("responsible person"),
        max_length=200,
        help_text=_("A person by name, who answers for what is published here."),
    )

    class Meta:
        verbose_name = _("who runs this site")
        verbose_name_plural = _("who runs this site")
        constraints = [
            models.CheckConstraint(
                condition=Q(id=THE_ONE),
                name="operator_one_row",
                violation_error_message=_("One operator runs the site: change the row that is there."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_named(self) -> bool:
        """Whether all is said that laws ask for."""
        return all([self.name, self.postal_address, self.email, self.responsible])
