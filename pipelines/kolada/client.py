"""Asks the API politely and patiently: an even pace, several requests under way, back-off, and nothing taken on trust."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Final, Self

import httpx
import tenacity
from aiolimiter import AsyncLimiter

from domain.errors.source import SourceAnswersWronglyError, SourceRefusedError, SourceUnreachableError
from domain.message import Message, source_text, to_translate
from pipelines.kolada.page_forms import Envelope, GarbledAnswerError, read_envelope

REQUESTS_PER_SECOND: Final = 5.0  # no limit is documented; the clients that are known keep to this
REQUESTS_IN_FLIGHT: Final = 20  # fills five a second up to four seconds a request
ATTEMPTS: Final = 12  # at faults in every third answer, one page in half a million is given up
ATTEMPTS_BEFORE_ANY_ANSWER: Final = 4  # a wrong address is reported after seconds
ATTEMPTS_BEFORE_ANY_PAGE: Final = 5  # and so is a service that answers, but never with a page
PATIENCE_SECONDS: Final = (
    45.0  # without a single page to any request, the service is down; the next run continues from here
)
FIRST_WAIT_SECONDS: Final = 0.5
LONGEST_WAIT_SECONDS: Final = 30.0
LONGEST_OBEYED_RETRY_AFTER_SECONDS: Final = 600.0
TIMEOUT: Final = httpx.Timeout(30.0, connect=5.0)
TOO_MANY_REQUESTS: Final = 429
SHOWN_DETAIL_CHARACTERS: Final = 300


class PassingFaultError(Exception):
    """A fault that another attempt may not meet."""

    def __init__(
        self, reason: Message, *, retry_after_seconds: float | None = None, is_connection: bool = False
    ) -> None:
        super().__init__(source_text(reason))
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds
        self.is_connection = is_connection


@dataclass(slots=True)
class ClientCounts:
    """What the client has done so far. `held_back_seconds` is time in which the source asked for silence."""

    requests: int = 0
    retries: int = 0
    held_back_seconds: float = 0.0
    first_request_at: float | None = None
    last_request_at: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to ask, and how long to wait before the second attempt (twice as long before each further one)."""

    requests_per_second: float = REQUESTS_PER_SECOND
    first_wait_seconds: float = FIRST_WAIT_SECONDS


@dataclass(slots=True)
class KoladaClient:
    """An async context manager; `page` returns the body of one page and its envelope.

    Requests keep an even pace; retries count towards it.
    """

    pace: Pace = field(default_factory=Pace)
    counts: ClientCounts = field(default_factory=ClientCounts)
    _held_back_until: float = 0.0
    _has_answered: bool = False
    _last_page_at: float | None = None
    _http: httpx.AsyncClient = field(init=False)
    _turns: AsyncLimiter = field(init=False)

    async def __aenter__(self) -> Self:
        self._turns = AsyncLimiter(1, 1 / self.pace.requests_per_second)
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT,
            follow_redirects=True,
            limits=httpx.Limits(
                max_connections=REQUESTS_IN_FLIGHT, max_keepalive_connections=REQUESTS_IN_FLIGHT
            ),
            headers={"Accept": "application/json", "User-Agent": "Jamforelsebanken"},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def page(self, url: str) -> tuple[bytes, Envelope]:
        """Fetch one page, again and again within reason.

        Raises `SourceUnreachableError` when nothing answers, `SourceAnswersWronglyError` when every attempt failed
        otherwise, and at once `SourceRefusedError` for a 4xx other than 429.
        """
        attempts = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(PassingFaultError),
            wait=self._wait_seconds,
            stop=self._is_hopeless,
            reraise=True,
        )
        tries = 0
        try:
            async for attempt in attempts:
                with attempt:
                    tries += 1
                    return await self._ask(url, is_retry=tries > 1)
        except PassingFaultError as fault:
            if fault.is_connection:
                raise SourceUnreachableError(url=url, reason=fault.reason) from fault
            raise SourceAnswersWronglyError(url=url, attempts=tries, reason=fault.reason) from fault
        raise AssertionError("unreachable: the attempts end in a page or an error")

    async def _ask(self, url: str, *, is_retry: bool) -> tuple[bytes, Envelope]:
        await self._my_turn()
        now = time.monotonic()
        self.counts.requests += 1
        self.counts.retries += is_retry
        self.counts.first_request_at = self.counts.first_request_at or now
        self.counts.last_request_at = now
        try:
            answer = await self._http.get(url)
        except httpx.ConnectError as error:
            text = Message(to_translate("ingen svarar på adressen: {reason}"), reason=str(error))
            raise PassingFaultError(text, is_connection=True) from error
        except (httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise PassingFaultError(Message(to_translate("inget svar i tid")), is_connection=True) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise PassingFaultError(
                Message(to_translate("svaret bröts: {reason}"), reason=str(error) or type(error).__name__)
            ) from error
        self._has_answered = True
        if answer.status_code == TOO_MANY_REQUESTS or answer.is_server_error:
            raise self._asked_to_wait(answer)
        if not answer.is_success:
            raise SourceRefusedError(url=url, status=answer.status_code, detail=_detail(answer))
        try:
            envelope = read_envelope(answer.content)
        except GarbledAnswerError as error:
            text = Message(to_translate("svaret är ingen sida: {reason}"), reason=str(error))
            raise PassingFaultError(text) from error
        self._last_page_at = time.monotonic()
        return answer.content, envelope

    async def _my_turn(self) -> None:
        """Wait for the even pace, and for as long as the source has asked everybody to be silent."""
        await self._turns.acquire()
        while (silence := self._held_back_until - time.monotonic()) > 0:
            await asyncio.sleep(silence)
            await self._turns.acquire()

    def _asked_to_wait(self, answer: httpx.Response) -> PassingFaultError:
        seconds = _retry_after_seconds(answer.headers.get("Retry-After"))
        if seconds is not None:
            now = time.monotonic()
            until = max(self._held_back_until, now + seconds)
            self.counts.held_back_seconds += until - max(self._held_back_until, now)
            self._held_back_until = until
        text = Message(to_translate("svaret hade status {status}"), status=answer.status_code)
        return PassingFaultError(text, retry_after_seconds=seconds)

    def _wait_seconds(self, state: tenacity.RetryCallState) -> float:
        """Twice as long each time, with chance in it so that many requests do not come back together."""
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, PassingFaultError) and fault.retry_after_seconds is not None:
            return fault.retry_after_seconds
        backing_off = tenacity.wait_exponential_jitter(
            multiplier=self.pace.first_wait_seconds,
            max=LONGEST_WAIT_SECONDS,
            jitter=self.pace.first_wait_seconds,
        )
        return backing_off(state)

    def _is_hopeless(self, state: tenacity.RetryCallState) -> bool:
        """Whether to give up: after many attempts, or earlier where nobody gets a page."""
        fault = state.outcome.exception() if state.outcome else None
        most = ATTEMPTS
        if self._last_page_at is None:
            is_never_reached = (
                isinstance(fault, PassingFaultError) and fault.is_connection and not self._has_answered
            )
            most = ATTEMPTS_BEFORE_ANY_ANSWER if is_never_reached else ATTEMPTS_BEFORE_ANY_PAGE
        quiet_since = max(self._last_page_at or self.counts.first_request_at or 0.0, self._held_back_until)
        has_waited_long = time.monotonic() - quiet_since > PATIENCE_SECONDS
        return state.attempt_number >= most or (has_waited_long and state.attempt_number > 1)


def _retry_after_seconds(header: str | None) -> float | None:
    """`Retry-After` is a number of seconds or a date; anything else says nothing."""
    if not header:
        return None
    seconds: float
    if header.strip().isdigit():
        seconds = float(header)
    else:
        try:
            seconds = (parsedate_to_datetime(header).astimezone(UTC) - datetime.now(UTC)).total_seconds()
        except ValueError:
            return None
    return min(max(seconds, 0.0), LONGEST_OBEYED_RETRY_AFTER_SECONDS)


def _detail(answer: httpx.Response) -> str:
    """Return the detail of a refused request, shortened."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    detail = (body.get("detail") or body.get("error")) if isinstance(body, dict) else None
    return str(detail or answer.text.strip() or answer.reason_phrase)[:SHOWN_DETAIL_CHARACTERS]
