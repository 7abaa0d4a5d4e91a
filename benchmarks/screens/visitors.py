"""Visitors without a browser: they speak the framework's own protocol, so that only the server is busy."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

TAKES_TEXT = ("text_input", "dataframe")


class Visitor:
    """One connection that has a page open.

    Parameters
    ----------
    socket : ClientConnection
    page, query : str
        Address of the page, and what stands behind its question mark.
    """

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self._socket, self._page, self._query = socket, page, query
        self._hash = ""
        self._widgets: dict[str, str] = {}  # the ids of those that take a text, by their keys

    async def run(self, texts: Mapping[str, str] = MappingProxyType({})) -> None:
        """Run the page with new texts in widgets, by their keys, and wait for its end."""
        back = BackMsg()
        back.rerun_script.query_string = self._query
        back.rerun_script.page_name = "" if self._hash else self._page
        back.rerun_script.page_script_hash = self._hash
        for key, text in texts.items():
            state = back.rerun_script.widget_states.widgets.add()
            state.id = next(id_ for known, id_ in self._widgets.items() if known.startswith(key))
            state.string_value = text
        await self._socket.send(back.SerializeToString())
        while True:
            forward = ForwardMsg()
            forward.ParseFromString(_bytes(await self._socket.recv()))
            kind = forward.WhichOneof("type")
            if kind == "navigation":
                self._hash = forward.navigation.page_script_hash
            elif kind == "page_info_changed":
                self._query = forward.page_info_changed.query_string
            elif kind == "delta":
                element = forward.delta.new_element
                if (form := element.WhichOneof("type")) in TAKES_TEXT:
                    widget = str(getattr(element, form).id)
                    self._widgets[widget.split("-", 2)[2]] = widget  # $$ID-digest-key
            elif kind == "script_finished" and forward.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return

    async def leave(self) -> None:
        """Close the connection."""
        await self._socket.close()


def _bytes(received: str | bytes) -> bytes:
    return received.encode() if isinstance(received, str) else received


async def visit(port: int, page: str, query: str) -> Visitor:
    """Open a page."""
    socket = await connect(
        f"ws://localhost:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        compression=None,
    )
    visitor = Visitor(socket, page, query)
    await visitor.run()
    return visitor


async def busy(
    visitors: list[Visitor], texts: Callable[[int], Mapping[str, str]], seconds: float
) -> tuple[int, float]:
    """Let all visitors work at once, each as fast as it is answered; return runs in all, and the seconds.

    Parameters
    ----------
    visitors : list of Visitor
    texts : callable
        Returns the texts of the n-th run.
    seconds : float
        How long.
    """
    end = time.perf_counter() + seconds
    runs = 0

    async def work(visitor: Visitor, number: int) -> None:
        nonlocal runs
        while time.perf_counter() < end:
            await visitor.run(texts(number))
            runs += 1
            number += 1

    since = time.perf_counter()
    await asyncio.gather(*(work(visitor, 1000 * n) for n, visitor in enumerate(visitors)))
    return runs, time.perf_counter() - since
