"""What templates take from the feeds: the linked data of the page, inside the page."""

from django import template
from django.utils.safestring import SafeString

from entraide.web.feeds import embedding

register = template.Library()


@register.simple_tag(takes_context=True)
def embedded_data(context: template.Context) -> SafeString:
    """Return the linked data of the page that is asked for as a script element, empty where it has none."""
    request = context.get("request")
    return embedding.embedded_data(request) if request is not None else SafeString("")
