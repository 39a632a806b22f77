"""Which numbers' costs would tell of one to four home orders, if their costs were told.

A cost that changes with a price gives away how often the price is paid.
"""

from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.bundle_sensitivity import UncertainNumber
from deliveryopt.reports.suppression import is_few


def hides_costs(bundle: Bundle, number: UncertainNumber) -> bool:
    """Return whether the costs of a number's values may not be told.

    Parameters
    ----------
    bundle
        The plan that is studied.
    number
        A number that prices or limits home orders, or any other one.
    """
    if not bundle.scenario.homes:
        return False
    section, _, rest = number.parameter.name.partition(".")
    metrics = bundle.metrics
    if section == "home_delivery":
        orders = metrics.home_orders
        return any(is_few(count) for count in (orders.unserved, orders.in_box, orders.by_run))
    if section == "run_kinds":
        kind = rest.partition(".")[0]
        return any(is_few(row.orders_per_week) for row in metrics.run_rows if row.kind == kind)
    if section == "vans":
        return any(is_few(row.orders) for row in metrics.van_rows if rest.startswith(f"{row.van}."))
    return False
