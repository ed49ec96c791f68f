"""What gunicorn serves."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongyue.settings")

if settings.SECRET_KEY == settings.INSECURE_KEY and not (settings.GONGYUE_DEMONSTRATION or settings.DEBUG):
    raise ImproperlyConfigured("SECRET_KEY is not set: see docs/settings.md. Only the demonstration runs without one.")

application = get_wsgi_application()
