"""The demo's organizations and people, made by the product's own verbs."""

from organizations.demo.programme import Place, Programme, load
from organizations.demo.public import load_trusts
from organizations.demo.sign_ins import PASSWORD, SignIn, sign_ins

__all__ = ["PASSWORD", "Place", "Programme", "SignIn", "load", "load_trusts", "sign_ins"]
