/**
 * Writes the one kernel that calls all others (assembly/calls.ts): a call whose arguments lie in memory, so that WebAssembly can walk a
 * list of calls by itself (assembly/walk.ts). It is written from the signatures, since WebAssembly has no call with arguments of any kind.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * How an argument is read: they are doubles, as JavaScript has them.
 * @type {Record<string, (at: number) => string>}
 */
const READ = {
  usize: (at) => `<usize>load<f64>(args, ${at})`,
  i32: (at) => `<i32>load<f64>(args, ${at})`,
  u32: (at) => `<u32><i32>load<f64>(args, ${at})`,
  f32: (at) => `<f32>load<f64>(args, ${at})`,
  f64: (at) => `load<f64>(args, ${at})`,
};

/**
 * @param {string} folder of the kernels' sources
 * @returns {{ text: string, names: string[] }} the source, and the kernels by their numbers
 */
export function writeCalls(folder) {
  const kernels = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'calls.ts')
    .flatMap((name) => rangeKernels(name, readFileSync(path.join(folder, name), 'utf8')))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const imports = kernels.map(({ name, file }) => `import { ${name} } from './${file}';`);
  const cases = kernels.map(({ name, parameters }, number) => {
    const args = parameters.map(({ own, type }, i) => READ[type]?.(8 * i) ?? own);
    return `case ${number}: ${name}(${args.join(', ')}); break;`;
  });
  const head = 'export function callKernel(kernel: i32, args: usize, start: i32, end: i32, thread: i32): void';
  const text = `${imports.join('\n')}\n${head} {\nswitch (kernel) {\n${cases.join('\n')}\ndefault: unreachable();\n}\n}\n`;
  return { text, names: kernels.map(({ name }) => name) };
}

/**
 * The functions of a source that work on a range. What the walk itself knows has no type here: it comes last, and not from memory.
 * @param {string} file
 * @param {string} source
 */
function rangeKernels(file, source) {
  return [...source.matchAll(/export function (\w+)\(([^)]*)\): void/g)]
    .map(([, name = '', list = '']) => ({
      name,
      file: file.replace(/\.ts$/, ''),
      parameters: list
        .split(',')
        .map((parameter) => parameter.trim())
        .filter(Boolean)
        .map((parameter) => {
          const [own = '', type = ''] = parameter.split(/:\s*/);
          return { own, type: ['start', 'end', 'thread'].includes(own) ? '' : type };
        }),
    }))
    .filter(({ parameters }) => parameters.some(({ own }) => own === 'start'));
}
