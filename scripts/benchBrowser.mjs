/** Starts Chromium on the bench page: a blank page, cross-origin isolated, with one worker that measures. */
import { existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { ISOLATION } from './policy.mjs';
import { ROOT } from './root.mjs';
import { createStaticServer, listen } from './serve.mjs';
import { hashSources } from './sources.mjs';

const CACHE = path.join(ROOT, 'node_modules', '.cache', 'patchwork');
const SOURCES = ['src', 'scripts', 'tsconfig.json', 'package-lock.json'];
const SOFTWARE = '--use-webgpu-adapter=swiftshader';
/** A graphics card where there is one: on Linux headless Chromium reaches it through Vulkan only. */
const HARDWARE_ARGS = [...CHROMIUM_ARGS.filter((argument) => argument !== SOFTWARE), '--enable-features=Vulkan'];

/** As in src/cli/bench/torch/link.ts: the number of threads follows. */
const TORCH_PATH = '/torch/';

/** @typedef {(threads: 1 | 2, message: Uint8Array<ArrayBuffer>) => Promise<string>} TorchLink */

/**
 * @param {{ webgpu: boolean, link: TorchLink }} options whether a GPU adapter is needed: a real one if there is one, else the software one;
 * and what messages to PyTorch are handed to
 */
export async function openBenchBrowser({ webgpu, link }) {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium or Chrome found: install it, or name it in CHROMIUM_PATH, or use --where node.');
  // Under no policy: other libraries are measured as they are.
  const files = createStaticServer(await buildPage(), ISOLATION);
  const server = http.createServer((request, response) => {
    if (request.url?.startsWith(TORCH_PATH) === true) askTorch(request, response, link);
    else files.emit('request', request, response);
  });
  const address = `http://localhost:${await listen(server, 0, 'localhost')}/`;
  const browser = await launch(executablePath, webgpu, address);
  const page = await browser.newPage();
  return {
    name: `Chromium ${browser.version()}`,

    /**
     * @param {unknown} request
     * @param {(line: string) => void} onConsole
     */
    async run(request, onConsole) {
      await page.goto(address);
      const started = page.waitForEvent('worker');
      await page.evaluate(() => {
        new Worker('./bench.js', { type: 'module' });
      });
      const worker = await started;
      worker.on('console', (message) => onConsole(message.text()));
      await waitForGlobal(worker);
      return worker.evaluate((asked) => Reflect.get(globalThis, 'runBench')(asked), request);
    },

    async close() {
      await browser.close();
      server.close();
    },
  };
}

/**
 * Hands on what the page wants of PyTorch.
 *
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {TorchLink} link
 */
async function askTorch(request, response, link) {
  try {
    const message = new Uint8Array(await buffer(request));
    response.end(await link(request.url === `${TORCH_PATH}1` ? 1 : 2, message));
  } catch (error) {
    response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}

/**
 * The worker's module has run once `runBench` is there.
 *
 * @param {import('playwright').Worker} worker
 */
async function waitForGlobal(worker) {
  const deadline = performance.now() + 30_000;
  while (!(await worker.evaluate(() => 'runBench' in globalThis))) {
    if (performance.now() > deadline) throw new Error('The bench page did not start.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * @param {string} executablePath
 * @param {boolean} webgpu
 * @param {string} address of a page that may use WebGPU
 */
async function launch(executablePath, webgpu, address) {
  const { chromium } = await import('playwright');
  if (!webgpu) return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const browser = await chromium.launch({ executablePath, args: HARDWARE_ARGS });
  const page = await browser.newPage();
  await page.goto(address);
  const found = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    return adapter !== null && adapter !== undefined;
  });
  await page.close();
  if (found) return browser;
  await browser.close();
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** Builds the worker once and keeps it until a source changes; returns the folder. */
async function buildPage() {
  const folder = path.join(CACHE, `bench-${hashSources(SOURCES)}`);
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  console.error('Building the bench page ...');
  const { build } = await import('vite');
  const { assemblyScript } = await import('./assemblyscript.mjs');
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(CACHE, { recursive: true });
  await build({
    configFile: false,
    root: ROOT,
    base: './',
    publicDir: false,
    logLevel: 'silent',
    plugins: [assemblyScript()],
    build: {
      target: 'chrome120',
      outDir: unfinished,
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: {
        input: { bench: path.join(ROOT, 'src', 'cli', 'bench', 'page.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  writeFileSync(path.join(unfinished, 'index.html'), '<!doctype html><title>Bench</title>\n');
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
