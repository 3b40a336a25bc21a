/** A small server for the built page: static files with the headers that make the page cross-origin isolated. */
import { readFile, stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { HEADERS } from './policy.mjs';

/** @type {Record<string, string>} */
export const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.wasm']);

/**
 * @param {string} folder what to serve
 * @param {Record<string, string>} headers what comes with every file
 * @returns {http.Server} not yet listening
 */
export function createStaticServer(folder, headers = HEADERS) {
  return http.createServer(answerFrom(folder, headers));
}

/**
 * @param {string} folder what to serve
 * @param {{ cert: Buffer, key: Buffer }} identity in PEM
 * @returns {https.Server} not yet listening
 * @throws Error when certificate and key are none, or do not belong together
 */
export function createSecureServer(folder, identity) {
  return https.createServer(identity, answerFrom(folder, HEADERS));
}

/**
 * @param {string} folder
 * @param {Record<string, string>} headers
 * @returns {(request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>}
 */
function answerFrom(folder, headers) {
  /** @type {Map<string, { changed: number, body: Buffer }>} */
  const compressed = new Map();

  /** @param {string} file @param {number} changed */
  async function compress(file, changed) {
    const known = compressed.get(file);
    if (known?.changed === changed) return known.body;
    const body = await promisify(gzip)(await readFile(file));
    compressed.set(file, { changed, body });
    return body;
  }

  return async (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET and HEAD are served here.');
    const file = fileOf(folder, request.url ?? '/');
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (file === undefined || !found?.isFile()) return refuse(response, 404, 'There is no such file.');

    const extension = path.extname(file);
    response.setHeader('Content-Type', TYPES[extension] ?? 'application/octet-stream');
    // Vite puts a hash of the content into the names below assets/.
    const hashed = path.relative(folder, file).startsWith('assets');
    response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    const gzipped = COMPRESSIBLE.has(extension) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    if (gzipped) response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
    const body = gzipped ? await compress(file, found.mtimeMs) : await readFile(file);
    response.setHeader('Content-Length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

/**
 * The file that an address names; undefined when it leads out of `folder` or to a hidden file.
 *
 * @param {string} folder
 * @param {string} address
 */
function fileOf(folder, address) {
  let name;
  try {
    name = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.split(/[\\/]/).some((part) => part.startsWith('.'))) return undefined;
  return path.join(folder, name.endsWith('/') ? `${name}index.html` : name);
}

/** @param {http.ServerResponse} response @param {number} status @param {string} message */
function refuse(response, status, message) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${message}\n`);
}

/**
 * @param {http.Server | https.Server} server
 * @param {number} port 0 takes any free one
 * @param {string} host
 * @returns {Promise<number>} the port it listens on
 * @throws the error of `listen`, e.g. with code EADDRINUSE
 */
export function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
