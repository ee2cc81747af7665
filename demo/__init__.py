"""The invented city of Valmarie, to show and to try Parvis.

``data/`` holds its texts, ``pictures/`` its drawings and the code that draws them,
``loading/`` one loader per kind of content; all of it goes through the services of the rooms.
"""
