/** The pieces of WGSL that the matrix products share: access to operands, and arithmetic on registers with names. */
import { fourHalves, fromHalves, toHalves } from './halves.ts';
import type { Layout, Operand, Product, Tiling } from './matmulProduct.ts';

const COMPONENTS = ['x', 'y', 'z', 'w'];
const LANES = [0, 1, 2, 3];

/** Where a layout's operands keep four neighbours in memory: along the sum (k), or along the result. */
export const LEFT_ALONG_K: Readonly<Record<Layout, boolean>> = { NN: true, NT: true, TN: false };
export const RIGHT_ALONG_K: Readonly<Record<Layout, boolean>> = { NN: false, NT: true, TN: false };

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Puts pieces into a text's holes, `{{name}}`. */
export function fill(text: string, pieces: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(pieces[name]));
}

/** Binds a matrix under a name: as vectors where its lines start at multiples of four, else as numbers. */
export function bind(operand: Operand, buffer: string, binding: number): string {
  const mode = operand.access === 'read' ? 'read' : 'read_write';
  return `@group(0) @binding(${binding}) var<storage, ${mode}> ${buffer}: array<${elementOf(operand)}>;`;
}

/** WGSL type of what its buffer is an array of. */
export function elementOf(operand: Operand): string {
  if (operand.halves !== undefined) return fourHalves(operand.halves);
  return inVectors(operand) ? 'vec4f' : 'f32';
}

export function inVectors({ width }: Operand): boolean {
  return width % 4 === 0;
}

/**
 * Declares `load_name(line, column)` or `store_name(line, column, value)` for four neighbours in a line of a matrix that was bound: as
 * one vector, or one by one. What lies beyond a line's end loads as 0 and is not stored.
 */
export function access(operand: Operand, buffer: string): string {
  const { name, width, access, shifted, halves } = operand;
  const whole = inVectors(operand);
  const start = shifted === true ? `${whole ? '(sizes.start >> 2u)' : 'sizes.start'} + ` : '';
  const at = `${start}line * ${whole ? width / 4 : width}u + ${whole ? '(column >> 2u)' : 'column'}`;
  const inside = (lane: number) => `column + ${lane}u < ${width}u`;
  const body =
    access === 'read'
      ? whole
        ? halves === undefined
          ? `return ${buffer}[${at}];`
          : `let found = ${buffer}[${at}];\n  return ${fromHalves(halves, 'found')};`
        : `let at = ${at};\n  return vec4f(${LANES.map((i) => `select(0.0, ${buffer}[at + ${i}u], ${inside(i)})`).join(', ')});`
      : whole
        ? `if (column < ${width}u) { ${buffer}[${at}] = ${halves === undefined ? 'value' : toHalves(halves, 'value')}; }`
        : `let at = ${at};\n${LANES.map((i) => `  if (${inside(i)}) { ${buffer}[at + ${i}u] = value.${COMPONENTS[i]}; }`).join('\n')}`;
  const head =
    access === 'read'
      ? `fn load_${name}(line: u32, column: u32) -> vec4f`
      : `fn store_${name}(line: u32, column: u32, value: vec4f)`;
  return `${head} {\n  ${body}\n}\n`;
}

/** Registers for a tile of `rows` by 4 `vectors`, all zero. */
export function declareSums(rows: number, vectors: number): string {
  return range(rows)
    .flatMap((i) => range(vectors).map((j) => `var sum${i}_${j} = vec4f();`))
    .join('\n');
}

export interface Step {
  layout: Layout;
  /** Of the tile of one invocation. */
  rows: number;
  vectors: number;
  /** How many k at once: 4, or 1 where neither operand has its vectors along k. */
  depth: number;
  /** Four neighbours of the left operand: by (row, first k) along k, else by (first row, k). */
  left(row: number, k: number): string;
  /** Four neighbours of the right operand: by (first k, column) along k, else by (k, first column). */
  right(k: number, column: number): string;
}

/**
 * Loads `depth` k of both operands and adds their products to the sums. Everything is a value with a name, each sum is written once,
 * and rows come one after the other: what has an index, is assigned to or waits for long goes through memory on software adapters.
 */
export function step(tile: Step): string {
  const { layout, rows, vectors, depth } = tile;
  const product = (i: number, j: number) => {
    const left = (k: number) => (LEFT_ALONG_K[layout] ? `a${i}.${COMPONENTS[k]}` : `a${k}_${i >> 2}.${COMPONENTS[i % 4]}`);
    const sum = range(depth).reduce((inner, k) => `fma(vec4f(${left(k)}), b${k}_${j}, ${inner})`, `sum${i}_${j}`);
    return `sum${i}_${j} = ${sum};`;
  };
  const row = (i: number) => [...loadLeft(tile, i), ...range(vectors).map((j) => product(i, j))];
  return [...loadRight(tile), ...range(rows).flatMap(row)].join('\n');
}

/** What row i needs and no row before it had. */
function loadLeft({ layout, depth, left }: Step, i: number): string[] {
  if (LEFT_ALONG_K[layout]) return [`let a${i} = ${left(i, 0)};`];
  return i % 4 === 0 ? range(depth).map((k) => `let a${k}_${i >> 2} = ${left(i, k)};`) : [];
}

/** Vectors b{k}_{vector} along the columns, whichever way the operand has them. */
function loadRight({ layout, vectors, depth, right }: Step): string[] {
  const all = range(depth).flatMap((k) => range(vectors).map((j) => ({ k, j })));
  if (!RIGHT_ALONG_K[layout]) return all.map(({ k, j }) => `let b${k}_${j} = ${right(k, 4 * j)};`);
  const across = ({ k, j }: { k: number; j: number }) => LANES.map((lane) => `c${4 * j + lane}.${COMPONENTS[k]}`).join(', ');
  const loads = range(4 * vectors).map((j) => `let c${j} = ${right(0, j)};`);
  return [...loads, ...all.map((at) => `let b${at.k}_${at.j} = vec4f(${across(at)});`)];
}

/** Adds what `step` loaded of the right operand to sums over k of its columns. */
export function addColumns(vectors: number, depth: number): string {
  return range(vectors)
    .map(
      (j) =>
        `columns${j} += ${range(depth)
          .map((k) => `b${k}_${j}`)
          .join(' + ')};`,
    )
    .join('\n');
}

export function declareColumns(vectors: number): string {
  return range(vectors)
    .map((j) => `var columns${j} = vec4f();`)
    .join('\n');
}

/** Hands the sums of a tile to `finish`, and those of columns to `finishColumns`, if the product has it, where `firstRow` holds. */
export function finishTile(product: Product, { rows, vectors }: Tiling, where: { split: string; firstRow: string }): string {
  const { lines, finishColumns } = product;
  const tiles = range(rows).map((i) => {
    const calls = range(vectors).map((j) => `finish(${where.split}, line, column + ${4 * j}u, sum${i}_${j});`);
    return `if (row + ${i}u < sizes.rows) {\nlet line = ${lines}(row + ${i}u);\n${calls.join('\n')}\n}`;
  });
  if (finishColumns === undefined) return tiles.join('\n');
  const calls = range(vectors).map((j) => `finishColumns(${where.split}, column + ${4 * j}u, columns${j});`);
  return `${tiles.join('\n')}\nif (${where.firstRow}) {\n${calls.join('\n')}\n}`;
}
