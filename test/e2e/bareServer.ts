/** A static server as schools have them: no headers but the type, files below a path, and nobody who knows what Patchwork is. */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { listen } from '../../scripts/serve.mjs';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface BareServer {
  readonly url: string;
  /** Names of what was asked for. */
  readonly asked: string[];
  /** Serves what is there from now on, as after an upload. */
  serve(folder: string, change?: (name: string, body: Buffer) => Buffer): void;
  stop(): void;
}

/** @param below where the files are, e.g. "/school/patchwork/" */
export async function startBareServer(folder: string, below = '/'): Promise<BareServer> {
  const asked: string[] = [];
  let now: Parameters<BareServer['serve']> = [folder];
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname.startsWith(below) ? pathname.slice(below.length) || 'index.html' : '.';
    asked.push(name);
    const [place, change] = now;
    const body = await readFile(path.join(place, name)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': TYPES[path.extname(name)] ?? 'application/octet-stream',
    });
    response.end(body && (change?.(name, body) ?? body));
  });
  const port = await listen(server, 0, 'localhost');
  return {
    url: `http://localhost:${port}${below}`,
    asked,
    serve: (...next) => {
      now = next;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
