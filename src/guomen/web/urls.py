"""Every route of the pages; `access.py` has a row for each name."""

from django.urls import path, register_converter

from guomen.web.desks import signing_in, start
from guomen.web.desks.alerts import pages as alerts
from guomen.web.desks.lane import pages as lane
from guomen.web.desks.policy import closing, versions
from guomen.web.desks.policy import drafts as policy_drafts
from guomen.web.desks.policy import forms as policy_forms
from guomen.web.desks.policy import replays as policy_replays
from guomen.web.desks.policy import start as policy
from guomen.web.desks.referrals import pages as referrals
from guomen.web.languages import TagConverter
from guomen.web.portal import (
    bulletins,
    entries,
    figure_files,
    figures,
    home,
    measure_files,
    measures,
    seals,
    services,
)

register_converter(TagConverter, "tag")
register_converter(measure_files.KindConverter, "kind")

_FIGURE = "<tag:tag>/figures/<str:figure_id>/<str:period>"
_ALERT = "desk/alerts/<uuid:alert_id>"
_VERSION = "desk/policy/versions/<str:digest>"
_DRAFT = "desk/policy/drafts/<uuid:draft_id>"
_REPLAY = f"{_DRAFT}/replays/<uuid:run_id>"

urlpatterns = [
    path("", home.root, name="portal.root"),
    path("<tag:tag>/", home.home, name="portal.home"),
    path("<tag:tag>/services/<str:service_id>/", services.service, name="portal.service"),
    path("<tag:tag>/measures/", measures.measures, name="portal.measures"),
    path(
        "<tag:tag>/measures.<kind:kind>", measure_files.measures_file, name="portal.measures_file"
    ),
    path("<tag:tag>/measures/<str:measure_id>/", measures.measure, name="portal.measure"),
    path(
        "<tag:tag>/measures/<str:measure_id>.<kind:kind>",
        measure_files.measure_file,
        name="portal.measure_file",
    ),
    path("<tag:tag>/figures/", figures.figures, name="portal.figures"),
    path(f"{_FIGURE}.csv", figure_files.figure_csv, name="portal.figure_csv"),
    path(f"{_FIGURE}/", figures.figure, name="portal.figure"),
    path("<tag:tag>/seals/<str:node>/<int:number>/", seals.seal, name="portal.seal"),
    path("<tag:tag>/entries/<uuid:entry_id>/", entries.entry, name="portal.entry"),
    path("<tag:tag>/bulletins/", bulletins.bulletins, name="portal.bulletins"),
    path("<tag:tag>/bulletins/<uuid:bulletin_id>/", bulletins.bulletin, name="portal.bulletin"),
    path("desk/", start.start, name="desk.start"),
    path("desk/login/", signing_in.sign_in, name="desk.login"),
    path("desk/logout/", signing_in.sign_out, name="desk.logout"),
    path("desk/lane/", lane.lane, name="desk.lane"),
    path("desk/lane/place/", lane.place, name="desk.lane_place"),
    path("desk/lane/check/", lane.check, name="desk.lane_check"),
    path("desk/lane/passages/", lane.passage, name="desk.lane_passage"),
    path("desk/referrals/", referrals.referrals, name="desk.referrals"),
    path("desk/referrals/<uuid:referral_id>/", referrals.referral, name="desk.referral"),
    path(
        "desk/referrals/<uuid:referral_id>/notice/", referrals.notice, name="desk.referral_notice"
    ),
    path(
        "desk/referrals/<uuid:referral_id>/alerts/", referrals.alerts, name="desk.referral_alerts"
    ),
    path("desk/alerts/", alerts.alerts, name="desk.alerts"),
    path("desk/alerts/new/", alerts.propose, name="desk.alert_new"),
    path(f"{_ALERT}/", alerts.alert, name="desk.alert"),
    path(f"{_ALERT}/confirm/", alerts.confirm, name="desk.alert_confirm"),
    path(f"{_ALERT}/refuse/", alerts.refuse, name="desk.alert_refuse"),
    path(f"{_ALERT}/review/", alerts.review, name="desk.alert_review"),
    path(f"{_ALERT}/end/", alerts.end, name="desk.alert_end"),
    path("desk/policy/versions/", versions.version_list, name="desk.policy_versions"),
    path(f"{_VERSION}/", versions.version_page, name="desk.policy_version"),
    path(f"{_VERSION}/publish/", versions.publish, name="desk.policy_publish"),
    path(f"{_VERSION}/withdraw/", versions.withdraw, name="desk.policy_withdraw"),
    path("desk/policy/measures/", closing.measures, name="desk.policy_measures"),
    path("desk/policy/measures/<str:measure_id>/close/", closing.close, name="desk.policy_close"),
    path("desk/policy/", policy.start, name="desk.policy"),
    path("desk/policy/drafts/", policy.begin, name="desk.policy_begin"),
    path(f"{_DRAFT}/", policy_drafts.draft, name="desk.policy_draft"),
    path(f"{_DRAFT}/check/", policy_drafts.check, name="desk.policy_check"),
    path(f"{_DRAFT}/form/", policy_forms.form, name="desk.policy_form"),
    path(f"{_DRAFT}/replays/", policy_replays.replays, name="desk.policy_replays"),
    path(f"{_REPLAY}/", policy_replays.replay, name="desk.policy_replay"),
    path(f"{_REPLAY}/progress/", policy_replays.progress, name="desk.policy_replay_progress"),
    path(f"{_REPLAY}/result.csv", policy_replays.result_csv, name="desk.policy_replay_csv"),
]
