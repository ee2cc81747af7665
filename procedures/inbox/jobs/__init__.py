"""Long work for agents: the same action on many requests, and exports of the list, in the background.

``models`` the work and what it met · ``services`` the only writers · ``actions`` what can be done to many ·
``running`` from the queue to the report, resumed where it stopped · ``exports`` tables of requests · ``screens``
what an agent sees of it.
"""
