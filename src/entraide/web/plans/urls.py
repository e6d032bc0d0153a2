"""Addresses of the plans area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.plans import acts, clauses, counting, drafts, outcome, views

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_plans, name="plans"),
    path("new/", drafts.choose, name="new"),
    path("new/<uuid:mechanism_id>/", drafts.draft, name="draft"),
    path("signatory/", acts.register, name="signatory"),
    path("<uuid:plan_id>/", views.show_plan, name="plan"),
    path("<uuid:plan_id>/clauses/new/", clauses.add, name="clause-new"),
    path("<uuid:plan_id>/clauses/<uuid:clause_id>/", clauses.edit, name="clause"),
    path("<uuid:plan_id>/clauses/<uuid:clause_id>/remove/", clauses.remove, name="clause-remove"),
    path("<uuid:plan_id>/compare/", views.compare, name="compare"),
    path("<uuid:plan_id>/propose/", acts.propose, name="propose"),
    path("<uuid:plan_id>/send/", acts.send, name="send"),
    path("<uuid:plan_id>/discard/", acts.discard, name="discard"),
    path("<uuid:plan_id>/agree/", acts.agree, name="agree"),
    path("<uuid:plan_id>/sign/", acts.sign, name="sign"),
    path("<uuid:plan_id>/paper/", acts.paper, name="paper"),
    path("<uuid:plan_id>/verify/", views.verify, name="verify"),
    path("<uuid:plan_id>/review/", views.review, name="review"),
    path("<uuid:plan_id>/review/count/", counting.count, name="count"),
    path("<uuid:plan_id>/conference/", outcome.conference, name="conference"),
    path("<uuid:plan_id>/communique/", outcome.communique, name="communique"),
]
