"""Another city on a free port of this machine, which answers as a test wants it to: also wrongly, slowly, endlessly."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Answer = Callable[[socket.socket, str], None]


def said(value, *, status="200 OK", kind="application/json", extra=""):
    """A plain answer with this value as JSON, or with these bytes."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()

    def answer(line, _path):
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
        line.sendall(head.encode() + body)

    return answer


def raw(content: bytes, *, then=None):
    """These bytes, and then the same piece again and again until nobody listens."""

    def answer(line, _path):
        line.sendall(content)
        while then:
            line.sendall(then)

    return answer


@contextmanager
def partner(answer: Answer, *, certificate: Path | None = None) -> Iterator[tuple[str, list[str]]]:
    """Its address, and what it was asked for. With a certificate (and its key) it speaks TLS."""
    door, asked = socket.create_server(("127.0.0.1", 0)), []
    ended, scheme = threading.Event(), "https" if certificate else "http"
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate:
        tls.load_cert_chain(certificate)

    def serve():
        while not ended.is_set():
            with suppress(OSError):
                line, _address = door.accept()
                threading.Thread(target=one, args=(line,), daemon=True).start()

    def one(line):
        with suppress(OSError):
            heard(tls.wrap_socket(line, server_side=True) if certificate else line)

    def heard(line):
        with line, suppress(OSError, ValueError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += line.recv(4096) or b"\r\n\r\n"
            asked.append(head.decode())
            answer(line, head.split(b" ")[1].decode())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{door.getsockname()[1]}", asked
    finally:
        ended.set()
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(5)


def idea(number, **more):
    given = {
        "id": number, "title": f"Trinkbrunnen am Markt {number}", "text": "Wasser für alle, auch im Sommer.",
        "url": f"/idee/{number}", "topic": {"slug": "klima", "title": "Klima"}, "support_count": 12,
        "published_at": "2026-09-01T10:00:00Z",
    }  # fmt: skip
    return {**given, **more}


def page(*ideas, following=None):
    return {"data": list(ideas), "links": {"self": "x", "next": following}, "licence": {"name": "CC BY 4.0"}}
