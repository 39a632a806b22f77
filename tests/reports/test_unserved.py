"""What is told of the cheapest change: that others were not all tried, where that is so."""

from dataclasses import replace

import pytest

from deliveryopt.plan.reasons import Change, Reason, Unserved
from deliveryopt.reports.bundle import Language
from deliveryopt.reports.excel_unserved import unserved_sheets
from deliveryopt.reports.page_explain import unserved_section
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.reports.terminal_explain import explain_lines
from tests.reports.bundles import small_bundle

MAYBE: dict[Language, tuple[str, str]] = {
    "sv": ("någon av dem kan kosta mindre", "någon av dem kan hjälpa"),
    "en": ("one of them may cost less", "one of them may help"),
}


def _telling(language: Language, *, helps: bool, all_tried: bool) -> tuple[Teller, Unserved]:
    """Return what tells the small world with its first village not served."""
    bundle = small_bundle()
    village = bundle.scenario.villages[0].id
    change = Change(("new_site",), None, None, 12_300, is_least=True) if helps else None
    reasons = (Reason("several_rules"),)
    one = Unserved(
        "village", village, reasons, change, ("accept_cost", "new_site"), all_tried=all_tried
    )
    return teller_of(replace(bundle, unserved=(one,)), language, internal=True), one


@pytest.mark.parametrize("helps", [True, False])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_that_others_were_not_all_tried_is_told_in_each_place_and_only_then(
    language: Language, *, helps: bool
) -> None:
    told = MAYBE[language][0 if helps else 1]
    other = MAYBE[language][1 if helps else 0]
    for all_tried in (True, False):
        teller, one = _telling(language, helps=helps, all_tried=all_tried)
        places = (
            "\n".join(explain_lines(teller, [one], ())),
            repr(unserved_section(teller)),
            repr(unserved_sheets(teller)),
        )
        for text in places:
            assert (told in text) == (not all_tried)
            assert other not in text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_where_nothing_was_tried_nothing_more_is_said_of_others(language: Language) -> None:
    teller, one = _telling(language, helps=False, all_tried=False)
    text = "\n".join(explain_lines(teller, [replace(one, examined=())], ()))

    assert not any(maybe in text for maybe in MAYBE[language])
