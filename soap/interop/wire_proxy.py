"""A proxy between the service and a client that cannot hand over its bytes: it passes every exchange on as it is, and
keeps the bytes of each question and answer in the order of the questions."""

import gzip
import http.client
import http.server
import threading
import urllib.parse

BETWEEN_TWO = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length", "expect"}


class WireProxy:
    """Listens on a free port of this machine, at address, for as long as the with statement lasts. The service reads
    the host that the client asked for, so a contract that is fetched here names this address as the service's."""

    def __init__(self, base):
        self.exchanges = []  # (bytes sent, bytes received), one for each question
        service = urllib.parse.urlsplit(base).netloc
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(service, self.exchanges))
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def handler(service, exchanges):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.answer(*self.ask(None))

        def do_POST(self):
            if "Content-Length" not in self.headers:
                self.send_error(411)
                return
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            answer, received = self.ask(sent)
            zipped = answer.getheader("Content-Encoding") == "gzip"
            exchanges.append((sent, gzip.decompress(received) if zipped else received))
            self.answer(answer, received)

        def ask(self, sent):
            """The same question to the service: its answer and the answer's body."""
            connection = http.client.HTTPConnection(service)
            connection.request(self.command, self.path, sent, dict(passed_on(self.headers.items())))
            answer = connection.getresponse()
            received = answer.read()
            connection.close()
            return answer, received

        def answer(self, answer, received):
            self.send_response_only(answer.status, answer.reason)
            for name, value in passed_on(answer.getheaders()):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(received)))
            self.end_headers()
            self.wfile.write(received)

        def log_message(self, *_):
            """Says nothing: what was asked is in the records."""

    return Handler


def passed_on(headers):
    return [(name, value) for name, value in headers if name.lower() not in BETWEEN_TWO]
