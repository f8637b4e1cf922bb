from tests.insights.world import divided_call


def test_the_command_draws_what_changed(app):
    divided_call()
    run = app.test_cli_runner().invoke
    assert [run(args=["insights", "opinions"]).output.strip() for _time in range(2)] == ["1", "0"]
