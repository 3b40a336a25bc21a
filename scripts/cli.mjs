/**
 * `npm run train -- ...`: the command line in src/cli, bundled once for Node and kept until a source changes. Standard output
 * belongs to the command; what is said here goes to stderr.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installIfNeeded } from './install.mjs';
import { ROOT } from './root.mjs';
import { hashSources } from './sources.mjs';

const COMMANDS = [
  'train',
  'finetune',
  'compare',
  'bench',
  'soak',
  'leaks',
  'robustness',
  'words',
  'export',
  'kills',
  'fuzz',
  'learns',
];
/** What commands start in threads of their own. */
const THREADS = ['soundThread'];
const INPUTS = [...COMMANDS.map((name) => [name, `cli/${name}.ts`]), ...THREADS.map((name) => [name, `worker/${name}.ts`])];
const SOURCES = ['src', 'scripts', 'tsconfig.json', 'package-lock.json'];
const BUNDLES = path.join(ROOT, 'node_modules', '.cache', 'patchwork');
const DAY = 86_400_000;

const [command = '', ...args] = process.argv.slice(2);
if (!COMMANDS.includes(command)) {
  console.error(`Use: node scripts/cli.mjs ${COMMANDS.join('|')} [options]`);
  process.exit(2);
}
// Until the command listens itself: Node would open a debugger, and a scheduler means "end, and run me again".
const runAgain = () => process.exit(75);
process.on('SIGUSR1', runAgain);
await installIfNeeded();
const bundle = path.join(BUNDLES, `cli-${hashSources(SOURCES)}`);
if (existsSync(bundle)) utimesSync(bundle, new Date(), new Date());
else await build(bundle).catch(stop);
process.setSourceMapsEnabled(true);
// npm starts scripts in the repository's root; a path that a person typed starts where they stand.
if (process.env.npm_lifecycle_event === command && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const { main } = await import(pathToFileURL(path.join(bundle, `${command}.mjs`)).href);
// What the bench cannot do from inside its bundle: build a page, find a browser, and find PyTorch.
const { openBenchBrowser: openBrowser } = await import('./benchBrowser.mjs');
const { findTorch } = await import('./python.mjs');
process.off('SIGUSR1', runAgain);
await main(args, { openBrowser, findTorch });

/** @param {unknown} error */
function stop(error) {
  console.error(`The command line could not be built: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

/**
 * Bundles into a folder of its own and moves that into place whole: several runs may start at the same time.
 *
 * @param {string} target
 */
async function build(target) {
  mkdirSync(BUNDLES, { recursive: true });
  for (const name of readdirSync(BUNDLES)) {
    const old = path.join(BUNDLES, name);
    if (Date.now() - (statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? 0) > DAY)
      rmSync(old, { recursive: true, force: true });
  }
  const { build: bundleWithVite } = await import('vite');
  const { TFJS_IN_NODE } = await import('./tfjs.mjs');
  const { assemblyScript } = await import('./assemblyscript.mjs');
  const { demoPage } = await import('./demoPage.mjs');
  const unfinished = `${target}.${process.pid}`;
  await bundleWithVite({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'silent',
    plugins: [assemblyScript(), demoPage()],
    // sharp and webgpu carry native code.
    ssr: { noExternal: true, external: ['sharp', 'webgpu'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: unfinished,
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        ...TFJS_IN_NODE,
        input: Object.fromEntries(INPUTS.map(([name, file]) => [name, path.join(ROOT, 'src', file)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
