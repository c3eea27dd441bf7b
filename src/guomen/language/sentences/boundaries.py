"""Says on which boundary of a measure a day or a proposed case stands."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.policy.measure import Boundary, Edge
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences.filling import fill
from guomen.language.tags import text_in

_EDGES: Mapping[tuple[Edge, bool | None], Promise] = {
    (Edge.FIRST_DAY, True): _("the first day of clause %(clause)s"),
    (Edge.FIRST_DAY, False): _("the day before the first day of clause %(clause)s"),
    (Edge.LAST_DAY, True): _("the last day of clause %(clause)s"),
    (Edge.LAST_DAY, False): _("the day after the last day of clause %(clause)s"),
    (Edge.LOW, True): _("%(fact)s: the lowest value that clause %(clause)s still asks for"),
    (Edge.LOW, False): _("%(fact)s: just below what clause %(clause)s asks for"),
    (Edge.HIGH, True): _("%(fact)s: the highest value that clause %(clause)s still asks for"),
    (Edge.HIGH, False): _("%(fact)s: just above what clause %(clause)s asks for"),
    (Edge.LIST, True): _("%(fact)s: a value that clause %(clause)s names"),
    (Edge.LIST, False): _("%(fact)s: a value that clause %(clause)s does not name"),
    (Edge.PREFIX, True): _("%(fact)s: begins as clause %(clause)s asks"),
    (Edge.PREFIX, False): _("%(fact)s: begins otherwise than clause %(clause)s asks"),
    (Edge.PRESENT, True): _("%(fact)s: told, as clause %(clause)s asks"),
    (Edge.PRESENT, False): _("%(fact)s: not told, although clause %(clause)s asks for it"),
    (Edge.MISSING, None): _("%(fact)s: nobody tells it, and clause %(clause)s reads it"),
    (Edge.WAY, True): _("another way in which clause %(clause)s is met"),
}
"""By edge and side; the pairs are those that `boundary_cases` proposes."""


def say_boundary(boundary: Boundary, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say why a case was proposed: the edge it stands on, and on which side."""
    vocabulary = jurisdiction.rulebook.vocabulary
    names = vocabulary[boundary.fact].names if boundary.fact else {}
    facts = {"clause": boundary.clause, "fact": text_in(names, tag)[0]}
    return fill(_EDGES[boundary.edge, boundary.inside], facts, tag)
