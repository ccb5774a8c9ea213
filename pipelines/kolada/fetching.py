"""Fetches chains of pages side by side, stores each page as it comes, and requests nothing that is stored already."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from domain.errors.source import SourceAnswersWronglyError
from domain.errors.user_error import UserError
from domain.message import Message, to_translate
from pipelines.kolada.client import REQUESTS_IN_FLIGHT, KoladaClient
from pipelines.kolada.page_forms import PageOfAnyWord
from pipelines.kolada.progress import Progress, Stage, Watcher
from pipelines.kolada.raw_pages import RawPage, RawPages
from pipelines.kolada.source_address import SourceAddress

PAGES_ASKED_AGAIN: Final = (
    3  # of those that an earlier run left: enough to notice that the source has moved on
)

Chain = list[RawPage]


class Fetcher:
    """Pages of one source into one raw_pages."""

    def __init__(
        self, client: KoladaClient, raw_pages: RawPages, address: SourceAddress, watch: Watcher
    ) -> None:
        self._client = client
        self._landing = raw_pages
        self._address = address
        self._watch = watch

    async def chains(self, paths: Sequence[str], stage: Stage) -> list[Chain]:
        """All pages of each chain, in the order of the paths. Raises what `KoladaClient.page` raises."""
        room = asyncio.Semaphore(REQUESTS_IN_FLIGHT)
        done, expected = 0, len(paths)

        def one_more(page: RawPage) -> None:
            nonlocal done, expected
            done += 1
            expected += page.next_url is not None
            text = Message(
                to_translate("Hämtar sidor: {done} av minst {expected}"), done=done, expected=expected
            )
            self._watch(Progress(stage, done, expected, text))

        async def one_chain(path: str) -> Chain:
            async with room:
                return await self._chain(path, one_more)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one_chain(path)) for path in paths]
        except BaseExceptionGroup as failures:
            personal, _ = failures.split(UserError)
            raise (personal or failures).exceptions[0] from None
        return [task.result() for task in tasks]

    def bodies(self, chains: Sequence[Chain]) -> list[tuple[str, bytes]]:
        """Address and body of every page. Raises `UnreadableRawPagesError`."""
        return [(page.url, self._landing.body(page)) for chain in chains for page in chain]

    async def is_valid_copy(self) -> bool:
        """Whether a few of the pages that an interrupted run left still agree with the source."""
        for page in self._landing.largest_data_pages(PAGES_ASKED_AGAIN):
            if self._landing.page(page.url) is None:
                continue
            body, _ = await self._client.page(page.url)
            if _rows_of(body) != _rows_of(self._landing.body(page)):
                return False
        return True

    async def _chain(self, path: str, one_more: Callable[[RawPage], None]) -> Chain:
        chain: Chain = []
        url: str | None = self._address.page(path)
        while url is not None:
            if any(page.url == url for page in chain):
                reason = Message(to_translate("next_url leder i en ring"))
                raise SourceAnswersWronglyError(url=url, attempts=1, reason=reason)
            page = self._landing.page(url)
            if page is None:
                body, envelope = await self._client.page(url)
                following = self._address.following(envelope.next_url) if envelope.next_url else None
                page = self._landing.keep(url, body, envelope, following)
            chain.append(page)
            one_more(page)
            url = page.next_url
        return chain


def _rows_of(body: bytes) -> list[tuple[object, ...]]:
    """The cells of a page in one order, whatever order they arrived in."""
    page = msgspec.json.decode(body, type=PageOfAnyWord)
    return sorted(
        (row.kpi, row.municipality, row.year, cell.gender, cell.status or "", str(cell.value), cell.isdeleted)
        for row in page.rows
        for cell in row.cells
    )
