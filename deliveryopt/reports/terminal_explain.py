"""Why villages and home orders are not served, as lines for a terminal."""

from collections.abc import Collection, Iterator, Sequence

from deliveryopt.plan.reasons import Unserved
from deliveryopt.reports.page_explain import (
    doubt_text,
    help_text,
    name_of,
    price_text,
    reason_text,
)
from deliveryopt.reports.sentences import Teller


def explain_lines(
    teller: Teller, found: Sequence[Unserved], names: Collection[str]
) -> Iterator[str]:
    """Yield each village and order: its name, the reasons, what would help and at which cost.

    Parameters
    ----------
    teller
        What tells the result.
    found
        Villages and orders that are not served.
    names
        Ids that were asked for; empty for everything. Those that are served are named last.
    """
    say = teller.say
    for one in found:
        yield f"{name_of(teller, one)} ({one.id})"
        for reason in one.reasons:
            yield f"  - {reason_text(teller, reason)}"
        price = ""
        if one.change is not None:
            price = " " + price_text(teller, one.change)
        yield f"  > {help_text(teller, one)}{price} {doubt_text(teller, one)}".rstrip()
    served = set(names) - {one.id for one in found}
    if served:
        yield say("explain.served", list=teller.joined(sorted(served)))
    elif not found:
        yield say("unserved.nothing")
