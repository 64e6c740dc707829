"""A broken rule is a sentence."""


class RuleViolation(Exception):  # noqa: N818 - the domain's word (DESIGN §2)
    """What was asked breaks a rule of the domain; the text says which, and the cure.

    A message on the page, 409 in the API.
    """
