"""The demo's organizations and people, made by the product's own verbs."""

from organizations.demo.programme import Participant, Programme, load
from organizations.demo.public import load_trusts
from organizations.demo.sign_ins import PASSWORD, SignIn, sign_ins

__all__ = ["PASSWORD", "Participant", "Programme", "SignIn", "load", "load_trusts", "sign_ins"]
