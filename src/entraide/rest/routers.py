"""Every address of the interface, added to it once, when this module is first imported."""

from entraide.rest import counts, details, directory, register, sources
from entraide.rest.interface import VERSION, api
from entraide.rest.operations import add_operations

add_operations(register.router, {"directory": directory.router, "communiques": sources.router})
for part in (directory, register, details, sources, counts):
    api.add_router(f"/v{VERSION}", part.router)

COMPLETE = api
"""The interface with all its addresses."""
