"""Visitors without a browser: they speak the framework's own protocol, so that only the server is busy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

TAKES_TEXT = ("text_input", "dataframe")
SAVED = re.compile(r'class="sx-status" data-seq="(\d+)".*class="sx-saved"')


class Visitor:
    """One connection that has a page open.

    Parameters
    ----------
    socket : ClientConnection
    address, page, query : str
        Address of the server, of the page on it, and what stands behind its question mark.

    Attributes
    ----------
    saved : int
        Number of the revision that the page has last said is saved; 0 before it said so.
    faults : list of str
        The errors that the page has shown.
    """

    def __init__(self, socket: ClientConnection, address: str, page: str, query: str) -> None:
        self._socket, self._address, self._page, self._query = socket, address, page, query
        self.saved = 0
        self.faults: list[str] = []
        self._hash = ""
        self._widgets: dict[str, str] = {}  # the ids of those that take a text, by their keys

    async def run(self, texts: Mapping[str, str] = MappingProxyType({})) -> None:
        """Run the page with new texts in widgets, by their keys, and wait for its end."""
        back = BackMsg()
        back.rerun_script.query_string = self._query
        back.rerun_script.page_name = "" if self._hash else self._page
        back.rerun_script.page_script_hash = self._hash
        back.rerun_script.context_info.url = f"{self._address}/{self._page}"
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
                self._see(forward.delta.new_element)
            elif kind == "script_finished" and forward.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return

    def _see(self, element: Element) -> None:
        form = element.WhichOneof("type")
        if form in TAKES_TEXT:
            widget = str(getattr(element, form).id)
            self._widgets[widget.split("-", 2)[2]] = widget  # $$ID-digest-key
        elif form == "html" and (said := SAVED.search(element.html.body)):
            self.saved = int(said[1])
        elif form == "exception":
            self.faults.append(element.exception.message)
        elif form == "alert" and element.alert.format == Alert.ERROR:
            self.faults.append(element.alert.body)

    async def leave(self) -> None:
        """Close the connection."""
        await self._socket.close()


def _bytes(received: str | bytes) -> bytes:
    return received.encode() if isinstance(received, str) else received


async def visit(address: str, page: str, query: str) -> Visitor:
    """Open a page of a server."""
    socket = await connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        compression=None,
    )
    visitor = Visitor(socket, address, page, query)
    try:
        await visitor.run()
    except BaseException:
        await visitor.leave()
        raise
    return visitor
