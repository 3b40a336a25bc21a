/** Several matrix products in one dispatch: each has its own workgroups, those of one product behind those of another. */
import { enablesHalves } from './halves.ts';
import { foldedWorkgroups, type Gpu, type Kernel, type MatmulVariant } from './kernel.ts';
import { flopsOf, multiply, operandsOf, productText, sizesOf, TILINGS, workgroupsOf } from './matmul.ts';
import type { Operand, Product } from './matmulProduct.ts';
import { bind, elementOf, inVectors } from './matmulText.ts';

/** Buffers that every adapter takes in one kernel. */
const MOST_BUFFERS = 8;

/** As if each were multiplied by itself, bit for bit; none may read what another writes. They have one layout and one label. */
export function multiplyTogether(gpu: Gpu, products: readonly Product[]): void {
  const buffers = sharedBuffers(products);
  if (products.length === 1 || buffers === undefined) {
    for (const product of products) multiply(gpu, product);
    return;
  }
  gpu.dispatch(
    togetherKernel(products, buffers, gpu.tuning.matmul),
    buffers.map(({ tensor }) => tensor),
  );
}

/** Every tensor once, or undefined where one kernel cannot have them all. */
function sharedBuffers(products: readonly Product[]): Operand[] | undefined {
  const buffers = new Map<object, Operand>();
  for (const operand of products.flatMap(operandsOf)) {
    const known = buffers.get(operand.tensor.dataId) ?? operand;
    // A buffer has one type in a kernel.
    if (inVectors(known) !== inVectors(operand)) return undefined;
    buffers.set(operand.tensor.dataId, known);
  }
  return buffers.size > MOST_BUFFERS ? undefined : [...buffers.values()];
}

function togetherKernel(products: readonly Product[], buffers: readonly Operand[], variant: MatmulVariant): Kernel {
  const tiling = TILINGS[variant];
  const { program } = tiling;
  const grids = products.map((product) => workgroupsOf(product, tiling));
  const sizes = sizesOfAll(products, grids);
  const fields = Object.keys(sizes).map((name) => `  ${name}: u32,\n`);
  const bufferOf = ({ tensor }: Operand) => `buffer${buffers.findIndex((buffer) => buffer.tensor.dataId === tensor.dataId)}`;
  const parts = products.map((product, part) => {
    const text = `${productText(product, bufferOf)}\n${program.tile(product, tiling, `fn tile(${program.parameters})`)}`;
    return namesOfPart(text, part);
  });
  const calls = grids.map(([columns], part) => {
    const first = part === 0 ? '0u' : `sizes.end_${part - 1}`;
    const group = `place(workgroup - ${first}, ${columns}u, sizes.rowTiles_${part})`;
    return `  if (workgroup < sizes.end_${part}) {\n    tile_${part}(${program.arguments(group, tiling)});\n    return;\n  }\n`;
  });
  return {
    label: products[0].label,
    code: [
      `${enablesHalves(buffers.map(elementOf))}struct Sizes {\n${fields.join('')}}\n@group(0) @binding(${buffers.length}) var<uniform> sizes: Sizes;\n`,
      ...buffers.map((operand, binding) => bind(operand, bufferOf(operand), binding)),
      ...new Set(products.map(({ functions = '' }) => functions)),
      program.memory(products[0].layout, tiling),
      ...parts,
      entry(program.workgroup(tiling), calls),
    ].join('\n'),
    bindings: buffers.map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: foldedWorkgroups(grids.reduce((sum, grid) => sum + countOf(grid), 0)),
    flops: products.reduce((sum, product) => sum + flopsOf(product), 0),
  };
}

type Grid = readonly [columns: number, rows: number, splits: number];

function countOf([columns, rows, splits]: Grid): number {
  return columns * rows * splits;
}

/** The sizes of each product under names of its own, with the first workgroup behind it. */
function sizesOfAll(products: readonly Product[], grids: readonly Grid[]): Record<string, number> {
  let end = 0;
  const entries = products.flatMap((product, part) => {
    end += countOf(grids[part]);
    return Object.entries({ ...sizesOf(product), rowTiles: grids[part][1], end }).map(([name, size]) => [
      `${name}_${part}`,
      size,
    ]);
  });
  return Object.fromEntries(entries);
}

/** A product's text with names that no other product has. */
function namesOfPart(text: string, part: number): string {
  const ownNames = /(?<!\.)\b(?:COLUMNS|finish|finishColumns|tile|allRows|contextRows|contextRowsFirst|(?:load|store)_\w+)\b/g;
  return text.replace(ownNames, `$&_${part}`).replace(/\bsizes\.\w+/g, `$&_${part}`);
}

function entry(workgroupSize: string, calls: readonly string[]): string {
  return `fn place(tile: u32, columns: u32, rows: u32) -> vec3u {
  return vec3u(tile % columns, tile / columns % rows, tile / (columns * rows));
}

@compute @workgroup_size(${workgroupSize})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let workgroup = id.x + id.y * count.x;
${calls.join('')}}
`;
}
