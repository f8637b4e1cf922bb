"""What the server starts: `gunicorn wsgi:app`."""

from ideenlab import create_app

app = create_app()
