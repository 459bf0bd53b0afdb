"""The Celery application: a broker of nudges. What has to be done stands in the database's outbox."""

from typing import Any

from celery import Celery

from tasks.mail import Mail

HARD_LIMIT = 300  # kills the process; work that minds its event loop is cancelled before (`tasks.child`)
VISIBILITY = 60

app: Any = Celery("journeymark", set_as_current=False)
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    # acknowledged on arrival: a lost task is handed out again by its lease, and counted
    task_acks_late=False,
    task_time_limit=HARD_LIMIT,
    task_default_queue="errands",
    task_create_missing_queues=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_max_retries=None,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
    },
    timezone="UTC",
    enable_utc=True,
)


def configure(database_url: str, broker_url: str, mail: Mail | None = None) -> Any:
    """Say where the database and the broker are, and return the application with its tasks.

    Args:
        database_url: `postgresql://...`, already migrated.
        broker_url: any Redis, Valkey or RabbitMQ that Celery can reach.
        mail: how letters are sent; without it none is.
    """
    import tasks.jobs  # noqa: F401, PLC0415 - the tasks need the application first

    app.conf.update(broker_url=broker_url, journeymark_database_url=database_url, journeymark_mail=mail)
    return app
