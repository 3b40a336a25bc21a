/**
 * Bundles src/demo, the script of a page that is a model, for whoever writes such pages: `import page from 'virtual:demo-page'`. A
 * classic script, since browsers run no modules from a disk, and its hash, since the page's policy allows nothing else.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { hashSources } from './sources.mjs';

const ID = 'virtual:demo-page';
const ENTRY = path.join(ROOT, 'src', 'demo', 'main.ts');
/** In the order of their names. */
const STYLES = path.join(ROOT, 'src', 'demo', 'styles');
/** What src/demo may import, and what bundles it. */
const SOURCES = ['base', 'config', 'ops', 'model', 'objectives', 'data', 'metrics', 'demo'].map((name) => `src/${name}`);
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'patchwork-demo');

/** @returns {import('vite').Plugin} */
export function demoPage() {
  return {
    name: 'demo-page',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    async load(id) {
      if (id !== `\0${ID}`) return undefined;
      this.addWatchFile(ENTRY);
      const style = readStyles();

      const script = await bundled();
      const page = { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
      return `export default ${JSON.stringify(page)};`;
    },
  };
}

function readStyles() {
  const sheets = readdirSync(STYLES).sort();
  return sheets
    .map((name) => readFileSync(path.join(STYLES, name), 'utf8'))
    .join('')
    .trim();
}

/** @param {string} text */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

async function bundled() {
  const file = path.join(CACHE, `${hashSources([...SOURCES, 'scripts/demoPage.mjs', 'package-lock.json'])}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const script = await bundle();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, script);
  renameSync(`${file}.${process.pid}`, file);
  return script;
}

async function bundle() {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error('the script of the demo page is not one file');
  // The end of a script within a script would end it.
  return chunk.code.trim().replaceAll('</script', '<\\/script');
}
