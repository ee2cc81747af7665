"""The agents' screens, in Wagtail's admin: the list, a request, what one does with it."""
