"""Whatever the API of the demo city gives looks as its description says."""

import re

from tests.guards.test_promises import examples
from tests.opendata.test_description import validator

PLACES = re.compile(r"\{(\w+)\}")


def test_answers_of_the_demo_city_look_as_described(city, client):
    description, known = client.get("/api/v1/openapi.json").json, examples()
    seen = {}
    for path, doors in description["paths"].items():
        address = PLACES.sub(lambda match: str(known[match[1]]), path)
        answer = client.get(address)
        if answer.status_code == 200:
            validator(description, doors["get"]).validate(answer.json)
            seen[path] = len(answer.json.get("data", ()))
    empty = {path for path, number in seen.items() if not number and path != "/api/v1/openapi.json"}
    assert empty <= {"/api/v1/partners", "/api/v1/events"}
    assert {"/api/v1/results", "/api/v1/prototypes", "/api/v1/challenges", "/api/v1/ideas/{idea_id}"} <= set(seen)
