"""Settings of accounts and sign-in, equal for every installation, imported by `settings`."""

AUTH_USER_MODEL = "accounts.Person"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # uniqueness is checked on the lower-case address
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORDS = "django.contrib.auth.password_validation"
OWN_PASSWORDS = "explor.ground.accounts.rules.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{PASSWORDS}.CommonPasswordValidator"},
    {
        "NAME": f"{PASSWORDS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": f"{OWN_PASSWORDS}.MaximumLengthValidator"},
    {"NAME": f"{OWN_PASSWORDS}.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/compte/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # or sign in by code, without password
ACCOUNT_SIGNUP_FORM_CLASS = "explor.ground.accounts.forms.SignupForm"
ACCOUNT_ADAPTER = "explor.ground.accounts.views.adapter.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60  # seconds, as below
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
PASSWORD_RESET_TIMEOUT = 60 * 60  # validity of the link, which works once
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True  # a single address, replaced once the new one is verified
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "request_login_code": "explor.ground.accounts.forms.codes.CodeForm",
    "add_email": "explor.ground.accounts.forms.address.AddressForm",
}
# In addition to allauth's own limits.
ACCOUNT_RATE_LIMITS = {
    "verify_file": "20/m/ip",
    "renew_link": "5/m/ip",
    **dict.fromkeys(("request_login_code", "reset_password", "confirm_email"), "20/m/ip"),
    # By account and IP address; by account alone, a stranger could lock its owner out.
    "send_code": "3/m/key",
    "send_message": "5/m/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Explor : "
MFA_ADAPTER = "explor.ground.accounts.views.adapter.FactorAdapter"
MFA_FORMS = {"add_webauthn": "explor.ground.accounts.forms.passkeys.AddKeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Explor"
SOCIALACCOUNT_ADAPTER = "explor.ground.proconnect.adapter.Adapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the state and nonce in the session prove who started
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
