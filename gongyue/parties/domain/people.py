"""People as they log in: found by their username, and by a password that only they know."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Person

WEAK = {
    "password_too_short": _("密码至少要有 %(min_length)d 个字符"),
    "password_too_similar": _("密码与用户名或姓名太相近"),
    "password_too_common": _("密码太常见，容易被猜中"),
    "password_entirely_numeric": _("密码不能全是数字"),
}


def person(username: str, name: str) -> Person:
    """The person of this username; a new one cannot log in until a password is set."""
    return Person.objects.filter(username=username).first() or Person.objects.create_user(username, name)


def set_password(someone: Person, password: str) -> None:
    """Set a password. Raises ValidationError where it is too weak, in our own words: the framework's are not all
    translated.
    """
    try:
        validate_password(password, someone)
    except ValidationError as weak:
        raise ValidationError([
            ValidationError(WEAK.get(str(each.code), each.message), code=each.code, params=each.params)
            for each in weak.error_list
        ]) from None  # fmt: skip
    someone.set_password(password)
    someone.save(update_fields=["password"])
