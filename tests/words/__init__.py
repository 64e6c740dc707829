"""Pages and letters drawn in the pseudo-language, with stored texts in Greek: a Latin word has no translation."""
