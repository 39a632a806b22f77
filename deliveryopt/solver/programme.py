"""The programme of one pickup point at prices: its columns and what they mean."""

from dataclasses import dataclass, field

from deliveryopt.solver.columns import Commodity
from deliveryopt.solver.kinds import Brings, Kind
from deliveryopt.solver.milp import Milp
from deliveryopt.solver.ways import Prices, Site


@dataclass(slots=True, eq=False)
class Programme:
    """The programme of one point at prices."""

    site: Site
    prices: Prices
    kinds: list[Kind]
    milp: Milp
    is_whole: bool = False
    """Whether parcels are whole."""
    costs: dict[int, float] = field(default_factory=dict)
    collects: dict[int, int] = field(default_factory=dict)
    """Column by village."""
    visits: list[int] = field(default_factory=list)
    """Column by kind."""
    amounts: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """Column by kind, boarding stop and quantity."""
    loads: dict[tuple[int, Brings, int, Commodity], int] = field(default_factory=dict)
    """Column by arrival day, what may be brought, boarding stop and commodity."""
    boxes: dict[int, int] = field(default_factory=dict)
    """Column by box type."""
    opens: int = -1

    def column(self, name: str, cost: float, *, upper: float = 1.0, integer: bool = True) -> int:
        """Add a column with its price."""
        column = self.milp.column(name, upper=upper, integer=integer)
        if cost:
            self.costs[column] = cost
        return column
