"""The icons and marks of P2 as SVG shapes: one table each, drawn by `{% icon %}` and `{% mark %}`.

Icons live on a 16 by 16 grid and are stroked; marks live on 12 by 12 at the chart
grammar's own size.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

ICONS: dict[str, str] = {
    "agenda": '<path d="M3 3.5h10M3 8h10M3 12.5h6"/>',
    "arrow-down": '<path d="M8 2.5v11M3.5 9 8 13.5 12.5 9"/>',
    "arrow-left": '<path d="M13.5 8h-11M7 3.5 2.5 8 7 12.5"/>',
    "arrow-right": '<path d="M2.5 8h11M9 3.5 13.5 8 9 12.5"/>',
    "arrow-up": '<path d="M8 13.5v-11M3.5 7 8 2.5 12.5 7"/>',
    "ban": '<circle cx="8" cy="8" r="5.75"/><path d="m4 4 8 8"/>',
    "book": '<path d="M8 4v9.5M8 4C6.5 2.9 4.5 2.5 2 2.5v9.5c2.5 0 4.5.4 6 1.5 1.5-1.1 3.5-1.5'
    ' 6-1.5V2.5c-2.5 0-4.5.4-6 1.5Z"/>',
    "bulb": '<path d="M6 12.5h4M6.75 14.5h2.5M5.5 10A4.25 4.25 0 1 1 10.5 10c-.5.4-.5 1-.5 1.5H6c0-.5'
    ' 0-1.1-.5-1.5Z"/>',
    "calendar": '<path d="M2.5 3.5h11v10h-11zM2.5 6.75h11M5.25 1.5v3.5M10.75 1.5v3.5"/>',
    "chart": '<path d="M2.5 2.5v11h11M5 10l2.5-3 2.5 1.5L13 4.5"/>',
    "check": '<path d="m3 8.5 3.5 3.5L13 4.5"/>',
    "chevron-down": '<path d="m4 6 4 4 4-4"/>',
    "chevron-left": '<path d="m10 4-4 4 4 4"/>',
    "chevron-right": '<path d="m6 4 4 4-4 4"/>',
    "clipboard": '<path d="M5.5 3h-2v11h9V3h-2M5.5 1.75h5v2.75h-5z"/>',
    "clock": '<circle cx="8" cy="8" r="5.75"/><path d="M8 4.5V8l2.5 1.5"/>',
    "comment": '<path d="M2.5 3h11v8H8l-3 2.75V11H2.5z"/>',
    "cross": '<path d="m3.5 3.5 9 9M12.5 3.5l-9 9"/>',
    "document": '<path d="M3.5 1.75h5.75l3.25 3.25v9.25h-9zM9 2v3.25h3.25"/>',
    "download": '<path d="M8 2v8.5M4.5 7.25 8 10.75l3.5-3.5M2.5 13.5h11"/>',
    "eye": '<path d="M1.5 8C3 5.25 5.25 3.75 8 3.75S13 5.25 14.5 8C13 10.75 10.75 12.25 8 12.25S3'
    ' 10.75 1.5 8Z"/><circle cx="8" cy="8" r="1.75"/>',
    "filter": '<path d="M2 3.5h12L9.5 9v4.5l-3-1.5V9z"/>',
    "flag": '<path d="M3.5 14.5v-12h9L10.5 6l2 3.5h-9"/>',
    "gear": '<circle cx="8" cy="8" r="2"/><path d="M8 1.75v2.5M8 11.75v2.5M1.75 8h2.5M11.75 8h2.5M3.6'
    ' 3.6l1.75 1.75M10.65 10.65l1.75 1.75M12.4 3.6l-1.75 1.75M5.35 10.65 3.6 12.4"/>',
    "globe": '<circle cx="8" cy="8" r="5.75"/><path d="M2.25 8h11.5M8 2.25c4 4 4 7.5 0 11.5M8 2.25c-4'
    ' 4-4 7.5 0 11.5"/>',
    "history": '<path d="M2.5 3v3.5H6M2.75 6.25A5.75 5.75 0 1 1 2.5 9.5M8 5v3.25l2.25 1.25"/>',
    "home": '<path d="M2.5 7.5 8 2.5l5.5 5V14h-4v-4h-3v4h-4z"/>',
    "info": '<circle cx="8" cy="8" r="5.75"/><path d="M8 7.25V11M8 4.75v.5"/>',
    "link": '<path d="M6.75 9.25a2.75 2.75 0 0 0 3.9 0l2.1-2.1a2.75 2.75 0 0 0-3.9-3.9l-.85.85M9.25'
    ' 6.75a2.75 2.75 0 0 0-3.9 0l-2.1 2.1a2.75 2.75 0 0 0 3.9 3.9l.85-.85"/>',
    "lock": '<path d="M3.5 7h9v7h-9zM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2"/>',
    "mail": '<path d="M2 3.5h12v9H2zM2.25 4 8 8.75 13.75 4"/>',
    "menu": '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>',
    "minus": '<path d="M4 8h8"/>',
    "money": '<path d="M11 5c-.5-1-1.6-1.5-3-1.5-1.7 0-3 .8-3 2.2C5 8.75 11 7.25 11 10.3c0 1.4-1.3'
    ' 2.2-3 2.2-1.4 0-2.5-.5-3-1.5M8 1.5v13"/>',
    "more": '<path d="M3 8h.01M8 8h.01M13 8h.01" stroke-linecap="round" stroke-width="2.25"/>',
    "moon": '<path d="M13 9.75A5.5 5.5 0 0 1 6.25 3 5.5 5.5 0 1 0 13 9.75Z"/>',
    "note": '<path d="M2.5 2.5h11v7.25L9.75 13.5H2.5zM13.25 9.75h-3.5v3.5"/>',
    "pencil": '<path d="m3 13 .75-3.25 7-7 2.5 2.5-7 7zM9.25 4.25l2.5 2.5"/>',
    "people": '<circle cx="6" cy="5" r="2.5"/><path d="M1.5 13.5c0-2.75 1.75-4.5 4.5-4.5s4.5 1.75 4.5'
    ' 4.5M10.5 2.75a2.5 2.5 0 0 1 0 4.5M12 9.5c1.6.6 2.5 2 2.5 4"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "printer": '<path d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z"/>',
    "question": '<path d="M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M8 12.25v.5"/>',
    "scale": '<path d="M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1.5 9h3zM13 4.5 11.5 9h3z"/>',
    "search": '<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.5 3.5"/>',
    "settle": '<path d="m1.5 8.5 3 3L10 5M7.5 11l.5.5L14.5 5"/>',
    "sign-out": '<path d="M9.5 2.5h-6v11h6M7 8h7M11.25 5.25 14 8l-2.75 2.75"/>',
    "sun": '<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4'
    ' 3.4l1.05 1.05M11.55 11.55l1.05 1.05M12.6 3.4l-1.05 1.05M4.45 11.55 3.4 12.6"/>',
    "swap": '<path d="M2.5 5.75h10.25L9.75 3M13.5 10.25H3.25L6.25 13"/>',
    "trash": '<path d="M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.5 9h7l.5-9"/>',
    "undo": '<path d="M6 3 2.75 6.25 6 9.5M3 6.25h6.5a3.5 3.5 0 0 1 0 7H6"/>',
    "upload": '<path d="M8 11V2.5M4.5 5.75 8 2.25l3.5 3.5M2.5 13.5h11"/>',
    "warning": '<path d="M8 2.25 14.25 13.25H1.75zM8 6.5v3M8 11v.75"/>',
}

MARKS: dict[str, str] = {
    "improvement": '<path d="m6 1 5 5-5 5-5-5z"/>',
    "concern": '<path d="M2.5 2.5h7v7h-7z"/>',
    "unusual": '<path d="M2 1.5h8l-8 9h8z"/>',
    "common": '<circle cx="6" cy="6" r="3"/>',
    "excluded": '<circle cx="6" cy="6" r="3"/>',
    "no-data": '<path d="m3 3 6 6M9 3 3 9"/>',
    "no-rules": '<path d="M2 6h8"/>',
    "too-few": '<circle cx="6" cy="6" r="4.25"/>',
    "none": "",
}

MARK_WORDS: dict[str, Any] = {
    "improvement": _("improvement"),
    "concern": _("concern"),
    "unusual": _("unusual, direction unclear"),
    "common": _("common cause"),
    "excluded": _("excluded"),
    "no-data": _("no data"),
    "no-rules": _("rules not applicable"),
    "too-few": _("not judged yet"),
    "none": _("no numbers yet"),
}
