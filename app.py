"""The list of pages. `streamlit run app.py` opens the product."""

import streamlit as st

from app_pages.about_data.page import show as about_data
from app_pages.administration.page import show as administration
from app_pages.case.page import show as case
from app_pages.changed.page import show as changed
from app_pages.contribute.page import show as contribute
from app_pages.deliveries.page import show as deliveries
from app_pages.history.page import show as history
from app_pages.learn_from.page import show as learn_from
from app_pages.measure.page import show as measure
from app_pages.methods.page import show as methods
from app_pages.network.page import show as network
from app_pages.network_measures.page import show as network_measures
from app_pages.networks.page import show as networks
from app_pages.overview.page import show as overview
from app_pages.parts import first_start
from app_pages.parts.address import PageName
from app_pages.parts.frame import browser_title
from app_pages.programmes.page import show as programmes
from app_pages.relation.page import show as relation
from app_pages.similar.page import show as similar
from app_pages.study_visits.page import show as study_visits
from app_pages.success_bank.page import show as success_bank
from app_pages.upload.page import show as upload
from app_pages.workshop.page import show as workshop

PAGES = {
    PageName.OVERVIEW: overview,
    PageName.MEASURE: measure,
    PageName.RELATION: relation,
    PageName.CHANGED: changed,
    PageName.ABOUT_DATA: about_data,
    PageName.NETWORK: network,
    PageName.NETWORK_MEASURES: network_measures,
    PageName.NETWORKS: networks,
    PageName.WORKSHOP: workshop,
    PageName.SIMILAR: similar,
    PageName.UPLOAD: upload,
    PageName.DELIVERIES: deliveries,
    PageName.HISTORY: history,
    PageName.SUCCESS_BANK: success_bank,
    PageName.CASE: case,
    PageName.METHODS: methods,
    PageName.PROGRAMMES: programmes,
    PageName.LEARN_FROM: learn_from,
    PageName.STUDY_VISITS: study_visits,
    PageName.CONTRIBUTE: contribute,
    PageName.ADMINISTRATION: administration,
}

START = st.Page(overview, title=browser_title(PageName.OVERVIEW), default=True)  # the bare address

st.set_page_config(layout="wide", page_icon="app_pages/parts/icon.svg")
first_start.begin()
st.navigation(
    [START, *(st.Page(show, title=browser_title(name), url_path=name) for name, show in PAGES.items())],
    position="hidden",
).run()
