from ideenlab.administration.rules import masked


def test_of_an_address_only_the_mail_server_is_shown():
    assert masked("maria@example.org") == "m…@example.org"
    assert masked("a@b") == "a…@b"
    assert masked("") == masked("nobody") == masked("@example.org") == "–"
