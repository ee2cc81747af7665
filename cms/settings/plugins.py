"""What runs, in which order: one line per plugin. See docs/plugins.md."""

# Blocks of a guide's body, families first (cms.pages.offers.PageBlock).
PAGE_BLOCKS: list[str] = []
# Blocks of the column beside a guide (cms.pages.offers.PageBlock).
ASIDE_BLOCKS: list[str] = []
# Sections of the home page (cms.pages.offers.HomeSection).
HOME_SECTIONS: list[str] = []
# Types of question (procedures.plugins.FieldType).
FIELD_TYPES: list[str] = []
# Operators of conditions (procedures.plugins.Operator).
OPERATORS: list[str] = []
# What else happens to a filed request (procedures.plugins.Delivery).
DELIVERIES: list[str] = []
# Figures (procedures.plugins.Statistic).
STATISTICS: list[str] = []
