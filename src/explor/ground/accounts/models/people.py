"""Persons, administrators, invitations, personal links and password attempts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from explor.ground.encryption.fields import EncryptedNumberField, RowKey
from explor.ground.ui.order import french_key


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """Create a person; without a password, they sign in with a code sent by e-mail."""
        person = self.new_user(email, password, **fields)
        person.save(using=self._db)
        return person

    def new_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """Return an unsaved person, as `create_user` saves it."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """A person who signs in. Permissions come from the roles, never from this row."""

    id = RowKey(primary_key=True)
    email = models.EmailField("adresse électronique")
    name = models.CharField("prénom et nom", max_length=200)
    phone = EncryptedNumberField("téléphone", max_length=30, blank=True)
    is_active = models.BooleanField("actif", default=True)
    joined_at = models.DateTimeField("depuis", default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = "personne"
        indexes = [
            models.Index(
                fields=["phone"], name="accounts_person_by_phone", opclasses=["text_pattern_ops"]
            ),
            models.Index(french_key("name"), "id", name="accounts_person_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_person_email_unique",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Administrator(models.Model):
    """A person who configures the installation and manages its accounts."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="administrator")
    since = models.DateField("depuis", default=timezone.localdate)

    class Meta:
        verbose_name = "administration"

    def __str__(self) -> str:
        return str(self.person)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def valid(self) -> "InvitationQuerySet":
        """Return the invitations that are neither accepted nor expired."""
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """An e-mail address invited to take a role; only a digest of the secret link is stored."""

    email = models.EmailField("adresse")
    name = models.CharField("prénom et nom", max_length=200, blank=True)
    role_type = models.CharField("casquette", max_length=40)
    role_key = models.CharField("au titre de", max_length=120, blank=True)
    position = models.CharField("rôle", max_length=40, blank=True)
    digest = models.CharField("empreinte du lien", max_length=64, unique=True)
    invited_by = models.BigIntegerField("invité par", null=True)
    created_at = models.DateTimeField("créée le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        indexes = [models.Index(fields=["role_type", "role_key"], name="accounts_invitation_role")]

    def __str__(self) -> str:
        return f"{self.email} -> {self.role_type}:{self.role_key}"


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def valid(self) -> "PersonalLinkQuerySet":
        """Return the links that are neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PersonalLink(models.Model):
    """A secret link for someone who has no account, for instance a field partner.

    `subject` is the row that the link opens and `holder` the row that describes the recipient, both
    as `label:pk`. Only a digest of the link is stored.
    """

    digest = models.CharField("empreinte du lien", max_length=64, unique=True)
    subject = models.CharField("dossier", max_length=80, db_index=True)
    holder = models.CharField("porteur", max_length=80, blank=True, db_index=True)
    name = models.CharField("nom", max_length=200)
    email = models.EmailField("adresse", blank=True)
    language = models.CharField("langue", max_length=5, default="fr")
    created_at = models.DateTimeField("créé le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien personnel"
        verbose_name_plural = "liens personnels"

    def __str__(self) -> str:
        return f"{self.name} -> {self.subject}"


class SignInTry(models.Model):
    """The number of password attempts on an account from one IP address, counted from `since`.

    Attempts are counted by account and address, so that a stranger cannot lock somebody else out.
    """

    email = models.CharField("compte", max_length=254)
    address = models.GenericIPAddressField("adresse du réseau")
    count = models.PositiveIntegerField("essais", default=0)
    since = models.DateTimeField("depuis", default=timezone.now)

    class Meta:
        verbose_name = "essai de connexion"
        verbose_name_plural = "essais de connexion"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "address"],
                name="accounts_signintry_once",
                violation_error_message="Ces essais sont déjà comptés.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.address} : {self.count}"
