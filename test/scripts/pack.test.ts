import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { packZip } from '../../scripts/pack.mjs';
import { HEADERS } from '../../scripts/policy.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-pack-'));
const dist = path.join(folder, 'dist');
mkdirSync(path.join(dist, 'assets'), { recursive: true });
writeFileSync(path.join(dist, 'index.html'), '<p>page</p>');
writeFileSync(path.join(dist, '.sources'), 'hash');
writeFileSync(path.join(dist, 'assets/app-1a2b.js'), 'let x = 1;');
const running: ChildProcess[] = [];

afterAll(() => {
  for (const program of running) program.kill();
  rmSync(folder, { recursive: true });
});

/** Starts a server of the zip, and resolves with the address that it prints. */
function addressOf(program: string, args: string[], cwd: string): Promise<string> {
  const child = spawn(program, args, { cwd });
  running.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += String(bytes);
      const found = /http:\/\/localhost:\d+\//.exec(said);
      if (found !== null) resolve(found[0]);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
  });
}

it('makes the same bytes of the same files', () => {
  expect(Buffer.from(packZip(dist, '1.2.3')).equals(Buffer.from(packZip(dist, '1.2.3')))).toBe(true);
  const files = unzipSync(packZip(dist, '1.2.3'));
  expect(Object.keys(files)).toContain('patchwork-1.2.3/dist/index.html');
  expect(Object.keys(files).filter((name) => name.includes('.sources'))).toEqual([]);
  expect(Buffer.from(files['patchwork-1.2.3/START.cmd']).toString()).toMatch(/^@echo off\r\n/);
});

it('has a START.cmd that cmd.exe can follow', () => {
  const text = Buffer.from(unzipSync(packZip(dist, '1.2.3'))['patchwork-1.2.3/START.cmd']).toString('latin1');
  expect(text).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const lines = text.split('\r\n');
  const labels = lines.filter((line) => line.startsWith(':'));
  const wanted = lines.flatMap((line) => /goto (\w+)$/.exec(line)?.slice(1) ?? []);
  expect(new Set(labels)).toEqual(new Set(wanted.map((label) => `:${label}`)));
  // In a block all of %* is put in before anything is read, brackets too.
  expect(lines.filter((line) => line.includes('%*') && /[()]/.test(line))).toEqual([]);
});

it('serves the page with all headers from where it was unzipped, with Node and with Python', async () => {
  for (const [name, bytes] of Object.entries(unzipSync(packZip(dist, '1.2.3')))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  const place = path.join(folder, 'patchwork-1.2.3');
  const ways = [addressOf(process.execPath, ['serve.mjs', '--port', '0'], place)];
  if (spawnSync('python3', ['--version']).status === 0) ways.push(addressOf('python3', ['serve.py', '0'], place));
  for (const way of ways) {
    const address = await way;
    const page = await fetch(address);
    expect(await page.text()).toBe('<p>page</p>');
    const script = await fetch(`${address}assets/app-1a2b.js`);
    for (const [name, value] of Object.entries(HEADERS)) expect(script.headers.get(name)).toBe(value);
    expect(script.headers.get('Content-Type')).toMatch(/^text\/javascript/);
    await script.arrayBuffer();
  }
});
