"""Serves Patchwork from the zip on this computer, where there is Python and no Node: python3 serve.py [PORT]"""
import http.server
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = json.loads((HERE / "server" / "headers.json").read_text(encoding="utf-8"))


class Handler(http.server.SimpleHTTPRequestHandler):
    # Windows takes types from its registry, where programs write what they like.
    extensions_map = json.loads((HERE / "server" / "types.json").read_text(encoding="utf-8"))

    def __init__(self, *rest):
        super().__init__(*rest, directory=str(HERE / "dist"))

    def guess_type(self, path):
        return self.extensions_map.get(pathlib.Path(path).suffix, "application/octet-stream")

    def end_headers(self):
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *rest):
        pass


asked = int(sys.argv[1]) if len(sys.argv) > 1 else None
for port in [asked] if asked is not None else range(5173, 5273):
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        break
    except OSError as error:
        problem = error
else:
    sys.exit(f"No port can be had: {problem}. Choose another: python3 serve.py PORT")
print(f"\n  Patchwork is at http://localhost:{server.server_port}/\n\n  Press Ctrl+C to stop.", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
