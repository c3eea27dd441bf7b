"""The portal: every page in every language, the eligibility check, and the walk behind a figure."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from guomen.apps.bulletins.operations import tally_sealed
from guomen.apps.ledger.operations import seal_entries
from guomen.apps.policy.models import RulebookVersion
from guomen.jurisdiction.drafting import check_draft
from guomen.language.tags import LANGUAGES
from guomen.web.components.page import ratio_or_share
from tests.nation import NationForTests
from tests.web.conftest import EXTENDED_PERMIT, Counted
from tests.web.policy import EXTENSION, propose, publish

SetClock = Callable[[datetime], None]

SERVICE = "services/hrp-extension/"
TAGS = tuple(LANGUAGES)


def asked(on: tuple[int, int, int], expiry: tuple[object, ...] = (30, 6, 2022)) -> str:
    """Spell the query of the extended permit's check."""
    names = ("day", "month", "year")
    told = {"document.type": "HRP"}
    told |= {f"document.expiry_date.{n}": str(v) for n, v in zip(names, expiry, strict=True)}
    told |= {f"on.{n}": str(v) for n, v in zip(names, on, strict=True)}
    return f"?{urlencode(told)}"


def head_of(html: str) -> str:
    """Give the opening tag of a page."""
    found = re.search(r"<html[^>]*>", html)
    assert found
    return found[0]


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_answers_in_its_language(client: Client, counted: Counted, tag: str) -> None:
    pages = ["", SERVICE, SERVICE + asked((30, 12, 2023)), "measures/", "figures/", "bulletins/"]
    pages += ["measures/M-2023-0508-HRP/", *vars(counted).values()]
    for page in pages:
        answer = client.get(f"/{tag}/{page}")
        html = answer.content.decode()
        assert answer.status_code == 200, page
        assert f'lang="{tag}" dir="{LANGUAGES[tag].direction}"' in head_of(html), page
        assert "UNKNOWN-NAME" not in html, page
        assert answer["Content-Language"] == tag


@pytest.mark.parametrize("tag", TAGS)
def test_the_banner_tells_the_scale(client: Client, counted: Counted, tag: str) -> None:
    assert "1:1000" in client.get(f"/{tag}/").content.decode()


@pytest.mark.parametrize(
    ("scale", "said"),
    [("0.001", "1:1000"), ("0.0002", "1:5000"), ("0.0003", "0.0003"), ("1", "1:1")],
)
def test_a_scale_is_said_as_a_ratio_only_where_it_is_one(scale: str, said: str) -> None:
    assert ratio_or_share(scale) == said


def test_without_simulation_there_is_no_banner(client: Client, nation: NationForTests) -> None:
    assert 'class="banner"' not in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    ("wished", "tag"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, ar;q=0.5", "ar"),
        ("zh-TW", "zh-Hant"),
        ("en;q=0.1, zh-CN", "zh-Hans"),
        ("", "zh-Hans"),
        ("xx;q=nonsense", "zh-Hans"),
    ],
)
def test_the_root_leads_to_the_wished_language(
    client: Client, nation: NationForTests, wished: str, tag: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": wished})
    assert answer["Location"] == f"/{tag}/"


def test_language_links_keep_page_and_query(client: Client, nation: NationForTests) -> None:
    query = asked((30, 12, 2023))
    html = client.get(f"/en/{SERVICE}{query}").content.decode()
    for tag in TAGS:
        assert f'href="/{tag}/{SERVICE}{query.replace("&", "&amp;")}"' in html


@pytest.mark.parametrize(
    ("on", "verdict"), [((30, 12, 2023), "yes"), ((2, 1, 2024), "no"), ((1, 5, 2023), "no")]
)
def test_the_extended_permit_is_answered_by_the_day(
    client: Client, nation: NationForTests, on: tuple[int, int, int], verdict: str
) -> None:
    answer = client.get(f"/en/{SERVICE}{asked(on)}")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f"result-{verdict}" in html
    said = nation.jurisdiction.services["hrp-extension"].texts[verdict]["en"]
    assert said in html


def test_the_answer_names_measure_value_and_what_is_asked(
    client: Client, nation: NationForTests
) -> None:
    html = client.get(f"/en/{SERVICE}{asked((30, 12, 2023))}").content.decode()
    assert "/en/measures/M-2023-0508-HRP/" in html
    assert "30 June 2022. The measure asks for a day from 1 January 2020" in html
    assert "verified in a published source" in html


def test_what_is_not_told_makes_the_answer_unknown(client: Client, nation: NationForTests) -> None:
    html = client.get(f"/en/{SERVICE}?document.type=HRP&on.day=30&on.month=12&on.year=2023")
    assert "result-unknown" in html.content.decode()


@pytest.mark.parametrize("expiry", [(31, 2, 2022), ("", 6, 2022), ("x", 6, 2022), (1, 1, 99)])
def test_an_unreadable_day_is_told_and_kept(
    client: Client, nation: NationForTests, expiry: tuple[object, ...]
) -> None:
    answer = client.get(f"/en/{SERVICE}{asked((30, 12, 2023), expiry)}")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in html
    assert '<a href="#document.expiry_date.day">' in html
    assert "<title>Error:" in html
    for part, value in zip(("day", "month", "year"), expiry, strict=True):
        assert f'name="document.expiry_date.{part}" value="{value}"' in html
    assert 'value="HRP" selected' in html
    assert "result-" not in html


def test_a_code_that_is_not_in_the_list_is_told(client: Client, nation: NationForTests) -> None:
    answer = client.get(f"/en/{SERVICE}?document.type=NONSENSE&check=1")
    assert answer.status_code == 422


def test_typed_marks_of_direction_and_spaces_are_no_error(
    client: Client, nation: NationForTests
) -> None:
    expiry = ("\u200f30 ", " 6", "2022\u200e")
    answer = client.get(f"/ar/{SERVICE}{asked((30, 12, 2023), expiry)}")
    assert "result-yes" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "services/none/",
        "measures/none/",
        "figures/none/2023H1/",
        "figures/none/2023H1.csv",
        "seals/centre/99/",
        "entries/01890000-0000-7000-8000-000000000000/",
        "bulletins/01890000-0000-7000-8000-000000000000/",
        "nothing/",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(
    client: Client, nation: NationForTests, path: str
) -> None:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 404
    assert "<main" in answer.content.decode()


def test_a_period_that_is_none_is_told(client: Client, counted: Counted) -> None:
    answer = client.get("/en/figures/persons.inspected/2023H7/")
    assert answer.status_code == 422
    assert "2023H7 is no period" in answer.content.decode()


def test_a_figure_walks_back_to_seal_and_record(client: Client, counted: Counted) -> None:
    html = client.get(f"/en/{counted.figure}").content.decode()
    assert '<p class="figure-value">3 ' in html
    assert "+200.0%" in html
    assert f'href="/en/{counted.seal}"' in html
    assert f'href="/en/{counted.entry}"' in html
    assert "passage.cleared" in html
    assert "Gongbei" in html


def test_a_record_climbs_to_the_sealed_root(client: Client, counted: Counted) -> None:
    html = client.get(f"/en/{counted.entry}").content.decode()
    assert "This record leads to the sealed root." in html
    seal = client.get(f"/en/{counted.seal}").content.decode()
    assert "The signature fits" in seal


def test_acts_upon_itself_have_no_public_page(client: Client, counted: Counted) -> None:
    from guomen.apps.ledger.models import Entry

    inner = Entry.objects.filter(kind="post.assigned").values_list("entry_id", flat=True)[0]
    assert client.get(f"/en/entries/{inner}/").status_code == 404


def test_the_csv_has_every_part_with_the_year_before(client: Client, counted: Counted) -> None:
    answer = client.get("/en/figures/persons.inspected/2023H1.csv")
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode().splitlines()
    assert lines[1] == "persons.inspected,person_time,2023H1,,,3,1"
    assert "persons.inspected,person_time,2023H1,month,2023-06,3,1" in lines
    assert "persons.inspected,person_time,2023H1,port,GONGBEI,3,1" in lines


def test_each_figure_of_a_bulletin_leads_to_its_page(client: Client, counted: Counted) -> None:
    html = client.get(f"/en/{counted.bulletin}").content.decode()
    assert 'href="/en/figures/persons.inspected/2023H1/">3 person-crossings</a>' in html
    russian = client.get(f"/ru/{counted.bulletin}").content.decode()
    assert '<div class="bulletin" lang="en" dir="ltr">' in russian


def test_no_bulletin_is_shown_before_its_release(client: Client, nation: NationForTests) -> None:
    html = client.get("/en/").content.decode()
    assert "No bulletin has been released yet." in html


def test_the_measures_show_their_days_and_cases(client: Client, nation: NationForTests) -> None:
    html = client.get("/en/measures/M-2023-0508-HRP/").content.decode()
    for told in ("28 April 2023", "8 May 2023", "31 December 2023", "does not apply"):
        assert told in html


def test_the_measures_say_what_follows_in_words(client: Client, nation: NationForTests) -> None:
    html = client.get("/en/measures/M-2023-0508-HRP/").content.decode()
    assert "counts as valid until 31 December 2023" in html
    assert "deemed_expiry_date" not in html
    arabic = client.get("/ar/measures/M-2023-1201-VF6/").content.decode()
    assert "لا حاجة إلى تأشيرة" in arabic


def test_a_clause_that_reads_a_table_stands_once_with_its_rows(
    client: Client, nation: NationForTests
) -> None:
    html = client.get("/en/measures/M-2024-1217-240/").content.decode()
    assert html.count('class="clause"') == 1
    assert (
        "one of the list \u201cthe 54 countries of the 240-hour transit without visa\u201d" in html
    )
    assert "<caption>The list \u201cthe 54 countries" in html
    assert "Austria" in html


def test_the_history_tells_each_publication_that_changed_the_measure(
    client: Client, nation: NationForTests
) -> None:
    page = f"/en/measures/{EXTENSION}/"
    first = client.get(page).content.decode()
    assert "Published first." in first
    assert "1 June 2023, 12:00" in first
    publish(nation, propose(nation), datetime(2023, 6, 2, 4, 0, tzinfo=UTC))
    html = client.get(page).content.decode()
    assert html.index("2 June 2023, 12:00") < html.index("its last day is 30 June 2024")
    assert html.index("its last day is 30 June 2024") < html.index("Published first.")
    other = client.get("/en/measures/M-2023-0108-4/").content.decode()
    assert "2 June 2023, 12:00" not in other


def test_a_publication_that_cannot_be_read_any_more_is_told(
    client: Client, nation: NationForTests
) -> None:
    RulebookVersion.objects.create(
        pack_digest="0" * 64,
        rulebook_digest="0" * 64,
        jurisdiction="cn",
        files={"jurisdiction.yaml": "code: cn\n"},
        state="published",
        proposed_by="one",
        proposed_at=datetime(2023, 1, 1, tzinfo=UTC),
        decided_by="another",
        decided_at=datetime(2023, 1, 1, tzinfo=UTC),
    )
    html = client.get(f"/en/measures/{EXTENSION}/").content.decode()
    assert "this version of the software cannot read any more: 1." in html
    assert "Published first." in html


def test_what_passed_under_a_measure_leads_to_the_figure_that_counts_it(
    client: Client, counted: Counted, at_lane: Client, on_day: SetClock
) -> None:
    page = f"/en/measures/{EXTENSION}/"
    assert "What passed under it" not in client.get(page).content.decode()
    on_day(datetime(2023, 6, 30, 4, 0, tzinfo=UTC))
    at_lane.post("/desk/lane/passages/", {"mrz": EXTENDED_PERMIT, "act": "pass", "nonce": "p-1"})
    at = datetime(2023, 7, 3, tzinfo=UTC)
    seal_entries(node=settings.GUOMEN_NODE, private_key=settings.GUOMEN_SEAL_KEY, at=at)
    tally_sealed(node=settings.GUOMEN_NODE)
    html = client.get(page).content.decode()
    assert 'href="/en/figures/passages.extended_permit/2023H1/"' in html


@pytest.mark.parametrize("name", [f"measures/{EXTENSION}", "measures"])
@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_measures_are_given_as_files_with_licence_and_digest(
    client: Client, nation: NationForTests, name: str, kind: str
) -> None:
    answer = client.get(f"/en/{name}.{kind}")
    text = answer.content.decode()
    assert answer["Content-Type"] == f"application/{kind}; charset=utf-8"
    file = f"{name.rpartition('/')[2]}.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{file}"'
    assert nation.jurisdiction.licence.id in text
    assert nation.jurisdiction.rulebook.digest in text
    assert "bjnews 168264997114620" in text  # the source
    again = client.get(f"/en/{name}.{kind}", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_downloaded_measure_is_read_again_as_the_same(
    client: Client, nation: NationForTests
) -> None:
    stream = client.get(f"/en/measures/{EXTENSION}.yaml").content.decode()
    _head, text, cases = stream.split("---\n")
    measure = nation.jurisdiction.rulebook.measure(EXTENSION)
    assert measure
    check = check_draft(text, cases, nation.jurisdiction)
    assert check.ready
    assert check.measure == measure


def test_a_new_publication_changes_the_tag_of_the_files(
    client: Client, nation: NationForTests
) -> None:
    before = client.get("/en/measures.json")["ETag"]
    publish(nation, propose(nation))
    answer = client.get("/en/measures.json", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer["ETag"] != before


def test_there_is_no_file_of_a_measure_that_is_not_there(
    client: Client, nation: NationForTests
) -> None:
    assert client.get("/en/measures/none.json").status_code == 404
    assert client.get("/en/measures.xml").status_code == 404
    assert client.post("/en/measures.json").status_code == 405


@pytest.mark.parametrize("tag", TAGS)
def test_the_licence_is_told_beside_the_source(
    client: Client, nation: NationForTests, tag: str
) -> None:
    html = client.get(f"/{tag}/measures/{EXTENSION}/").content.decode()
    licence = nation.jurisdiction.licence
    assert f'<a href="{licence.url}" rel="license">{licence.names[tag]}</a>' in html
