"""What the API's description adds to what REST framework's views tell of themselves. Settings name it."""

from typing import Any

REFUSALS = {
    "400": "A parameter or a body cannot be read.",
    "401": "Nobody is signed in.",
    "404": "There is no such row, none that the caller may see, or no such page of the list.",
    "406": "Another format than JSON is asked for.",
}
"""The answers of every address beside its rows, by status."""

WORDS = {
    "type": "object",
    "description": "A sentence as `detail`, or the sentences of each parameter by its name.",
    "additionalProperties": {
        "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    },
}


def with_refusals(result: dict[str, Any], **_of_generator: Any) -> dict[str, Any]:
    """The description with the refusals of each address in it."""
    result["components"]["schemas"]["Refusal"] = WORDS
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, description in REFUSALS.items():
                operation["responses"].setdefault(status, {"description": description, "content": content})
    return result
