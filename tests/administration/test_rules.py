from ideenlab.administration.rules import in_words, masked


def test_of_an_address_only_the_mail_server_is_shown():
    assert masked("maria@example.org") == "m…@example.org"
    assert masked("a@b") == "a…@b"
    assert masked("") == masked("nobody") == masked("@example.org") == "–"


def test_an_entry_of_the_log_is_said_in_words_and_an_unknown_one_as_it_is_kept(app):
    with app.test_request_context("/"):
        assert in_words("ideas.published") == "Ideen: veröffentlicht"
        assert in_words("jury.something_new") == "Jury: something new"
