import json

from tests.factories import an_edition


def test_the_command_reads_a_table_of_an_office(app, tmp_path):
    an_edition()
    table = tmp_path / "partner.csv"
    table.write_bytes("Name;Rolle;Webseite\nVolkshochschule;Gastgeberin;https://example.org\n;x;\n".encode("cp1252"))
    runner = app.test_cli_runner()
    said = [json.loads(runner.invoke(args=["partners", "import", str(table), "--json"]).output) for _time in range(2)]
    assert [(each["added"], each["known"], each["taking_part"]) for each in said] == [(1, 0, 1), (0, 1, 0)]
    assert [line for line, _reason in said[0]["left_out"]] == [3]
    assert runner.invoke(args=["partners", "import", str(table), "--edition", "gibt-es-nicht"]).exit_code == 1
