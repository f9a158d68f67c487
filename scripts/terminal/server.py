"""A server whose log is looked at, and one that lies."""

import http.client
import http.server
import json
import os
import pty
import re
import socket
import subprocess
import sys
import threading
import time

from look import FOLDER, HOSTILE, PROGRAMS, look


class Server:
    """A server whose log goes to a terminal, or to a file."""

    def __init__(self, name, log_format):
        self.data = os.path.join(FOLDER, name)
        self.log = b""
        self.ours, its = pty.openpty()
        command = [f"{PROGRAMS}/assetmon-server", "--data-dir", self.data, "--listen", "127.0.0.1:0", "--log-format", log_format]
        environment = {"PATH": os.environ["PATH"], "ASSETMON_LOG": "trace"}
        self.process = subprocess.Popen(command, stderr=its, env=environment, start_new_session=True)
        os.close(its)
        # A terminal that nobody reads holds up who writes to it.
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            time.sleep(0.05)
            address = re.search(rb"127\.0\.0\.1:([1-9]\d*)", self.log)
            if address:
                self.port = int(address.group(1))
                return
        sys.exit(f"error: the server does not listen: {self.log.decode('utf-8', 'replace')}")

    def read(self):
        while True:
            try:
                more = os.read(self.ours, 65536)
            except OSError:
                return
            if not more:
                return
            self.log += more

    def ask(self, token, method, path, body=None, headers=()):
        """Asks over the network, or without a token as an admin over the socket."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        if token is None:
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(os.path.join(self.data, "admin.sock"))
        headers = dict(headers)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse().read()
        connection.close()
        try:
            return json.loads(answer)
        except ValueError:
            return {}

    def end(self, what):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.reader.join(timeout=10)
        os.close(self.ours)
        look(what, self.log.decode("utf-8", "surrogateescape"))


class Liar(http.server.BaseHTTPRequestHandler):
    """A server that refuses all, by the worst words."""

    def refuse(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"error": {"code": "invalid_request", "message": HOSTILE, "hint": HOSTILE}}).encode()
        self.send_response(400, HOSTILE.replace("\r\n", "").encode("latin-1", "replace").decode("latin-1"))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = refuse

    def log_message(self, *_):
        pass


def a_liar():
    """Where it listens."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Liar)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
