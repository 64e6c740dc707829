"""The only way to pandas: tables in and out, for commands, the worker and the demo, never for the web process."""

from pathlib import Path

import pandas as pd


def long_from_wide(
    path: Path, *, organization: str, period: str, measures: dict[str, tuple[str, str | None]]
) -> bytes:
    """A CSV file with a column a figure, as the CSV that `exchange.tables` reads, with a line a number.

    `measures` maps a measure's name to its column and, for a ratio, the column of its denominator.
    Lines stand in the order of the file, measure after measure.
    """
    wide = pd.read_csv(path, dtype=str, keep_default_na=False)
    parts = [
        pd.DataFrame(
            {
                "organization": wide[organization],
                "measure": name,
                "period": wide[period],
                "numerator": wide[column] if below else "",
                "denominator": wide[below] if below else "",
                "value": "" if below else wide[column],
            }
        )
        for name, (column, below) in measures.items()
    ]
    return pd.concat(parts).to_csv(index=False).encode()
