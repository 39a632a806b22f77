"""Help in the language spoken: commands, groups, options and arguments that translate themselves.

click takes its texts while the code is read, before it is known which language is spoken. These
keep the English text, and translate it whenever it is shown.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, TypeVar

import click

from deliveryopt.language import Spoken, language_of
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_

LANG_OPTION: Final = "--lang"
LANGUAGES: Final[tuple[Spoken, ...]] = ("sv", "en")
Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)
_WORDS_OF_CLICK: Final = (
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("PATH"),
    N_("TEXT"),
    N_("INTEGER"),
    N_("FLOAT"),
    N_("SCENARIO"),
    N_("RESULT"),
    N_("FOLDER"),
    N_("FEED"),
    N_("BASELINE"),
    N_("OTHERS..."),
    N_("[NAMES]..."),
)
"""What click makes of options, types and arguments to stand in the place of a value."""


def language_asked(words: Sequence[str], environment: Mapping[str, str]) -> Spoken:
    """Return the language to speak: the last `--lang` decides, else the surroundings.

    Parameters
    ----------
    words
        The words behind the command's name.
    environment
        Variables of the process.

    Examples
    --------
    >>> language_asked(["check", "x", "--lang", "sv"], {"LANG": "en_GB"})
    'sv'
    >>> language_asked(["check", "x", "--lang=fi"], {"LANG": "en_GB"})
    'en'
    """
    asked = [
        after if word == LANG_OPTION else word.partition("=")[2]
        for word, after in pairwise([*words, ""])
        if word.partition("=")[0] == LANG_OPTION
    ]
    chosen = [language for language in LANGUAGES if asked[-1:] == [language]]
    return chosen[0] if chosen else language_of(environment)


def _help(part: Any) -> str | None:  # noqa: ANN401  a command or an option
    """Return a help text in the language in force; the empty one is no message."""
    text: str | None = part.english_help
    return _(inspect.cleandoc(text)) if text else text


def _set_help(part: Any, text: str | None) -> None:  # noqa: ANN401  a command or an option
    part.english_help = text


class Command(click.Command):
    """A command whose help is in the language in force."""

    help = property(_help, _set_help)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words of the usage line behind the command's name."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]


class Group(Command, click.Group):
    """A group whose help is in the language in force, and that of its commands."""

    command_class = Command


class Option(click.Option):
    """An option whose help is in the language in force."""

    help = property(_help, _set_help)

    def make_metavar(self, *context: Any, **named: Any) -> str:  # noqa: ANN401  as click has it
        """Return the word in the place of the value; click before 8.2 gives no context."""
        return _(super().make_metavar(*context, **named))


class Argument(click.Argument):
    """An argument whose name is in the language in force."""

    def make_metavar(self, *context: Any, **named: Any) -> str:  # noqa: ANN401  as click has it
        """Return the word in the place of the value; click before 8.2 gives no context."""
        return _(super().make_metavar(*context, **named))


class _Number(click.ParamType):  # type: ignore[type-arg]  # generic only in newer click
    """A kind of number; what is none is refused in a whole sentence."""

    def __init__(self, name: str, read: Callable[[Any], float], refusal: str) -> None:
        self.name, self.read, self.refusal = name, read, refusal

    def convert(
        self,
        value: Any,  # noqa: ANN401  as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Return the number."""
        try:
            return self.read(value)
        except ValueError:
            self.fail(_(self.refusal).format(value=value), param, ctx)


WHOLE: Final = _Number("integer", int, N_("{value!r} is not a valid integer."))
DECIMAL: Final = _Number("float", float, N_("{value!r} is not a valid float."))


def option(*names: str, **about: Any) -> Callable[[Decorated], Decorated]:  # noqa: ANN401
    """Add an option to a command; as `click.option`."""
    return click.option(*names, cls=Option, **about)


def argument(*names: str, **about: Any) -> Callable[[Decorated], Decorated]:  # noqa: ANN401
    """Add an argument to a command; as `click.argument`."""
    return click.argument(*names, cls=Argument, **about)
