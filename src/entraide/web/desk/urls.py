"""Addresses of the desk and of the account area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.account import authorities, users
from entraide.web.desk import demo, views

app_name = "account"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_desk, name="desk"),
    path("demo/", demo.choose_role, name="demo"),
    path("users/", users.show_users, name="users"),
    path("users/new/", users.open_account, name="user-new"),
    path("users/<uuid:user_id>/", users.change_account, name="user"),
    path("users/<uuid:user_id>/password/", users.give_password, name="user-password"),
    path("users/<uuid:user_id>/close/", users.close_account, name="user-close"),
    path("tokens/", users.show_tokens, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", users.end_token, name="token-revoke"),
    path("authorities/", authorities.show_authorities, name="authorities"),
    path("authorities/new/", authorities.enter_authority, name="authority-new"),
    path("authorities/paper/", authorities.enter_paper_authority, name="authority-paper"),
    path("authorities/<uuid:authority_id>/withdraw/", authorities.end_authority, name="authority-withdraw"),
]
