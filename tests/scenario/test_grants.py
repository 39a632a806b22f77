"""The state's grant for home delivery, by date."""

from datetime import date, timedelta
from itertools import pairwise

from deliveryopt.scenario.grants import GRANT_RULES, grant_rule_on


def test_rules_stand_in_the_order_of_their_dates() -> None:
    dates = [rule.valid_from for rule in GRANT_RULES]

    assert all(earlier < later for earlier, later in pairwise(dates))
    assert len({rule.name for rule in GRANT_RULES}) == len(GRANT_RULES)


def test_a_rule_holds_from_its_first_day_until_the_next_one() -> None:
    for before, rule in pairwise((None, *GRANT_RULES)):
        assert rule is not None
        assert grant_rule_on(rule.valid_from) == rule
        assert grant_rule_on(rule.valid_from - timedelta(days=1)) == before


def test_the_rules_are_those_of_the_ordinance() -> None:
    rules = {rule.valid_from: (rule.share, rule.cap_sek, rule.goods) for rule in GRANT_RULES}

    assert rules == {
        date(2011, 1, 1): (0.5, 60, ("grocery",)),
        date(2023, 1, 1): (0.5, 100, ("grocery",)),
    }
