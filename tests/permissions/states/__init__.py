"""Every verb in every state of its object and of the places above it, for everybody: tables by hand.

A verb is a public function of `services/` that takes `by=`. `tests/test_states.py` holds the tables against the verbs.
"""
