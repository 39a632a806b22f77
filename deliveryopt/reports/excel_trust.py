"""The sheets of the workbook about trust: assumptions, sources, and what is proven."""

from deliveryopt.reports.blocks import Bullets, Table
from deliveryopt.reports.page_parameters import assumptions_section
from deliveryopt.reports.page_proof import about_section, proof_section, sources_section
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.workbook_parts import Cell, Row, SheetTable, count, money, share, text
from deliveryopt.scenario.defaults import Parameter, parameters

_SHARE = "share"
_CLOCK = "HH:MM"


def trust_sheets(teller: Teller) -> list[SheetTable]:
    """Return the sheets about trust."""
    return [_assumptions(teller), _sources(teller), _proof(teller)]


def _assumptions(teller: Teller) -> SheetTable:
    """Return every number that the plan stands on, with its source."""
    say = teller.say
    tables = [block for block in assumptions_section(teller).blocks if isinstance(block, Table)]
    listed = parameters(teller.bundle.scenario)
    rows: list[Row] = []
    for group in dict.fromkeys(one.name.partition(".")[0] for one in listed):
        caption = say("assumptions.caption", group=say.of("group", group))
        table = next(table for table in tables if table.caption == caption)
        own = [one for one in listed if one.name.startswith(f"{group}.")]
        for cells, one in zip(table.rows, own, strict=True):
            name, value, unit, _, tag, source = (cell.text for cell in cells)
            rows.append(
                (
                    text(say.of("group", group)),
                    text(name),
                    _number(one, one.value, value),
                    text(unit),
                    _number(one, one.low, None),
                    _number(one, one.high, None),
                    text(tag),
                    Cell(source, "long"),
                )
            )
    return SheetTable(
        name=say("section.assumptions"),
        about=say("excel.about_assumptions"),
        heads=(
            say("excel.group"),
            say("assumptions.name"),
            say("assumptions.value"),
            say("assumptions.unit"),
            say("excel.low"),
            say("excel.high"),
            say("assumptions.tag"),
            say("assumptions.source"),
        ),
        rows=tuple(rows),
    )


def _number(one: Parameter, value: float | None, told: str | None) -> Cell:
    """Return a value as a number; a clock time as the text that tells it."""
    if one.unit == _CLOCK:
        return Cell(told, "told")
    return share(value) if one.unit == _SHARE else Cell(value, "plain")


def _sources(teller: Teller) -> SheetTable:
    """Return where data come from."""
    tables = [block for block in sources_section(teller).blocks if isinstance(block, Table)]
    names = ("sources.name", "sources.licence", "sources.date", "sources.note")
    none = (text(teller.say("sources.none")), text(None), text(None), text(None))
    rows = [
        tuple(Cell(cell.text, "long") for cell in row) for table in tables for row in table.rows
    ]
    return SheetTable(
        name=teller.say("section.sources"),
        about=teller.say("sources.caption"),
        heads=tuple(teller.say(name) for name in names),
        rows=tuple(rows) or (none,),
    )


def _proof(teller: Teller) -> SheetTable:
    """Return what is proven in figures, what is not known, and how the result was made."""
    say, proof = teller.say, teller.bundle.proof
    blocks = proof_section(teller).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    values = [
        Cell(table.rows[0][1].text, "told"),
        money(proof.cost_ore_per_week),
        money(proof.bound_ore_per_week),
        Cell(proof.gap, "fine"),
    ]
    if teller.bundle.scenario.goal.kind == "greatest_coverage":
        values.append(Cell(teller.bundle.metrics.weighted_coverage_share, "fine"))
        values.append(Cell(proof.coverage_bound_share, "fine"))
    values += [Cell(proof.seconds, "tenths"), count(proof.seed)]
    rows: list[Row] = [
        (text(cells[0].text), value) for cells, value in zip(table.rows, values, strict=True)
    ]
    rows += [
        (text(block.heading), Cell(line, "long"))
        for block in blocks
        if isinstance(block, Bullets)
        for line in block.texts
    ]
    rows += [
        (text(row[0].text), text(row[1].text))
        for block in about_section(teller).blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    return SheetTable(
        name=say("excel.sheet_proof"),
        about=say("excel.about_proof"),
        heads=(say("cost.key"), say("cost.value")),
        rows=tuple(rows),
    )
