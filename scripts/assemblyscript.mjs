/**
 * Compiles our SIMD kernels from AssemblyScript. `import modules from './kernels.ts?assemblyscript'` gives the WebAssembly
 * module in base64, built for a plain memory and for a shared one, since the import's type has to match the memory's, and
 * both again with relaxed SIMD (fused multiply-add), which some engines do not know; `called` are its range kernels by their numbers.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeCalls } from './kernelCalls.mjs';
import { ROOT } from './root.mjs';
import { hashSources } from './sources.mjs';

/** @typedef {Record<'plain' | 'shared' | 'plainRelaxed' | 'sharedRelaxed', string>} Modules */

const QUERY = /[?&]assemblyscript(&|$)/;
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'patchwork-simd');
/** The kernels use the heap of tfjs: they import its memory and may put nothing of their own there. */
const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--importMemory'];
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
const RELAXED = ['--enable', 'relaxed-simd'];

/** @returns {import('vite').Plugin} */
export function assemblyScript() {
  return {
    name: 'assemblyscript',
    async load(id) {
      if (!QUERY.test(id)) return undefined;
      const entry = id.replace(/\?.*$/, '');
      const folder = path.dirname(entry);
      const sources = hashSources([
        path.relative(ROOT, folder),
        'scripts/assemblyscript.mjs',
        'scripts/kernelCalls.mjs',
        'package-lock.json',
      ]);
      for (const name of readdirSync(folder)) this.addWatchFile(path.join(folder, name));
      const modules = readCache(sources) ?? writeCache(sources, await compileAll(entry));
      const { names } = writeCalls(folder);
      return `export default ${JSON.stringify(modules)};\nexport const called = ${JSON.stringify(names)};`;
    },
  };
}

/**
 * @param {string} entry
 * @returns {Promise<Modules>}
 */
async function compileAll(entry) {
  return {
    plain: await compile(entry, []),
    shared: await compile(entry, SHARED),
    plainRelaxed: await compile(entry, RELAXED),
    sharedRelaxed: await compile(entry, [...SHARED, ...RELAXED]),
  };
}

/**
 * @param {string} entry
 * @param {string[]} options
 */
async function compile(entry, options) {
  // Loaded here, as the compiler takes a second to load and the cache mostly answers.
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {string | Uint8Array | undefined} */
  let binary;
  const folder = path.dirname(entry);
  const files = [path.basename(entry), '--baseDir', folder, '--outFile', 'kernels.wasm'];
  const { error, stderr } = await asc.main([...files, ...OPTIONS, ...options], {
    readFile: (name) => {
      if (name === 'calls.ts') return writeCalls(folder).text;
      const file = path.resolve(folder, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents;
    },
  });
  if (error !== null || binary === undefined) throw new Error(`The SIMD kernels do not compile.\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}

/**
 * @param {string} sources
 * @returns {Modules | undefined}
 */
function readCache(sources) {
  try {
    return JSON.parse(readFileSync(path.join(CACHE, `${sources}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} sources
 * @param {Modules} modules
 */
function writeCache(sources, modules) {
  const file = path.join(CACHE, `${sources}.json`);
  mkdirSync(CACHE, { recursive: true });
  // In place whole: other processes may read it now.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(modules));
  renameSync(`${file}.${process.pid}`, file);
  return modules;
}
