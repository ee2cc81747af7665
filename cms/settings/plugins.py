"""What runs, in which order: one line per plugin. See docs/plugins.md."""

# Blocks of a page's body (cms.pages.offers.PageBlock).
PAGE_BLOCKS: list[str] = [
    "cms.pages.blocks.text.Heading",
    "cms.pages.blocks.text.Paragraph",
    "cms.pages.blocks.text.Quotation",
    "cms.pages.blocks.callout.Callout",
    "cms.pages.blocks.steps.Steps",
    "cms.pages.blocks.steps.Checklist",
    "cms.pages.blocks.steps.Questions",
    "cms.pages.blocks.media.Picture",
    "cms.pages.blocks.media.Document",
    "cms.pages.blocks.table.Table",
    "cms.pages.blocks.links.Links",
    "cms.pages.blocks.links.Button",
    "directory.blocks.OpeningHours",
]
# Blocks of the column beside a guide (cms.pages.offers.PageBlock).
ASIDE_BLOCKS: list[str] = [
    "directory.blocks.Contact",
    "procedures.definition.offers.RelatedProcedures",
    "agenda.offers.Events",
]
# Sections of the home page (cms.pages.offers.HomeSection).
HOME_SECTIONS: list[str] = [
    "directory.home.Today",
    "procedures.definition.offers.Tasks",
    "agenda.offers.NextEvents",
    "cms.pages.sections.Guides",
    "procedures.statistics.home.Figures",
]
# What engines may read (cms.pages.sitemap.SitemapSource).
SITEMAP_SOURCES: list[str] = [
    "cms.pages.sitemap.Pages",
    "directory.sitemap.Entries",
    "procedures.mediation.sitemap.Reports",
    "procedures.statistics.sitemap.OurDelays",
]
# Types of question (procedures.plugins.FieldType).
FIELD_TYPES: list[str] = [
    "procedures.fields.short_text.ShortText",
    "procedures.fields.long_text.LongText",
    "procedures.fields.pattern_text.PatternText",
    "procedures.fields.email.Email",
    "procedures.fields.phone.Phone",
    "procedures.fields.name.Name",
    "procedures.fields.birth.Birth",
    "procedures.fields.address.Address",
    "procedures.fields.siret.Siret",
    "procedures.fields.rna.Rna",
    "procedures.fields.iban.Iban",
    "procedures.fields.whole_number.WholeNumber",
    "procedures.fields.decimal_number.DecimalNumber",
    "procedures.fields.amount.Amount",
    "procedures.fields.date.Date",
    "procedures.fields.time_slot.TimeSlot",
    "procedures.fields.period.Period",
    "procedures.fields.yes_no.YesNo",
    "procedures.fields.one_choice.OneChoice",
    "procedures.fields.several_choices.SeveralChoices",
    "procedures.fields.long_list.LongList",
    "procedures.fields.linked_lists.LinkedLists",
    "procedures.fields.file.File",
    "procedures.fields.documents.Documents",
    "procedures.fields.identity_document.IdentityDocument",
    "procedures.fields.place.Place",
    "procedures.fields.group.Group",
    "procedures.fields.consent.Consent",
    "procedures.fields.signature.Signature",
    "procedures.fields.content.Content",
    "procedures.fields.computed.Computed",
    "procedures.fields.absent.Absent",
]
# Operators of conditions (procedures.plugins.Operator).
OPERATORS: list[str] = [
    "procedures.definition.operators.equality.Is",
    "procedures.definition.operators.equality.IsNot",
    "procedures.definition.operators.content.Contains",
    "procedures.definition.operators.content.NotContains",
    "procedures.definition.operators.order.Greater",
    "procedures.definition.operators.order.Less",
    "procedures.definition.operators.districts.InDistrict",
    "procedures.definition.operators.presence.IsAnswered",
    "procedures.definition.operators.presence.IsEmpty",
]
# Demands on answers (procedures.plugins.Validator).
VALIDATORS: list[str] = [
    "procedures.fields.validators.phone_country.PhoneCountry",
    "procedures.fields.validators.iban_country.IbanCountry",
    "procedures.fields.validators.date_range.DateRange",
    "procedures.fields.validators.age_range.AgeRange",
    "procedures.fields.validators.number_range.NumberRange",
    "procedures.fields.validators.amount_range.AmountRange",
    "procedures.fields.validators.text_length.TextLength",
    "procedures.fields.validators.words_count.WordsCount",
    "procedures.fields.validators.email_domain.EmailDomain",
    "procedures.fields.validators.luhn.Luhn",
]
# Where answers may come from (procedures.plugins.PrefillSource).
PREFILL_SOURCES: list[str] = [
    "procedures.definition.sources.account.Account",
    "procedures.definition.sources.signed.Signed",
    "procedures.definition.sources.http.Http",
    "procedures.definition.sources.fixed.Fixed",
]
# What is read before a procedure is published (procedures.plugins.ProcedureCheck).
PROCEDURE_CHECKS: list[str] = [
    "procedures.definition.checks.steps.Steps",
    "procedures.fields.absent.Installed",
    "procedures.definition.checks.labels.Labels",
    "procedures.definition.checks.look_back.LookBack",
    "procedures.definition.checks.reachable.Reachable",
    "procedures.definition.checks.alternative.Alternative",
    "procedures.definition.checks.outcomes.Outcomes",
    "procedures.definition.checks.silence.Silence",
    "procedures.definition.checks.to_complete.ToComplete",
    "procedures.definition.checks.useful_conditions.UsefulConditions",
    "procedures.definition.checks.tell_us_once.TellUsOnce",
    "procedures.definition.checks.sensitive.Sensitive",
    "procedures.definition.checks.purpose.Purpose",
    "procedures.definition.checks.budget.Budget",
    "procedures.definition.checks.answer_address.AnswerAddress",
    "procedures.definition.checks.files.Files",
    "procedures.definition.checks.choices.Choices",
    "procedures.definition.checks.help_text.HelpText",
    "procedures.definition.checks.link_words.LinkWords",
    "procedures.definition.checks.readability.Readability",
    "procedures.definition.checks.translations.Translations",
    "procedures.fields.operands.Operands",
    "procedures.fields.validators.possible.PossibleAnswers",
]
# Procedures from other systems (procedures.plugins.Importer).
IMPORTERS: list[str] = [
    "procedures.definition.importing.own.Parvis",
    "procedures.definition.importing.publik.importer.Publik",
]
# What else happens to a filed request (procedures.plugins.Delivery).
DELIVERIES: list[str] = [
    "procedures.inbox.email.Email",
]
# What agents can do on the page of a request, family by family (procedures.inbox.desk.actions.DeskAction).
DESK_ACTIONS: list[str] = [
    "procedures.inbox.desk.actions.conversation.ACTIONS",
    "procedures.inbox.desk.actions.decision.ACTIONS",
    "procedures.inbox.desk.actions.handling.ACTIONS",
    "procedures.inbox.desk.actions.opinions.ACTIONS",
    "procedures.retention.desk_actions.ACTIONS",
    "procedures.mediation.desk.ACTIONS",
    "procedures.inbox.desk.actions.silence.ACTIONS",
    "procedures.inbox.desk.actions.ties.ACTIONS",
]
# Boxes beside the page of a procedure (procedures.definition.asides.ProcedureAside).
PROCEDURE_ASIDES: list[str] = [
    "procedures.statistics.asides.RealDelays",
]
# Figures (procedures.plugins.Statistic).
STATISTICS: list[str] = [
    "procedures.statistics.requests_received.RequestsReceived",
    "procedures.statistics.requests_decided.RequestsDecided",
    "procedures.statistics.answered_in_time.AnsweredInTime",
    "procedures.statistics.within_legal_delay.WithinLegalDelay",
    "procedures.statistics.median_delay.MedianDelay",
    "procedures.statistics.ninetieth_delay.NinetiethDelay",
    "procedures.statistics.first_contact.FirstContact",
    "procedures.statistics.requests_reopened.RequestsReopened",
    "procedures.statistics.waiting_now.WaitingNow",
    "procedures.statistics.overdue_now.OverdueNow",
    "procedures.statistics.satisfaction_mean.SatisfactionMean",
    "procedures.statistics.satisfaction_share.SatisfactionShare",
]
# Formats of places in open data (directory.importing.rows.PlaceFormat).
PLACE_FORMATS: list[str] = [
    "directory.importing.dila.Dila",
    "directory.importing.acceslibre.Acceslibre",
]
