/** Runs matrix products on WebGPU, in the variant that the adapter runs fastest. */
import { enablesHalves } from './halves.ts';
import { constants, type Gpu, type Kernel, type MatmulVariant } from './kernel.ts';
import type { Operand, Product, Tiling } from './matmulProduct.ts';
import { REGISTERS } from './matmulRegisters.ts';
import rowMaps from './matmulRows.wgsl?raw';
import { access, bind, elementOf } from './matmulText.ts';
import { TILES } from './matmulTiles.ts';

export const TILINGS: Readonly<Record<MatmulVariant, Tiling>> = {
  registers: { program: REGISTERS, rows: 4, vectors: 1, threadsInRow: 8, threadsInColumn: 8, busy: 512 },
  largeRegisters: { program: REGISTERS, rows: 16, vectors: 4, threadsInRow: 4, threadsInColumn: 4, busy: 8 },
  tiles: { program: TILES, rows: 4, vectors: 1, threadsInRow: 16, threadsInColumn: 16, busy: 256 },
  smallTiles: { program: TILES, rows: 4, vectors: 1, threadsInRow: 8, threadsInColumn: 8, busy: 512 },
};

export function multiply(gpu: Gpu, product: Product): void {
  const operands = operandsOf(product);
  gpu.dispatch(
    productKernel(product, gpu.tuning.matmul),
    operands.map(({ tensor }) => tensor),
  );
}

function productKernel(product: Product, variant: MatmulVariant): Kernel {
  const tiling = TILINGS[variant];
  const { program } = tiling;
  const { label, layout } = product;
  const operands = operandsOf(product);
  const sizes = sizesOf(product);
  const fields = Object.keys(sizes).map((name) => `  ${name}: u32,\n`);
  const code = [
    `${enablesHalves(operands.map(elementOf))}struct Sizes {\n${fields.join('')}}\n@group(0) @binding(${operands.length}) var<uniform> sizes: Sizes;\n`,
    ...operands.map((operand, binding) => bind(operand, operand.name, binding)),
    product.functions ?? '',
    program.memory(layout, tiling),
    productText(product, ({ name }) => name),
    program.tile(product, tiling, `@compute @workgroup_size(${program.workgroup(tiling)})\nfn main(${program.entryParameters})`),
  ].join('\n');
  return {
    label,
    code,
    bindings: operands.map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: workgroupsOf(product, tiling),
    flops: flopsOf(product),
  };
}

/** What the tiles of a product call: its operands, rows and ends. @param bufferOf the name under which an operand is bound */
export function productText(product: Product, bufferOf: (operand: Operand) => string): string {
  return [
    constants({ COLUMNS: product.columns }),
    ...operandsOf(product).map((operand) => access(operand, bufferOf(operand))),
    rowMaps,
    `fn finish(split: u32, line: u32, column: u32, sum: vec4f) {\n  ${product.finish}\n}\n`,
    `fn finishColumns(split: u32, column: u32, sum: vec4f) {\n  ${product.finishColumns ?? ''}\n}\n`,
  ].join('\n');
}

export function workgroupsOf(
  { rows, columns, splits = 1 }: Product,
  tiling: Tiling,
): [columns: number, rows: number, splits: number] {
  return [Math.ceil(columns / columnsOf(tiling)), Math.ceil(rows / rowsOf(tiling)), splits];
}

/** Rows of the product that a workgroup computes. */
export function rowsOf({ rows, threadsInColumn }: Tiling): number {
  return rows * threadsInColumn;
}

/** Columns of the product that a workgroup computes. */
export function columnsOf({ vectors, threadsInRow }: Tiling): number {
  return 4 * vectors * threadsInRow;
}

export function operandsOf({ terms, operands }: Product): readonly Operand[] {
  return [...terms.flatMap(({ left, right }) => [left, right]), ...operands];
}

/** The uniform block: what may change from step to step with one text. */
export function sizesOf({ rows, terms, splits = 1, samples, start = 0 }: Product) {
  const { depth } = terms[0];
  const { batch, tokens, context } = samples ?? { batch: rows, tokens: 1, context: 1 };
  return { rows, depth, splitDepth: Math.ceil(depth / splits), contextRows: batch * context, tokens, context, start };
}

export function flopsOf({ rows, columns, terms, samples }: Product): number {
  const contextRows = samples === undefined ? rows : samples.batch * samples.context;
  return terms.reduce(
    (sum, { depth, contextOnly }) => sum + 2 * (contextOnly === true ? contextRows : rows) * columns * depth,
    0,
  );
}
