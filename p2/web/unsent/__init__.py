"""A form that was sent and not taken, because its sender's session had ended: the next page carries what was typed.

Nothing is stored, on the site or in the browser: the page holds it, for the person who sent it
(docs/why/019-unsent-forms.md).
"""
