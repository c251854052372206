"""How names are sorted and found: an accent never counts, as in a German dictionary.

SQLite knows no case beyond ASCII and sorts „Ährens“ behind „Zorn“; what PostgreSQL
does hangs on how it was set up. So both are told the letters (DIN 5007, variant 1).
"""

from typing import Any, Final
from unicodedata import normalize

from django.db.models import CharField, Func

_ACCENTS: Final = {
    "a": "äáàâãåā",
    "c": "çćč",
    "d": "ďđ",
    "e": "éèêëęě",
    "g": "ğ",
    "i": "ıíìîï",
    "l": "ł",
    "n": "ñńň",
    "o": "öóòôõőø",
    "r": "řŕ",
    "s": "şśšș",
    "t": "ťțţ",
    "u": "üúùûűů",
    "y": "ýÿ",
    "z": "źżž",
    "ss": "ß",
}
#: Lower-case letters and what they are sorted as; the dot is what "İ" leaves.
_PLAIN: Final = {
    "\u0307": "",
    **{letter: base for base, letters in _ACCENTS.items() for letter in letters},
}
_TABLE: Final = str.maketrans(_PLAIN)
_PAIRS: Final = [
    (written, base)
    for letter, base in [*_PLAIN.items(), ("İ", "i")]
    for written in dict.fromkeys((letter, letter.upper()))
    if len(base) == 1 and not written.isascii()
]

ON_SQLITE: Final = "plain_name"
_ON_POSTGRESQL: Final = (
    "LOWER(TRANSLATE(REPLACE(%(expressions)s, 'ß', 'ss'),"
    f" '{''.join(written for written, _base in _PAIRS)}\u0307',"
    f" '{''.join(base for _written, base in _PAIRS)}'))"
)


def plain(text: str) -> str:
    """Return text as it is compared: „Özdemir“ is „ozdemir“."""
    return normalize("NFC", text).casefold().translate(_TABLE)


class Plain(Func):
    """The same of a field, for the database to sort and search by."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Ask :func:`plain`, which each connection is taught."""
        return self.as_sql(compiler, connection, function=ON_SQLITE, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Replace both cases: what LOWER knows hangs on the locale of the server."""
        return self.as_sql(compiler, connection, template=_ON_POSTGRESQL, **extra)


def teach(connection: Any, **kwargs: object) -> None:
    """Make a new connection to SQLite know :func:`plain`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(ON_SQLITE, 1, plain, deterministic=True)
