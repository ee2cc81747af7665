"""The demo city's illustrations, drawn by code: ``python -m demo.pictures.render``."""
