"""Takes callbacks and checks their signatures: python3 receiver.py PORT, with the secret in SAM_WEBHOOK_SECRET."""

import base64
import hashlib
import hmac
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE_SECONDS = 300
KEY = base64.b64decode(os.environ["SAM_WEBHOOK_SECRET"][len("whsec_"):])
seen = set()


def is_genuine(headers, body):
    try:
        timestamp = int(headers["webhook-timestamp"])
        signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
        expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
        fresh = abs(time.time() - timestamp) <= TOLERANCE_SECONDS
        # Two signatures while a secret is being rotated.
        given = headers["webhook-signature"].encode().split(b" ")
        return fresh and any([hmac.compare_digest(expected, each) for each in given])
    except (TypeError, ValueError, AttributeError):
        return False


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        genuine = is_genuine(self.headers, body)
        # A message may come more than once: what is done for it must be done once.
        if genuine and self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            print(body.decode(), flush=True)
        self.send_response(204 if genuine else 400)
        # This server ends every connection. A sender that is not told so may use it once more.
        self.send_header("connection", "close")
        self.end_headers()


server = HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(f"listening on {server.server_port}", flush=True)
server.serve_forever()
