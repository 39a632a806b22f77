"""What may not be published at all: a scenario whose own texts tell of a person."""

from typing import Final

from deliveryopt.errors import Fault, ScenarioError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.private_texts import PrivateKind, private_texts
from deliveryopt.scenario.schema import Scenario

_FOUND: Final[dict[PrivateKind, str]] = {
    "personal_number": N_("what looks like a personal number (not shown here)."),
    "telephone": N_("what looks like a telephone number (not shown here)."),
    "e_mail": N_("what looks like an e-mail address (not shown here)."),
}


def refuse_private_texts(scenario: Scenario) -> None:
    """Refuse to publish a scenario whose names or notes tell how a person is reached.

    Every writer of a report that may be published calls this first; reports for inside the
    municipality do not.

    Raises
    ------
    ScenarioError
        If a text looks like a personal number, a telephone number or an e-mail address; all such
        texts are named by place, none is shown.
    """
    faults = [
        Fault(
            _("{where}, field {field}").format(where=one.where, field=one.field),
            _(_FOUND[one.kind]),
            _("Allowed in a report that may be published: names, hours and notes without persons."),
            _("Remove it from the scenario, or ask for an internal report."),
            "DO-O010",
        )
        for one in private_texts(scenario)
    ]
    if faults:
        raise ScenarioError(faults)
