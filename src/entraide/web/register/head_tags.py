"""Placeholder until written."""
from django import template
register = template.Library()
