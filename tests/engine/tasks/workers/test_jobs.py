"""Jobs in turn, and how far they may run ahead of the first that is not done."""

from miaf_engine.tasks.workers.jobs import Job, JobQueue


def jobs(*numbers):
    return [Job(number, f"job {number}", {}) for number in numbers]


def test_without_a_limit_all_may_be_begun():
    given = jobs(0, 3, 7)
    queue = JobQueue(given)
    assert queue.left == 3
    assert [queue.next_job() for _ in range(4)] == [*given, None]
    assert queue.left == 3
    for job in given:
        queue.finish(job)
    assert queue.left == 0


def test_no_job_runs_further_ahead_than_the_limit():
    given = jobs(*range(5))
    queue = JobQueue(given)
    assert [queue.next_job(2) for _ in range(3)] == [given[0], given[1], None]
    queue.finish(given[1])
    assert queue.next_job(2) is None
    queue.finish(given[0])
    assert [queue.next_job(2) for _ in range(3)] == [given[2], given[3], None]


def test_a_job_that_is_repeated_comes_first():
    given = jobs(*range(3))
    queue = JobQueue(given)
    first = queue.next_job(2)
    queue.next_job(2)
    queue.put_back(first)
    assert queue.left == 3
    assert [queue.next_job(2) for _ in range(2)] == [first, None]
