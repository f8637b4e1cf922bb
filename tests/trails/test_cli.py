from tests.trails.world import people_and_prototype


def test_the_command_follows_and_is_done_the_second_time(app):
    people_and_prototype()
    run = app.test_cli_runner().invoke
    assert [run(args=["trails", "follow"]).output.strip() for _time in range(2)] == ["2", "0"]
