"""Write `docs/file-format.md` and `docs/cli.md` from the code, so that they cannot grow old.

`python -m docs.generate` writes them; with `--check` it writes nothing and ends with 1 if one of
them is not as the code says.
"""  # noqa: INP001  a folder of texts, not a package

import sys
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from itertools import takewhile
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from deliveryopt import errors
from deliveryopt.cli import cli
from deliveryopt.plan.figures import Comparison, Metrics
from deliveryopt.plan.inventory import Inventory
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.violation import VerifyReport
from deliveryopt.scenario.defaults import unit_of
from deliveryopt.scenario.entries import COLUMN_OF_FIELD, KEY_OF_FIELD
from deliveryopt.scenario.fields import Kind, kinds_of
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    Goal,
    OperatorLimit,
    Provenance,
    Rules,
    Run,
    Scenario,
    Source,
    StopTime,
)
from deliveryopt.scenario.tables import TABLES
from deliveryopt.scenario.terms import RunKinds, RunTerms
from deliveryopt.scenario.vans import Van
from deliveryopt.scenario.yaml_values import TABLE_FIELDS
from deliveryopt.units import clock

FOLDER: Final = Path(__file__).parent
NOTE: Final = "<!-- Written by `make docs` from the code. Change the code, not this file. -->"
Lines = Iterator[str]

_MORE_UNITS: Final = {
    "lat_deg": "degrees",
    "lon_deg": "degrees",
    "km": "km",
    "minutes": "min",
    "parcels": "parcels",
    "parcels_per_week": "parcels/week",
    "inhabitants": "persons",
    "inhabitants_65": "persons",
    "transfer_parcels": "parcels",
    "max_lead_days": "operating days",
    "min_deliveries_per_week": "days/week",
    "rural_multiplier": "factor",
    "detour_factor": "factor",
}
_VANS_HEAD: Final = """
```yaml
vans:
  - id: kommunbil
    base: terminal
    days: [tue, thu]
    shift_start: 09:00
    shift_end: 15:00
    sek_per_km: {value: 4.5, source: the municipality's lease, tag: measured}
```
"""
_HOMES_HEAD: Final = """
The table holds pseudonyms: columns for names, addresses, telephones and e-mail are refused.
So are ids that look like personal identity numbers.
A home stands at a place (`place_id`) or at its own coordinates (`lat` and `lon`).
Distances to a home at a place are those of the place; `distances.csv` may name other homes.

```
id,household,place_id,goods,days,earliest,latest,origin,today_sek
hem_01,hush_01,lillby,grocery,tue thu,10:00,15:00,butiken,120
```
"""
_RESULT: Final[Mapping[str, tuple[str, str]]] = {
    "format": ("text", "`deliveryopt-result/1`."),
    "scenario": ("object", "`name` of the scenario and `sha256` of its content."),
    "status": ("OPTIMAL or FEASIBLE", "Whether no better plan exists, or one may."),
    "cost_ore_per_week": ("whole number", "Cost of the plan as the goal counts it, öre a week."),
    "bound_ore_per_week": (
        "whole number or null",
        "No plan that meets the goal and covers as much costs less, öre a week; null if unproven.",
    ),
    "gap": ("number or null", "(cost - bound) / cost; null if nothing is proven."),
    "coverage_bound_share": (
        "number or null",
        "With `greatest_coverage`: no plan within the budget covers more (weighted share).",
    ),
    "seconds": (
        "number",
        "Seconds of the solve; with those of `ways` all that may differ with `--deterministic`.",
    ),
    "seed": ("whole number", "Seed of the search."),
    "versions": ("object", "Versions of the program, the solver library and Python."),
    "truncated": ("list of text", "Lists that were cut; then the bound is of the cut model only."),
    "plan": ("[Plan](#plan)", "What was decided."),
    "metrics": ("[Metrics](#metrics)", "Every figure about the plan."),
    "today": ("[Metrics](#metrics)", "The same figures about today's delivery."),
    "ways": (
        "list of objects",
        (
            "The same demand in other ways, and the plan (`together`): `name`, `status`, "
            "`cost_ore_per_week`, `bound_ore_per_week`, `above_together_ore_per_week`, "
            "`coverage_share`, `unserved_orders`, `seconds`, `truncated`, `repaired` (villages for "
            "which places were chosen anew or given up), `why` there is no plan, its `plan`; empty "
            "with `--no-ways`."
        ),
    ),
    "unserved": (
        "list of objects",
        (
            "Villages that are not covered and home orders that the plan leaves: `kind`, `id`, "
            "`reasons` with their numbers, the `change` that would serve it and what it costs a "
            "week above the plan, the changes `examined`, and whether `all_tried`; empty with "
            "`--no-ways`. The words stand in `deliveryopt/plan/reasons.py`."
        ),
    ),
    "violations": ("list", "Always empty: a plan that breaks a rule is never written."),
}
_YAML_HEAD: Final = """
A scenario is a folder with `scenario.yaml` and CSV tables.
`deliveryopt new FOLDER` writes one to start from.
`deliveryopt check FOLDER` names every fault at once.

## Common to all files

- Text is UTF-8, with or without a byte order mark; other encodings need `--encoding`.
- CSV cells stand between `,`, `;` or tabs, whichever the heading row uses most.
- An empty cell, or a key that is left out, means "not given": the default holds.
- Numbers have a decimal point and no unit; the unit is in the name.
- Yes and no are `yes` and `no`, `true` and `false`, or `ja` and `nej`.
- Clock times are HH:MM after 00:00 of the service day and may pass 24:00, at most 72:00.
- Days are `mon tue wed thu fri sat sun` or `må ti on to fr lö sö`; `mon-fri` is a range.
- Ids are text; upper and lower case differ; they are unique among all places and home orders.
- Several ids stand with a space between them in a cell, and as a list in `scenario.yaml`.
- Columns and keys that are not named here are faults, with the nearest name as advice.
- Columns for personal identity numbers are refused, and so are such numbers in texts and ids.

## scenario.yaml

`deliveryopt schema` prints its JSON Schema, so that an editor can check while you type.
A number in any section of `scenario.yaml` may carry its source:

```yaml
reach_km: {value: 2.0, source: what one walks in 25 minutes, tag: assumed, low: 1, high: 5}
```
"""
_RESULT_HEAD: Final = """
`deliveryopt solve` writes it, `deliveryopt verify` reads it.
Money is whole öre, and figures are for one week, unless a name says otherwise.
"""
_CLI_HEAD: Final = """
Results go to stdout, messages and progress to stderr.
No command uses the network, and nothing that exists is overwritten without `--force`.
"""
_EXIT_TAIL: Final = """
A first Ctrl-C or SIGTERM during `solve` ends the search and writes the best plan found.
A second one ends at once.
A time limit that is reached with a plan found is exit code 0.
The summary then says how far from the best the plan can be.
"""


# --- tables of this page -------------------------------------------------------------------------


def _row(cells: Iterable[str]) -> str:
    plain = (" ".join(cell.split("\n")).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(plain)} |"


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Lines:
    yield _row(head)
    yield "|" + "---|" * len(head)
    yield from (_row(row) for row in rows)
    yield ""


def _unit(name: str, kind: Kind) -> str:
    return "" if kind.shape == "flag" else _MORE_UNITS.get(name) or unit_of(name)


def _default(kind: Kind, info: FieldInfo) -> str:
    """Return a field's default as a user would write it."""
    if kind.is_needed:
        return "needed"
    value = info.get_default()
    if value is None or value in ("", ()):
        return "not given"
    if kind.shape == "clock":
        return clock(int(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _allowed(kind: Kind) -> str:
    return kind.allowed.removeprefix("Allowed: ").removesuffix(".")


def describe(model: type[BaseModel], name: str) -> str:
    """Return the words below a field, also where a subclass only gives another default."""
    info = model.model_fields[name]
    if info.description:
        return info.description
    bases = (base for base in model.__mro__[1:] if issubclass(base, BaseModel))
    found = (base.model_fields[name] for base in bases if name in base.model_fields)
    return next((field.description for field in found if field.description), "")


def _fields(
    model: type[BaseModel], *, word: str = "key", leave_out: frozenset[str] = frozenset()
) -> Lines:
    """Return the table of a section's or a row's simple fields."""
    rows = []
    for name, kind in kinds_of(model).items():
        if name in leave_out:
            continue
        shown = (COLUMN_OF_FIELD if word == "column" else KEY_OF_FIELD).get(name, name)
        default = _default(kind, model.model_fields[name])
        about = _allowed(kind), _unit(name, kind), default, describe(model, name)
        rows.append((f"`{shown}`", *about))
    yield from _table((word, "allowed", "unit", "default", "meaning"), rows)


# --- file-format.md ------------------------------------------------------------------------------


def file_format() -> str:
    """Return the text of `docs/file-format.md`."""
    lines = [NOTE, "", "# File format", *_YAML_HEAD.splitlines(), *_sections(), *_tables()]
    lines += ["## result.json", *_RESULT_HEAD.splitlines(), ""]
    rows = ((f"`{name}`", *about) for name, about in _RESULT.items())
    lines += _table(("key", "type", "meaning"), rows)
    lines += _values(Plan, Metrics)
    lines += ["## In Python and in reports", ""]
    lines += _values(Comparison)
    lines += ["## What `check --json` and `verify --json` print", ""]
    lines += _values(Inventory, VerifyReport)
    return "\n".join(lines).rstrip("\n") + "\n"


def _sections() -> Lines:
    yield from ("", "### At the top", "")
    yield from _fields(Scenario, leave_out=TABLE_FIELDS)
    sections: tuple[tuple[str, type[BaseModel], str], ...] = (
        ("rules", Rules, "What every plan must keep. Needed."),
        ("rules.max_boxes_per_operator", OperatorLimit, "A list; most boxes of single operators."),
        ("goal", Goal, "What the plan is asked to achieve. Needed."),
        ("rates", Rates, describe(Scenario, "rates")),
        ("box_types", BoxType, "A list; " + describe(Scenario, "box_types").lower()),
        ("vans", Van, "A list; " + describe(Scenario, "vans").lower()),
        ("home_delivery", HomeDelivery, (HomeDelivery.__doc__ or "").strip()),
        ("sources", Source, "A list; " + describe(Scenario, "sources").lower()),
    )
    for name, model, text in sections:
        yield from (f"### {name}", "", text, "")
        if model is Van:
            yield from (*_VANS_HEAD.strip().splitlines(), "")
        yield from _fields(model)
    yield from _run_kinds()
    yield from ("### Source of a number", "")
    yield "Keys beside `value` where a number is written with its source."
    yield ""
    yield from _fields(Provenance, leave_out=frozenset({"field"}))


def _run_kinds() -> Lines:
    yield from ("### run_kinds", "", "Terms by kind of run; a run's own values go first.", "")
    yield from _table(
        ("key", "kind of run"),
        ((f"`{name}`", describe(RunKinds, name)) for name in RunKinds.model_fields),
    )
    yield from ("Each kind has these keys; the defaults are those of `bus` and `other`.", "")
    yield from _fields(RunTerms)
    yield from ("Other kinds differ in:", "")
    rows = []
    for kind_name, info in RunKinds.model_fields.items():
        terms: type[RunTerms] = type(info.get_default())
        for name, kind in kinds_of(terms).items():
            own, usual = terms.model_fields[name], RunTerms.model_fields[name]
            if own.get_default() != usual.get_default():
                shown = f"`{name}`", _default(kind, own), _unit(name, kind)
                rows.append((f"`{kind_name}`", *shown))
    yield from _table(("kind", "key", "default", "unit"), rows)


def _tables() -> Lines:
    yield from ("## Tables", "")
    for table in TABLES.values():
        is_row = issubclass(table.model, (Depot, Run, StopTime))
        described = table.model.__mro__[1] if is_row else table.model
        text = (described.__doc__ or "").strip().splitlines()[0]
        needed = "Needed." if table.is_needed else "May be left out."
        yield from (f"### {table.file}", "", text, needed)
        if issubclass(table.model, Run):
            yield "Terms that are not given are those of the run's kind."
        if table.model is HomeOrder:
            yield from _HOMES_HEAD.strip().splitlines()
        yield ""
        yield from _fields(table.model, word="column")


def _values(*roots: type[BaseModel]) -> Lines:
    """Return the tables of models in JSON, each followed by those that it holds."""
    seen: list[type[BaseModel]] = []
    waiting = list(roots)
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.append(model)
        yield from (f"### {model.__name__}", "", (model.__doc__ or "").strip().splitlines()[0], "")
        rows = [
            (f"`{name}`", json_type(info.annotation), describe(model, name))
            for name, info in model.model_fields.items()
        ]
        yield from _table(("key", "type", "meaning"), rows)
        for info in model.model_fields.values():
            waiting += models_in(info.annotation)


def models_in(annotation: object) -> list[type[BaseModel]]:
    """Return the models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is Literal:
        return []
    return [model for part in get_args(annotation) for model in models_in(part)]


def json_type(annotation: object) -> str:
    """Return a type in plain words."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return json_type(parts[0])
    if origin in {Union, UnionType}:
        return " or ".join(json_type(part) for part in parts)
    if origin is Literal:
        *head, last = (f"`{choice}`" for choice in parts)
        return f"{', '.join(head)} or {last}" if head else last
    if origin is tuple:
        return f"list of {json_type(parts[0])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        name = annotation.__name__
        return f"[{name}](#{name.lower()})"
    names = {
        bool: "true or false",
        int: "whole number",
        float: "number",
        str: "text",
        NoneType: "null",
    }
    return names[annotation] if isinstance(annotation, type) else str(annotation)


# --- cli.md --------------------------------------------------------------------------------------


def cli_reference() -> str:
    """Return the text of `docs/cli.md`."""
    lines = [NOTE, "", "# Command line", *_CLI_HEAD.splitlines(), ""]
    lines += _table(
        ("command", "what it does"),
        (
            (f"[`{name}`](#deliveryopt-{name})", command.get_short_help_str(limit=200))
            for name, command in cli.commands.items()
        ),
    )
    lines += ["## deliveryopt", ""]
    lines += _command(cli, "deliveryopt")
    for name, command in cli.commands.items():
        lines += [f"## deliveryopt {name}", "", *_command(command, f"deliveryopt {name}")]
    lines += ["## Exit codes", "", *_exit_codes(), *_EXIT_TAIL.strip().splitlines()]
    return "\n".join(lines).rstrip("\n") + "\n"


def _command(command: click.Command, name: str) -> Lines:
    """Return one command: its words, usage, example and options."""
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    text, _, example = cleandoc(command.help or "").partition("\b\nExample:\n")
    yield from (text.strip(), "", "```")
    yield " ".join((name, *command.collect_usage_pieces(context)))
    yield from ("```", "")
    if example:
        yield from ("Example:", "", "```")
        yield from (line.strip() for line in takewhile(str.strip, example.splitlines()))
        yield from ("```", "")
    rows = [
        _option(option)
        for option in command.get_params(context)
        if isinstance(option, click.Option)
    ]
    yield from _table(("option", "value", "default", "meaning"), rows)


def _option(option: click.Option) -> tuple[str, str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    text, _, default = (option.help or "").partition("  [default: ")
    default = default.removesuffix("]")
    if option.required:
        default = "needed"
    elif option.show_default and option.default is not None:
        default = str(option.default)
    return names, _option_value(option), default, text


def _option_value(option: click.Option) -> str:
    if option.is_flag or option.count:
        return ""
    if isinstance(option.type, click.Choice):
        return ", ".join(f"`{choice}`" for choice in option.type.choices)
    if isinstance(option.type, click.DateTime):
        return "date, YYYY-MM-DD"
    return option.metavar or {"float": "number", "integer": "whole number"}.get(
        option.type.name, option.type.name
    )


def _exit_codes() -> Lines:
    meanings: dict[int, list[str]] = {0: ["Done."]}
    for value in vars(errors).values():
        is_error = isinstance(value, type) and issubclass(value, errors.DeliveryoptError)
        if is_error and not value.__name__.startswith("_"):
            text = (value.__doc__ or "").split(";")[0].strip().rstrip(".") + "."
            meanings.setdefault(value.exit_code, []).append(text)
    meanings[1] = ["Something failed that should not; please report it."]
    rows = [(str(code), " ".join(texts)) for code, texts in sorted(meanings.items())]
    rows += [("130, 143", "Interrupted by Ctrl-C or SIGTERM; the best plan found is kept.")]
    yield from _table(("code", "meaning"), rows)


# --- writing -------------------------------------------------------------------------------------


def pages() -> dict[Path, str]:
    """Return every generated page and its text."""
    return {FOLDER / "file-format.md": file_format(), FOLDER / "cli.md": cli_reference()}


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` only compare them; return the exit code."""
    stale = [
        path
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if "--check" not in arguments:
            path.write_text(pages()[path], encoding="utf-8")
        sys.stderr.write(f"docs/{path.name}: {'stale' if '--check' in arguments else 'written'}\n")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
