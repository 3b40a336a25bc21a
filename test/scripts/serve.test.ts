import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaticServer, listen } from '../../scripts/serve.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-serve-'));
const server = createStaticServer(path.join(folder, 'dist'));
let port = 0;

interface Answer {
  status: number | undefined;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** `fetch` would tidy the address up before it is sent. */
function get(address: string, options: http.RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: address, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', reject).end();
  });
}

beforeAll(async () => {
  mkdirSync(path.join(folder, 'dist/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'dist/.sources'), 'hash');
  writeFileSync(path.join(folder, 'dist/index.html'), '<p>page</p>');
  writeFileSync(path.join(folder, 'dist/assets/app-1a2b.js'), 'let x = 1;'.repeat(100));
  port = await listen(server, 0, '127.0.0.1');
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('the static server', () => {
  it('isolates the page and lets it be asked for anew', async () => {
    const { status, headers, body } = await get('/');
    expect([status, body.toString()]).toEqual([200, '<p>page</p>']);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'content-security-policy': expect.stringContaining("connect-src 'self' blob:;"),
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  it('serves the page under an address with settings', async () => {
    expect((await get('/?model.depth=2')).body.toString()).toBe('<p>page</p>');
  });

  it('compresses scripts for those who take it, and lets them be kept', async () => {
    const { headers, body } = await get('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': expect.stringContaining('immutable') });
    expect(gunzipSync(body).toString()).toMatch(/^let x = 1;/);
    expect((await get('/assets/app-1a2b.js')).body.toString()).toMatch(/^let x = 1;/);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '/.sources',
    '/missing',
    '/%ff',
    '/a%00b',
    '/assets',
  ])('has nothing at %s', async (address) => {
    expect((await get(address)).status).toBe(404);
  });

  it('answers HEAD without a body and refuses to be written to', async () => {
    const head = await get('/', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '11', 0]);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });
});
