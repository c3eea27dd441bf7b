"""Settings of the suite: a folder of its own, quick hashes, and the database that is named."""

import os
import tempfile

os.environ.setdefault("GUOMEN_DATA", tempfile.mkdtemp(prefix="guomen-test-"))
if os.environ.get("GUOMEN_TEST_DATABASE"):
    os.environ["GUOMEN_DATABASE"] = os.environ["GUOMEN_TEST_DATABASE"]

from guomen.project.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNKNOWN-NAME-%s"  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
