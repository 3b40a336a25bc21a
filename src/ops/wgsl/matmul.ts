/** Runs matrix products on WebGPU, in the variant that the adapter runs fastest. */
import { constants, type Gpu, type Kernel, type MatmulVariant } from './kernel.ts';
import type { Operand, Product, Tiling } from './matmulProduct.ts';
import { registersMain } from './matmulRegisters.ts';
import rowMaps from './matmulRows.wgsl?raw';
import { access } from './matmulText.ts';
import { tilesMain } from './matmulTiles.ts';

export const TILINGS: Readonly<Record<MatmulVariant, Tiling>> = {
  registers: { main: registersMain, rows: 4, vectors: 1, threadsInRow: 8, threadsInColumn: 8, busy: 512 },
  largeRegisters: { main: registersMain, rows: 16, vectors: 4, threadsInRow: 4, threadsInColumn: 4, busy: 8 },
  tiles: { main: tilesMain, rows: 4, vectors: 1, threadsInRow: 16, threadsInColumn: 16, busy: 256 },
  smallTiles: { main: tilesMain, rows: 4, vectors: 1, threadsInRow: 8, threadsInColumn: 8, busy: 512 },
};

export function multiply(gpu: Gpu, product: Product): void {
  const operands = operandsOf(product);
  gpu.dispatch(
    productKernel(product, gpu.tuning.matmul),
    operands.map(({ tensor }) => tensor),
  );
}

export function productKernel(product: Product, variant: MatmulVariant): Kernel {
  const tiling = TILINGS[variant];
  const { label, rows, splits = 1 } = product;
  const operands = operandsOf(product);
  const sizes = sizesOf(product);
  const fields = Object.keys(sizes).map((name) => `  ${name}: u32,\n`);
  const code = [
    constants({ COLUMNS: product.columns }),
    `struct Sizes {\n${fields.join('')}}\n@group(0) @binding(${operands.length}) var<uniform> sizes: Sizes;\n`,
    ...operands.map(access),
    rowMaps,
    product.functions ?? '',
    `fn finish(split: u32, line: u32, column: u32, sum: vec4f) {\n  ${product.finish}\n}\n`,
    `fn finishColumns(split: u32, column: u32, sum: vec4f) {\n  ${product.finishColumns ?? ''}\n}\n`,
    tiling.main(product, tiling),
  ].join('\n');
  const columnTiles = Math.ceil(product.columns / columnsOf(tiling));
  return {
    label,
    code,
    bindings: operands.map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: [columnTiles, Math.ceil(rows / rowsOf(tiling)), splits],
    flops: flopsOf(product),
  };
}

/** Rows of the product that a workgroup computes. */
export function rowsOf({ rows, threadsInColumn }: Tiling): number {
  return rows * threadsInColumn;
}

/** Columns of the product that a workgroup computes. */
export function columnsOf({ vectors, threadsInRow }: Tiling): number {
  return 4 * vectors * threadsInRow;
}

function operandsOf({ terms, operands }: Product): readonly Operand[] {
  return [...terms.flatMap(({ left, right }) => [left, right]), ...operands];
}

/** The uniform block: what may change from step to step with one text. */
function sizesOf({ rows, terms, splits = 1, samples, start = 0 }: Product) {
  const { depth } = terms[0];
  const { batch, tokens, context } = samples ?? { batch: rows, tokens: 1, context: 1 };
  return { rows, depth, splitDepth: Math.ceil(depth / splits), contextRows: batch * context, tokens, context, start };
}

function flopsOf({ rows, columns, terms, samples }: Product): number {
  const contextRows = samples === undefined ? rows : samples.batch * samples.context;
  return terms.reduce(
    (sum, { depth, contextOnly }) => sum + 2 * (contextOnly === true ? contextRows : rows) * columns * depth,
    0,
  );
}
