import json

from ideenlab.city.queries import districts
from tests.city.test_maths import SQUARE, polygon


def test_districts_come_from_a_file_and_are_listed(app, tmp_path):
    feature = {"type": "Feature", "properties": {"name": "Altstadt"}, "geometry": json.loads(polygon(SQUARE))}
    file = tmp_path / "stadt.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    runner = app.test_cli_runner()
    done = runner.invoke(args=["city", "districts", "--import", str(file)])
    assert (done.exit_code, done.output) == (0, "1 added, 0 changed\n")
    assert runner.invoke(args=["city", "districts"]).output == "altstadt\tdrawn\tAltstadt\n"


def test_a_bad_file_leaves_everything_as_it_was(app, tmp_path):
    good = {"type": "Feature", "properties": {"name": "Altstadt"}, "geometry": json.loads(polygon(SQUARE))}
    bad = {"type": "Feature", "properties": {"name": "Hafen"}, "geometry": {"type": "Point"}}
    file = tmp_path / "stadt.geojson"
    file.write_text(json.dumps({"features": [good, bad]}))
    done = app.test_cli_runner().invoke(args=["city", "districts", "--import", str(file)])
    assert done.exit_code == 1
    assert "stadt.geojson: " in done.output
    assert districts() == []
