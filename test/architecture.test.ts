/** The shape of the source tree: which folder may import which, and a few things that only one place may do. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../src');
/** A folder imports only from those before it, and from itself. */
const ORDER = [
  'config',
  'base',
  'ops',
  'engine',
  'model',
  'objectives',
  'data',
  'metrics',
  'demo',
  'io',
  'trainer',
  'home',
  'bench',
  'worker',
  'cli',
  'ui',
];
/** The same for the rooms of the page; a file that stands in no folder is a room of its own. */
const ROOMS = [
  'format.ts',
  'modalities',
  'measured.ts',
  'place.ts',
  'textSize.ts',
  'theme.ts',
  'wakeLock.ts',
  'hooks.ts',
  'controls',
  'canvas',
  'store',
  'title.ts',
  'leave.ts',
  'shortcuts.ts',
  'parts',
  'AnswerList.tsx',
  'picture',
  'sound',
  'text',
  'pairs',
  'extras.ts',
  'charts',
  'objectives',
  'study',
  'controller',
  'isolate.ts',
  'offline.ts',
  'launched.ts',
  'useSpaceBar.ts',
  'useUndoKeys.ts',
  'engine',
  'home',
  'header',
  'panels',
  'Finished.tsx',
  'runPage',
  'bench',
  'finetune',
  'compare',
  'papers',
  'DropZone.tsx',
  'DropPage.tsx',
  'Notices.tsx',
  'BrokenPage.tsx',
  'App.tsx',
  'main.tsx',
];
const MOST_LINES = 300;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => {
    const text = readFileSync(path.join(SRC, name), 'utf8');
    return { name: name.replaceAll('\\', '/'), text, imports: importsOf(name, text) };
  });

const styles = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, text: readFileSync(path.join(SRC, name), 'utf8') }));

/** Every word of the tests: what only they use is used. */
const tests = new Set(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('architecture'))
    .flatMap((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8').match(/\w+/g) ?? []),
);

/** Paths below src/ of the files that a file imports, types included. */
function importsOf(name: string, text: string): string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport|\bnew URL\()\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  const folder = path.posix.dirname(name.replaceAll('\\', '/'));
  // AssemblyScript names its modules without an extension.
  const extension = folder.endsWith('/assembly') ? '.ts' : '';
  return [...found].map(([, target = '']) => path.posix.join(folder, target.replace(/\?.*$/, '')) + extension);
}

function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : '';
}

/** The room of a file of the page; '' for other files. */
function roomOf(name: string): string {
  const [folder, room = ''] = name.split('/');
  return folder === 'ui' && /^[^.]+$|\.tsx?$/.test(room) ? room : '';
}

/** Imports of what stands further down in the order. */
function upwardImports(order: readonly string[], placeOf: (name: string) => string): string[] {
  return files.flatMap(({ name, imports }) =>
    imports
      .filter((target) => placeOf(name) !== '' && placeOf(target) !== '')
      .filter((target) => order.indexOf(placeOf(target)) > order.indexOf(placeOf(name)))
      .map((target) => `${name} imports ${target}`),
  );
}

/** The files of one import cycle, or undefined when there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (name: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (finished.has(name)) return undefined;
    for (const target of graph.get(name) ?? []) {
      const cycle = visit(target, [...trail, name]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe('the source tree', () => {
  it('is found, with its imports', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.find((file) => file.name === 'config/run.ts')?.imports).toContain('config/field.ts');
  });

  it('has no folder but those in the order', () => {
    expect(
      [...new Set(files.map((file) => folderOf(file.name)))].filter((folder) => folder !== '' && !ORDER.includes(folder)),
    ).toEqual([]);
  });

  it('imports only what stands above', () => {
    expect(upwardImports(ORDER, folderOf)).toEqual([]);
  });

  it('has no room of the page but those in the order, and imports only from rooms above', () => {
    const rooms = new Set(files.map(({ name }) => roomOf(name)).filter((room) => room !== '' && room !== 'css.d.ts'));
    expect([...rooms].toSorted()).toEqual([...ROOMS].toSorted());
    expect(upwardImports(ROOMS, roomOf)).toEqual([]);
  });

  it('keeps config a leaf', () => {
    const leaves = ({ text, imports }: (typeof files)[number]): boolean =>
      /from\s*['"](?!\.\.?\/)/.test(text) || imports.some((name) => folderOf(name) !== 'config');
    const leaving = files.filter((file) => folderOf(file.name) === 'config' && leaves(file));
    expect(leaving.map((file) => file.name)).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(findCycle(new Map(files.map((file) => [file.name, file.imports])))).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
  });

  it('imports only files that exist', () => {
    const known = new Set(readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')));
    const missing = files.flatMap(({ name, imports }) =>
      imports.filter((target) => !known.has(target)).map((target) => `${name}: ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it('keeps files short', () => {
    const long = [...files, ...styles]
      .map(({ name, text }) => ({ name, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(styles.length).toBeGreaterThan(10);
    expect(long).toEqual([]);
  });

  it('exports nothing that nobody uses', () => {
    const words = new Map(files.map(({ name, text }) => [name, new Set(text.match(/\w+/g))]));
    const unused = files
      .filter(({ name }) => !name.startsWith('ops/simd/assembly/'))
      .flatMap(({ name, text }) =>
        [...text.matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm)]
          .map(([, word = '']) => word)
          .filter((word) => [...words].every(([other, found]) => other === name || !found.has(word)))
          .filter((word) => text.match(new RegExp(`\\b${word}\\b`, 'g'))?.length === 1 && !tests.has(word))
          .map((word) => `${name}: ${word}`),
      );
    expect(unused).toEqual([]);
  });

  it('posts messages only from worker/, and to start the threads of the SIMD kernels', () => {
    const allowed = /^(worker\/|engine\/environment\.(browser|node)\.ts$)/;
    expect(files.filter(({ name, text }) => /\.postMessage\(/.test(text) && !allowed.test(name)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('takes files of weights of others apart where no click waits: in workers, never on the page', () => {
    const onPage = files.filter(
      ({ name, imports }) => folderOf(name) === 'ui' && imports.some((target) => /^io\/foreign\//.test(target)),
    );
    expect(onPage.map(({ name }) => name)).toEqual([]);
  });

  it('makes programs of addresses only in base/ownScript.ts: anything else the policy of the page forbids', () => {
    const bare = /new (Shared)?Worker\((?!ownScript\()|\.register\((?!ownScript\()['"`]|\binnerHTML\b|dangerouslySetInnerHTML/;
    const inPage = ({ name }: (typeof files)[number]): boolean => !/\.node\.ts$/.test(name) && !name.startsWith('cli/');
    expect(files.filter((file) => inPage(file) && bare.test(file.text)).map(({ name }) => name)).toEqual([]);
  });

  it('draws all randomness from base/random.ts', () => {
    const unseeded =
      /\bMath\.random\b|\bcrypto\.(getRandomValues|randomUUID)\b|\bDate\.now\b|\bnew Date\b|\btf\.(random|truncatedNormal|multinomial|dropout)/;
    // Names of kept runs must differ between machines, and no number of a run hangs on them.
    const ids = 'worker/keeping/runId.ts';
    expect(files.filter(({ name, text }) => name !== ids && unseeded.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('cites only sections of docs/methods.md that are there', () => {
    const page = readFileSync(path.resolve(SRC, '../docs/methods.md'), 'utf8');
    const sections = new Set([...page.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\b/gm)].map(([, number]) => number));
    const cited = files.flatMap(({ name, text }) =>
      [...text.matchAll(/\(methods (\d[\d.]*(?:, \d[\d.]*)*)/g)].flatMap(([, numbers = '']) =>
        numbers.split(',').map((number) => ({ name, number: number.trim() })),
      ),
    );
    expect(cited.length).toBeGreaterThan(50);
    expect(cited.filter(({ number }) => !sections.has(number))).toEqual([]);
  });

  it('takes no way around the types', () => {
    const evasions = /@ts-ignore|@ts-expect-error|@ts-nocheck|:\s*any\b|\bas any\b|\bas unknown as\b/;
    expect(files.filter(({ text }) => evasions.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
