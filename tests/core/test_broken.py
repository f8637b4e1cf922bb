"""The page that people see when the database is gone needs no database."""

from ideenlab import create_app
from tests.client import check_page
from tests.conftest import make_settings


def test_without_a_database_the_page_still_stands(tmp_path):
    app = create_app(make_settings("sqlite:////nowhere/at/all/ideenlab.db", tmp_path))
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    response = client.get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "Bitte kommen Sie gleich wieder" in response.text
    check_page(response.text)
