"""Delivery: send what is pending, show it first, send again what was refused, delete users."""

import json
from collections.abc import Callable, Iterator, Sequence

from pydantic import SecretStr

from seg2amp.api.warehouse import built_warehouse, require_duckdb
from seg2amp.delivery import (
    Deletion,
    DeletionSettings,
    Ended,
    LoadSettings,
    LoadSummary,
    Progress,
    Retried,
    check_sending,
    parse_moment,
    preview_load,
)
from seg2amp.delivery import delete_users as ask_to_delete
from seg2amp.delivery import load as deliver
from seg2amp.delivery import retry as make_pending
from seg2amp.errors import ConfigurationError
from seg2amp.settings import Environment


def load(
    *,
    base_url: str | None = None,
    since: str | None = None,
    until: str | None = None,
    yes: bool = False,
    concurrency: int = 16,
    user_rate: int | None = None,
    gzip: bool = False,
    max_rejected: int | None = None,
    keep_days: int | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
    run_id: str | None = None,
    ended: Ended | None = None,
) -> LoadSummary:
    """Deliver what is pending in the outbox; the key comes from AMPLITUDE_API_KEY.

    gzip: compress requests, as long as the server takes them. run_id: the run's name in the
    ledger. ended: hears what a load came to that had begun, also when it then raises.

    Raises:
        ConfigurationError: no key, no warehouse, no outbox, a refused key, old rows unasked for.
        StoppedEarly: Amplitude is out of reach, or another process holds the warehouse.
        TooManyRejected: more than `max_rejected` rows were refused.

    """
    environment = Environment()
    settings = LoadSettings(
        api_key=_api_key(environment),
        base_url=base_url,
        since=parse_moment("--since", since) if since else None,
        until=parse_moment("--until", until) if until else None,
        yes=yes,
        concurrency=concurrency,
        gzip=gzip,
        user_rate=user_rate,
        max_rejected=max_rejected,
        keep_days=keep_days,
        time_limit=time_limit,
        schema=environment.schema_name,
        run_id=run_id,
    )
    with built_warehouse(environment) as warehouse:
        return deliver(warehouse, settings, progress, ended)


def check_load(
    *,
    target: str | None = None,
    base_url: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> None:
    """Find out before a build what would keep the `load` after it from starting.

    target, base_url, since, until: as `build` and `load` will get them.

    Raises:
        ConfigurationError: no key, an address that is none, a proxy or certificates that cannot be
            used, a target that is not read, or a date that is none.

    """
    environment = Environment()
    check_sending(_api_key(environment), base_url)
    require_duckdb(target or environment.target)
    for option, moment in (("--since", since), ("--until", until)):
        if moment:
            parse_moment(option, moment)


def _api_key(environment: Environment) -> SecretStr:
    if environment.api_key is None or not environment.api_key.get_secret_value():
        raise ConfigurationError(
            "AMPLITUDE_API_KEY is not set; export the key of your Amplitude project, "
            "or pass --dry-run."
        )
    return environment.api_key


def dry_run(
    *, since: str | None = None, until: str | None = None, show_values: bool = False
) -> Iterator[str]:
    """Tell as lines of JSON what `load` would send: counts by endpoint, then first payloads.

    Rows of people who wait beside their lane are counted apart, by the reason.

    Raises:
        ConfigurationError: no warehouse or no outbox.

    """
    environment = Environment()
    settings = LoadSettings(
        api_key=SecretStr(""),
        since=parse_moment("--since", since) if since else None,
        until=parse_moment("--until", until) if until else None,
        schema=environment.schema_name,
    )
    with built_warehouse(environment) as warehouse:
        shown = preview_load(warehouse, settings, show_values=show_values)
    for kind in shown.kinds:
        yield json.dumps({"endpoint": kind.endpoint, "kind": kind.kind, "rows": kind.rows})
    for (endpoint, reason), rows in shown.waiting.items():
        yield json.dumps({"endpoint": endpoint, "waiting": reason, "rows": rows})
    for endpoint, payloads in shown.payloads.items():
        for payload in payloads:
            yield f'{{"endpoint": "{endpoint}", "payload": {payload}}}'


def retry(*, rejected: bool, unknown: bool, insert_ids: Sequence[str] = ()) -> Retried:
    """Make refused rows or rows of unknown outcome pending again; `load` sends them.

    Raises:
        ConfigurationError: nothing is asked for, no warehouse or no outbox.
        StoppedEarly: another process holds the warehouse.

    """
    if not rejected and not unknown:
        raise ConfigurationError("Nothing to do: say --rejected, --unknown, or both.")
    environment = Environment()
    with built_warehouse(environment) as warehouse:
        return make_pending(
            warehouse,
            environment.schema_name,
            rejected=rejected,
            unknown=unknown,
            insert_ids=insert_ids,
        )


def delete_users(
    user_ids: Sequence[str],
    *,
    endpoint_region: str = "north_america",
    base_url: str | None = None,
    requester: str = "",
    ignore_invalid_id: bool = False,
    delete_from_org: bool = False,
    note: Callable[[str], None] = lambda _line: None,
) -> Deletion:
    """Ask Amplitude to delete all data of users, for good; it e-mails all admins.

    The keys come from AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY. Amplitude takes later events of
    a deleted user as those of a new one. requester: who asks for it, kept with the job.
    ignore_invalid_id: pass over ids that the project does not know. delete_from_org: from all
    projects of the organisation. note: hears of waits.

    Raises:
        ConfigurationError: no key, no id, or the keys, region or address are refused.
        StoppedEarly: Amplitude is out of reach or too busy; asking again is harmless.
        Seg2ampError: Amplitude refuses the ids.

    """
    environment = Environment()
    if environment.api_key is None or environment.secret_key is None:
        raise ConfigurationError(
            "AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY are not both set; export the keys of your "
            "Amplitude project."
        )
    settings = DeletionSettings(
        api_key=environment.api_key,
        secret_key=environment.secret_key,
        region=endpoint_region,
        base_url=base_url,
        requester=requester,
        ignore_invalid_id=ignore_invalid_id,
        delete_from_org=delete_from_org,
    )
    return ask_to_delete(user_ids, settings, note)
