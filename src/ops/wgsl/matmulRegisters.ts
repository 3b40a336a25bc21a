/** Matrix products without workgroup memory. */
import type { Product, Program, Term, Tiling } from './matmulProduct.ts';
import template from './matmulRegisters.wgsl?raw';
import { addColumns, declareColumns, declareSums, fill, finishTile, range, step } from './matmulText.ts';

export const REGISTERS: Program = {
  memory: () => '',
  tile,
  workgroup: ({ threadsInRow, threadsInColumn }) => `${threadsInRow}, ${threadsInColumn}`,
  entryParameters: '@builtin(global_invocation_id) id: vec3u',
  parameters: 'id: vec3u',
  arguments: (group, { threadsInRow, threadsInColumn }) => `${group} * vec3u(${threadsInRow}u, ${threadsInColumn}u, 1u) + local`,
};

function tile(product: Product, tiling: Tiling, signature: string): string {
  const { rows, vectors } = tiling;
  const term = product.layout === 'TN' ? termOverLines : termOverWidth;
  return fill(template, {
    signature,
    rows,
    columns: 4 * vectors,
    declare: `${declareSums(rows, vectors)}\n${declareColumns(vectors)}`,
    terms: product.terms.map((each) => `{\n${term(product, each, tiling)}\n}`).join('\n'),
    finish: finishTile(product, tiling, { split: 'id.z', firstRow: 'row == 0u' }),
  });
}

/** k runs along the lines of the left operand, four at a time: NN and NT. */
function termOverWidth({ layout }: Product, term: Term, { rows, vectors }: Tiling): string {
  const { left, right, depth, lines, contextOnly } = term;
  const load = (i: number) => `load_${left.name}(line${i}, k)`;
  const body = step({
    layout,
    rows,
    vectors,
    depth: 4,
    left: (i) => (contextOnly === true ? `select(vec4f(), ${load(i)}, row + ${i}u < sizes.contextRows)` : load(i)),
    right: (k, column) =>
      layout === 'NT'
        ? `load_${right.name}(column + ${column}u, k)`
        : `load_${right.name}(min(k + ${k}u, ${depth - 1}u), column + ${column}u)`,
  });
  const loop = `for (var k = 0u; k < ${depth}u; k += 4u) {\n${body}\n}`;
  const declare = range(rows).map((i) => `let line${i} = ${lines}(row + ${i}u);`);
  return [...declare, contextOnly === true ? `if (row < sizes.contextRows) {\n${loop}\n}` : loop].join('\n');
}

/** k runs over the lines of both operands, one at a time, from one part's first to its last: TN. */
function termOverLines(product: Product, { left, right, lines }: Term, { rows, vectors }: Tiling): string {
  const body = step({
    layout: product.layout,
    rows,
    vectors,
    depth: 1,
    left: (i) => `load_${left.name}(${lines === 'allRows' ? 'k' : 'line'}, row + ${i}u)`,
    right: (_, column) => `load_${right.name}(k, column + ${column}u)`,
  });
  const sums = product.finishColumns === undefined ? '' : addColumns(vectors, 1);
  return `let first = id.z * sizes.splitDepth;
let last = min(first + sizes.splitDepth, sizes.depth);
${lines === 'allRows' ? '' : 'var line = contextRows(first);\nvar place = first % sizes.context;'}
for (var k = first; k < last; k++) {
${body}
${sums}
${lines === 'allRows' ? '' : NEXT_CONTEXT_ROW}
}`;
}

/** Steps through the context rows without a division. */
const NEXT_CONTEXT_ROW = `place += 1u;
let ends = place == sizes.context;
line += select(1u, 1u + sizes.tokens - sizes.context, ends);
place = select(place, 0u, ends);`;
