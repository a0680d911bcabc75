"""Registers of monuments: what stands where, of which status, with its elements and pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language


class Register(models.Model):
    """A register of monuments: a country's, or one that somebody else keeps."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("name"))
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("source"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    rounding_km = models.PositiveSmallIntegerField(_("places rounded in public to, km"), default=10)
    is_public = models.BooleanField(_("open to the public"), default=True)
    scope = models.CharField(max_length=80, unique=True)  # "heritage/az"

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.names)


class MonumentImport(models.Model):
    """A file that was read into a register: its mapping, and a report of doubts line by line."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Previewed")
        TAKING = "taking", _("Being taken over")
        TAKEN = "taken", _("Taken")
        SET_ASIDE = "set_aside", _("Set aside")

    register = models.ForeignKey(Register, models.CASCADE, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    options = models.JSONField(default=dict)  # encoding, dialect, sheet
    mapping = models.JSONField(default=dict)  # field → column
    report = models.JSONField(default=dict)
    signature = models.CharField(max_length=64, blank=True, db_index=True)  # of the headings
    lines_total = models.PositiveIntegerField(_("lines to take over"), default=0)
    lines_done = models.PositiveIntegerField(_("lines taken over"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREVIEWED)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="monument_import_state_is_known",
                condition=Q(state__in=["previewed", "taking", "taken", "set_aside"]),
            ),
            models.CheckConstraint(
                name="monument_import_takes_no_more_than_there_is",
                condition=Q(lines_done__lte=F("lines_total")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.pk}"

    @property
    def scope(self) -> str:
        return self.register.scope


class RememberedMapping(models.Model):
    """How a table with these headings was read the last time, in one register."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="mappings")
    signature = models.CharField(max_length=64)  # hash of the folded headings
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_mapping_a_heading", fields=["register", "signature"])
        ]

    def __str__(self) -> str:
        return self.signature


class Monument(models.Model):
    """A monument or site. Its place is told as exactly as is known, and rounded in public where
    looting is a danger (``is_at_risk_of_looting``)."""

    class Importance(models.TextChoices):
        WORLD = "world", _("of world importance")
        NATIONAL = "national", _("of national importance")
        LOCAL = "local", _("of local importance")
        UNKNOWN = "unknown", _("not known")

    register = models.ForeignKey(Register, models.PROTECT, related_name="monuments")
    national_id = models.CharField(_("number in the register"), max_length=60)
    names = models.JSONField(_("name"))
    aka = models.JSONField(_("also called"), default=list, blank=True)
    kind = models.CharField(_("type"), max_length=120, blank=True)
    importance = models.CharField(
        _("importance"), max_length=10, choices=Importance, default=Importance.UNKNOWN
    )
    texts = models.JSONField(_("description"), default=dict, blank=True)
    date_text = models.CharField(_("date"), max_length=200, blank=True)
    year_from = models.SmallIntegerField(_("from year"), null=True, blank=True)  # BCE negative
    year_to = models.SmallIntegerField(_("until year"), null=True, blank=True)
    builder = models.CharField(_("builder"), max_length=200, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    countries = models.JSONField(_("states, where several"), default=list, blank=True)
    adm1 = models.CharField(_("region"), max_length=120, blank=True)
    adm2 = models.CharField(_("district"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    geometry = models.JSONField(null=True, blank=True)  # GeoJSON, where more than a point is known
    certainty = models.CharField(_("how sure the place is"), max_length=60, blank=True)
    is_at_risk_of_looting = models.BooleanField(_("looting is a danger"), default=False)
    # What the public may know of the place: the same, or a grid cell's middle. See services.
    public_latitude = models.FloatField(null=True, blank=True, editable=False)
    public_longitude = models.FloatField(null=True, blank=True, editable=False)
    materials = models.JSONField(_("materials"), default=list, blank=True)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    use = models.CharField(_("use"), max_length=200, blank=True)
    whs_id = models.CharField(_("World Heritage number"), max_length=20, blank=True)
    lists = models.JSONField(_("lists it stands on"), default=list, blank=True)
    commons = models.CharField(_("Commons category"), max_length=200, blank=True)
    condition = models.CharField(_("condition"), max_length=12, blank=True)  # of the last survey
    search_key = models.TextField(blank=True, editable=False)
    sort_key = models.CharField(max_length=120, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    retrieved_on = models.DateField(_("retrieved"), null=True, blank=True)
    imported_in = models.ForeignKey(
        MonumentImport, models.SET_NULL, null=True, blank=True, related_name="monuments"
    )
    raw = models.JSONField(default=dict, blank=True)  # the line as it was read, whole

    class Meta:
        ordering = ["register_id", "national_id"]
        indexes = [
            models.Index(fields=["register", "kind"], name="monument_by_kind"),
            models.Index(fields=["register", "condition"], name="monument_by_condition"),
            models.Index(fields=["latitude", "longitude"], name="monument_by_place"),
            models.Index(fields=["register", "sort_key"], name="monument_by_name"),
            models.Index(fields=["register", "adm1"], name="monument_by_region"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_monument_a_number", fields=["register", "national_id"]
            ),
            models.CheckConstraint(
                name="monument_place_is_on_earth",
                condition=(
                    Q(latitude__isnull=True, longitude__isnull=True)
                    | Q(
                        latitude__gte=-90,
                        latitude__lte=90,
                        longitude__gte=-180,
                        longitude__lte=180,
                    )
                ),
                violation_error_message=_(
                    "A latitude is between -90 and 90, a longitude between -180 and 180."
                ),
            ),
            models.CheckConstraint(
                name="monument_years_in_order",
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
            ),
            models.CheckConstraint(
                name="monument_public_place_is_whole",
                condition=Q(public_latitude__isnull=True, public_longitude__isnull=True)
                | Q(public_latitude__isnull=False, public_longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="monument_importance_is_known",
                condition=Q(importance__in=["world", "national", "local", "unknown"]),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.register.scope


class LegalStatus(models.Model):
    """A legal protection of a monument, from when to when, by which authority."""

    monument = models.ForeignKey(Monument, models.CASCADE, related_name="statuses")
    designation = models.CharField(_("designation"), max_length=200)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["monument_id", "starts_on", "pk"]
        verbose_name_plural = "legal statuses"
        constraints = [
            models.CheckConstraint(
                name="legal_status_starts_before_it_ends",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("A status cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.designation

    @property
    def scope(self) -> str:
        return self.monument.register.scope


class Element(models.Model):
    """A part of a monument: building, facade, bay, stone course, mural."""

    monument = models.ForeignKey(Monument, models.CASCADE, related_name="elements")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    code = models.SlugField(_("code"), max_length=40)
    names = models.JSONField(_("name"))
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    material = models.CharField(_("material"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["monument_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_element_a_code", fields=["monument", "code"])
        ]

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def scope(self) -> str:
        return self.monument.register.scope


class Photo(models.Model):
    """A photograph of a monument: what it shows, when, by whom, and who may use it."""

    monument = models.ForeignKey(Monument, models.CASCADE, related_name="photos")
    element = models.ForeignKey(
        Element, models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    thumb = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    captions = models.JSONField(_("caption"), default=dict)
    taken_on = models.DateField(_("taken"), null=True, blank=True)
    photographer = models.CharField(_("photographer"), max_length=150, blank=True)
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    is_public = models.BooleanField(_("may be shown in public"), default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["monument_id", "taken_on", "pk"]

    def __str__(self) -> str:
        return in_language(self.captions) or str(self.pk)

    @property
    def scope(self) -> str:
        return self.monument.register.scope
