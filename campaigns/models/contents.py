"""What belongs to a campaign or to a shared story, and the rule by which a campaign's own takes its story's place."""

from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .campaigns import Campaign
from .stories import Story


class ContentQuerySet(models.QuerySet):
    def of(self, owner: Campaign | Story) -> Self:
        return self.filter(campaign=owner) if isinstance(owner, Campaign) else self.filter(story=owner)

    def worded(self) -> Self:
        """Rows that readers can see: those with a text."""
        model = cast(type[Content], self.model)
        return self.filter(Exists(model.texts_of(OuterRef("pk")))) if model.has_texts else self

    def shown_in(self, campaign: Campaign) -> Self:
        """The campaign's own rows and, unless they take its place, those of its story."""
        model = cast(type[Content], self.model)
        if not campaign.story_id:
            return self.filter(campaign=campaign)
        shared = Q(story=campaign.story_id)
        if model.own_takes_the_place:
            shared &= Q(~Exists(model.objects.filter(campaign=campaign).worded()))
        return self.filter(Q(campaign=campaign) | shared)


class Content(models.Model):
    """Something that belongs to one campaign or to a shared story, in its place among its like."""

    # Two letters on one matter confuse: a campaign with a worded one of its own does not show its story's.
    own_takes_the_place: ClassVar[bool] = False
    # Words in rows of their own, one for each language.
    has_texts: ClassVar[bool] = True

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("campaign"))
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("shared story"))
    position = models.PositiveSmallIntegerField(_("place"), default=0, help_text=_("Smaller numbers come first."))

    # Filled by `loaded("texts")`.
    loaded_texts: list[Any]

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def owner(self) -> Campaign | Story:
        """Whose it is: the database lets every row have exactly one of the two."""
        return self.campaign or cast(Story, self.story)

    @classmethod
    def texts_of(cls, row: OuterRef) -> models.QuerySet:
        texts = cast(Any, cls._meta.get_field("texts"))
        return texts.related_model._default_manager.filter(**{texts.field.name: row})

    @classmethod
    def campaigns_without_own(cls) -> Q:
        """Campaigns that show their story's rows of this kind."""
        return Q(~Exists(cls.objects.filter(campaign=OuterRef("pk")).worded())) if cls.own_takes_the_place else Q()

    def campaigns(self) -> models.QuerySet[Campaign]:
        """The campaigns in which readers find this row, once it has words."""
        if self.campaign_id:
            return Campaign.objects.filter(pk=self.campaign_id)
        return Campaign.objects.filter(self.campaigns_without_own(), story=self.story_id)
