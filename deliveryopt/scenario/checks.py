"""Check what no single row or section can show: everything that holds between them."""

from deliveryopt.scenario.check_homes import check_homes
from deliveryopt.scenario.check_ids import check_ids
from deliveryopt.scenario.check_rules import check_rules
from deliveryopt.scenario.check_runs import check_runs
from deliveryopt.scenario.draft import Draft
from deliveryopt.scenario.faults import FaultLog


def check_draft(draft: Draft, log: FaultLog) -> None:
    """Check a draft across its files; every fault goes to the log.

    What was found to be at fault before is not judged again.
    """
    check_ids(draft, log)
    check_rules(draft, log)
    check_runs(draft, log)
    check_homes(draft, log)
