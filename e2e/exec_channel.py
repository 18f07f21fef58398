"""A client of the Session Manager's data channel, written from its description alone: what AWS's plugin does, so that tests can see every message."""

import base64
import hashlib
import json
import os
import socket
import struct
import time
import urllib.parse
import uuid

OUTPUT, SIZE, HANDSHAKE_REQUEST, HANDSHAKE_RESPONSE, HANDSHAKE_COMPLETE, STDERR, EXIT_CODE = 1, 3, 5, 6, 7, 11, 12
DEADLINE_S = 30


class WebSocket:
    """A websocket of a few lines: masked frames out, whole messages in."""

    def __init__(self, url):
        url = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((url.hostname, url.port), timeout=DEADLINE_S)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(4096)
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        self.status = int(head.split()[1])

    def send(self, payload, opcode):
        mask = os.urandom(4)
        length = len(payload)
        head = bytes([0x80 | opcode]) + (bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack(">H", length) if length < 65536 else b"\xff" + struct.pack(">Q", length))
        self.socket.sendall(head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload)))

    def _take(self, count):
        while len(self.rest) < count:
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError("the other end is gone")
            self.rest += more
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def receive(self):
        """The next message: its opcode and payload. Pings are answered."""
        while True:
            first, second = self._take(2)
            length = second & 0x7F
            if length == 126:
                length = struct.unpack(">H", self._take(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self._take(8))[0]
            payload = self._take(length)
            if first & 0x0F == 9:
                self.send(payload, 10)
            elif first & 0x0F != 10:
                return first & 0x0F, payload

    def close(self):
        self.socket.close()


def encode(kind, sequence, payload, content=0, flags=0):
    identity = uuid.uuid4().bytes
    return b"".join((
        struct.pack(">I", 116), kind.encode().ljust(32), struct.pack(">I", 1), struct.pack(">Q", int(time.time() * 1000)),
        struct.pack(">q", sequence), struct.pack(">Q", flags), identity[8:], identity[:8], hashlib.sha256(payload).digest(),
        struct.pack(">I", content), struct.pack(">I", len(payload)), payload))


def decode(frame):
    header = struct.unpack(">I", frame[:4])[0]
    length = struct.unpack(">I", frame[header:header + 4])[0]
    payload = frame[header + 4:header + 4 + length]
    assert struct.unpack(">Q", frame[40:48])[0] > 0, "messages say when they were made"
    if length:
        assert frame[80:112] == hashlib.sha256(payload).digest(), "the digest is the payload's"
    return {
        "kind": frame[4:36].decode().strip("\0 "), "sequence": struct.unpack(">q", frame[48:56])[0],
        "id": str(uuid.UUID(bytes=frame[72:80] + frame[64:72])), "content": struct.unpack(">I", frame[112:116])[0], "payload": payload}


class Channel:
    """One end of a session. Acknowledges and orders what comes; `acknowledges` off plays a client that is deaf for a while."""

    def __init__(self, session, **opening):
        """`opening` is what this client says otherwise than the plugin in its first frame."""
        self.session = session
        self.opening = opening
        self.url = session["streamUrl"]
        self.sent = 0
        self.expected = 0
        self.text = b""
        self.closed = None
        self.acknowledged = set()
        self.repeats = 0
        self.acknowledges = True
        self.codes = []
        self.contents = []
        self.unacknowledged = {}
        self.open(session["tokenValue"])

    def open(self, token):
        self.socket = WebSocket(self.url)
        assert self.socket.status == 101, self.socket.status
        opening = {"MessageSchemaVersion": "1.0", "RequestId": str(uuid.uuid4()), "TokenValue": token, "ClientId": str(uuid.uuid4()), "ClientVersion": "1.2.0.0"} | self.opening
        self.socket.send(json.dumps(opening).encode(), 1)
        for frame in self.unacknowledged.values():
            self.socket.send(frame, 2)

    def say(self, payload, content=OUTPUT):
        frame = encode("input_stream_data", self.sent, payload, content, flags=int(self.sent == 0))
        self.unacknowledged[self.sent] = frame
        self.sent += 1
        self.socket.send(frame, 2)
        return frame

    def begun(self):
        """Waits until the handshake is over, as the plugin does before it reads a key."""
        return self.until(lambda: self.expected >= 2, "the handshake is over")

    def type(self, text):
        self.begun()
        self.say(text.encode())

    def resize(self, cols, rows):
        self.begun()
        self.say(json.dumps({"cols": cols, "rows": rows}).encode(), SIZE)

    def take(self):
        """Takes one message."""
        opcode, frame = self.socket.receive()
        if opcode == 8:
            raise ConnectionError("closed")
        message = decode(frame)
        if message["kind"] == "acknowledge":
            note = json.loads(message["payload"])
            self.acknowledged.add(note["AcknowledgedMessageSequenceNumber"])
            self.unacknowledged.pop(note["AcknowledgedMessageSequenceNumber"], None)
        elif message["kind"] == "channel_closed":
            self.closed = json.loads(message["payload"])
        elif message["kind"] == "output_stream_data":
            if self.acknowledges:
                note = {"AcknowledgedMessageType": message["kind"], "AcknowledgedMessageId": message["id"],
                        "AcknowledgedMessageSequenceNumber": message["sequence"], "IsSequentialMessage": True}
                self.socket.send(encode("acknowledge", 0, json.dumps(note).encode(), flags=3), 2)
            if message["sequence"] < self.expected:
                self.repeats += 1
                return
            assert message["sequence"] == self.expected, "a websocket keeps the order"
            self.expected += 1
            self.follow(message)

    def follow(self, message):
        self.contents.append(message["content"])
        if message["content"] == HANDSHAKE_REQUEST:
            asked = json.loads(message["payload"])["RequestedClientActions"]
            assert [action["ActionType"] for action in asked] == ["SessionType"], asked
            answer = {"ClientVersion": "1.2.0.0", "Errors": None,
                      "ProcessedClientActions": [{"ActionType": "SessionType", "ActionStatus": 1, "ActionResult": None, "Error": ""}]}
            self.say(json.dumps(answer).encode(), HANDSHAKE_RESPONSE)
        elif message["content"] == OUTPUT:
            self.text += message["payload"]
        elif message["content"] == EXIT_CODE:
            self.codes.append(int(message["payload"]))

    def until(self, condition, what):
        end = time.monotonic() + DEADLINE_S
        while not condition():
            assert time.monotonic() < end, f"not in time: {what}; it said {self.text!r}"
            self.take()
        return self

    def until_text(self, text):
        return self.until(lambda: text.encode() in self.text, text)

    def until_closed(self):
        self.until(lambda: self.closed is not None, "the channel is closed")
        return self.closed
