from ideenlab.core.jobs import JOBS


def test_the_worker_forgets_addresses(app):
    JOBS["barriers.forget"].work()
