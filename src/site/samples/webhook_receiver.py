#!/usr/bin/env python3
"""Receives the webhook of nexo-pairing and prints each notice once.

Usage: WEBHOOK_SECRET=whsec_... webhook_receiver.py [port]
Listens on 127.0.0.1. Needs nothing but Python 3.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
MAX_BODY = 65536
MAX_AGE_SECONDS = 300
seen = set()  # Message ids. A real receiver stores them where it stores its work.
working = threading.Lock()


def is_genuine(headers, body):
    """Whether the server signed this body within the last five minutes."""
    message, sent, signatures = (headers.get("webhook-" + name, "") for name in ("id", "timestamp", "signature"))
    if not sent.isdecimal() or len(sent) > 12 or abs(time.time() - int(sent)) > MAX_AGE_SECONDS:
        return False
    signed = hmac.new(KEY, f"{message}.{sent}.".encode("latin-1") + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(signed)
    return any(hmac.compare_digest(expected, one) for one in signatures.encode("latin-1").split(b" "))


class Receiver(BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > 12 or int(length) > MAX_BODY:
            return self.answer(413)
        body = self.rfile.read(int(length))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        with working:
            # A message may come twice, always under the same id. If the work fails, it comes again.
            if self.headers["webhook-id"] not in seen:
                self.handle_notice(json.loads(body))
                seen.add(self.headers["webhook-id"])
        self.answer(204)

    def handle_notice(self, notice):
        for request in notice["data"].get("requests", []):
            name = request.get("claimed_name", "no name")
            where = f'{request["channel"]}:{request["account_id"]}'
            print(f'#{request["number"]} {request["sender_id"]} ({name}) on {where}: {request.get("text", "")}', flush=True)
        if notice["type"] == "pairing.test":
            print("test", flush=True)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *ignored):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8787), Receiver)
    print("listening on port", server.server_port, flush=True)
    server.serve_forever()
