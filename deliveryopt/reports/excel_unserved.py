"""The sheet of the workbook about what the plan does not reach."""

from deliveryopt.reports.page_explain import doubt_text, help_text, named, reason_text
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.workbook_parts import Cell, Row, SheetTable, money, text
from deliveryopt.units import WEEKS_PER_YEAR


def unserved_sheets(teller: Teller) -> list[SheetTable]:
    """Return the sheet on villages that are not covered, and inside the municipality on orders."""
    say, bundle = teller.say, teller.bundle
    found = [one for one in bundle.unserved if one.kind == "village" or teller.internal]
    if not found:
        return []
    rows: list[Row] = []
    for name, one in named(teller, found):
        change = one.change
        cost_ore = None if change is None else change.cost_ore_per_week * WEEKS_PER_YEAR
        is_least = change is not None and change.is_least
        rows.append(
            (
                text(name),
                Cell(" ".join(reason_text(teller, reason) for reason in one.reasons), "long"),
                Cell(f"{help_text(teller, one)} {doubt_text(teller, one)}".rstrip(), "long"),
                money(cost_ore),
                text("" if change is None else say("word.yes" if is_least else "word.no")),
            )
        )
    heads = (
        say("unserved.village") if not teller.internal else say("unserved.what"),
        say("unserved.why"),
        say("unserved.help"),
        say("unserved.cost_sek"),
        say("unserved.is_least"),
    )
    about = say("unserved.villages", reach=teller.reach)
    return [SheetTable(say("unserved.sheet"), about, heads, tuple(rows))]
