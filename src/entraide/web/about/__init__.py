"""Pages about the register: method, who is responsible, contact, legal notice, accessibility, how to use the API."""
