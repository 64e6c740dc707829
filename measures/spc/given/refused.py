"""What the engine does not take: a key and the values that its sentence names."""


class RefusedInputError(ValueError):
    """Input without a chart: `key` says what is wrong, `values` where. `measures.sentences.refusals` says it in words.

    >>> str(RefusedInputError("zero_denominator", series=0, point=3))
    'zero_denominator: series 0, point 3'
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(
            f"{key}: {', '.join(f'{name} {value}' for name, value in values.items())}".rstrip(": ")
        )
