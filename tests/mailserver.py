"""A mail server with one mailbox on this machine: POP3, as far as it takes."""

import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        mails, gone = self.server.mails, set()
        self.say("+OK ready")
        for line in self.rfile:
            verb, _space, rest = line.decode("latin-1").strip().partition(" ")
            verb = verb.upper()
            if verb == "PASS" and rest != self.server.password:
                self.say("-ERR wrong password")
                return
            if verb == "STAT":
                self.say(f"+OK {len(mails)} {sum(map(len, mails))}")
            elif verb == "LIST":
                sizes = [f"{n} {len(mail)}" for n, mail in enumerate(mails, 1)]
                self.say("\r\n".join(["+OK", *sizes, "."]))
            elif verb == "RETR":
                self.say("+OK")
                for row in mails[int(rest) - 1].splitlines():
                    self.wfile.write((b"." if row[:1] == b"." else b"") + row + b"\r\n")
                self.say(".")
            elif verb == "DELE":
                gone.add(int(rest))
                self.say("+OK")
            elif verb == "QUIT":
                mails[:] = [mail for n, mail in enumerate(mails, 1) if n not in gone]
                self.say("+OK")
                return
            else:
                self.say("+OK")

    def say(self, text):
        self.wfile.write(text.encode("latin-1") + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Serves `mails` (bytes) on 127.0.0.1 at `port` to whoever knows `password`.

    Use it as a context manager.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, password):
        super().__init__(("127.0.0.1", 0), _Session)
        self.password = password
        self.mails = []
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
