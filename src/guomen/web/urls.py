"""Every route of the pages; `access.py` has a row for each name."""

from django.urls import path, register_converter

from guomen.web.desks import signing_in, start
from guomen.web.desks.lane import pages as lane
from guomen.web.desks.referrals import pages as referrals
from guomen.web.languages import TagConverter
from guomen.web.portal import (
    bulletins,
    entries,
    figure_files,
    figures,
    home,
    measures,
    seals,
    services,
)

register_converter(TagConverter, "tag")

_FIGURE = "<tag:tag>/figures/<str:figure_id>/<str:period>"

urlpatterns = [
    path("", home.root, name="portal.root"),
    path("<tag:tag>/", home.home, name="portal.home"),
    path("<tag:tag>/services/<str:service_id>/", services.service, name="portal.service"),
    path("<tag:tag>/measures/", measures.measures, name="portal.measures"),
    path("<tag:tag>/measures/<str:measure_id>/", measures.measure, name="portal.measure"),
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
]
