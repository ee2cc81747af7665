"""Mail without a mail server."""

from email import message_from_bytes
from email.policy import default

from django.core.mail import EmailMultiAlternatives, get_connection


def test_a_message_becomes_a_file_that_mail_programs_read(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    message = EmailMultiAlternatives("Reçu de votre demande", "Bonjour Amélie,\nà bientôt.", to=["amelie@exemple.fr"])
    message.attach_alternative("<p>Bonjour Amélie</p>", "text/html")
    message.attach("pièce.txt", "contenu", "text/plain")

    sent = get_connection("cms.mail.EmlFileBackend").send_messages([message])

    (path,) = (tmp_path / "mail").iterdir()
    assert sent == 1
    assert path.suffix == ".eml"
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert read["Subject"] == "Reçu de votre demande"
    assert read.get_body(("plain",)).get_content().splitlines() == ["Bonjour Amélie,", "à bientôt."]
    assert b"\r\n" in path.read_bytes()
