"""What programs and readers of feeds fetch beside the pages: calendars, Atom feeds, linked data."""
