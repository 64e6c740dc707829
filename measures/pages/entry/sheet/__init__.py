"""Log the month: the sheet and its rows."""
