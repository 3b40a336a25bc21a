/** Matrix products through workgroup memory. */
import type { Layout, Product, Program, Term, Tiling } from './matmulProduct.ts';
import { addColumns, declareColumns, declareSums, fill, finishTile, LEFT_ALONG_K, RIGHT_ALONG_K, step } from './matmulText.ts';
import template from './matmulTiles.wgsl?raw';
import memoryTemplate from './matmulTilesMemory.wgsl?raw';

/** k in workgroup memory at once. */
const DEPTH = 16;

export const TILES: Program = {
  memory,
  tile,
  workgroup: ({ threadsInRow, threadsInColumn }) => `${threadsInRow * threadsInColumn}`,
  entryParameters: '@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32',
  parameters: 'group: vec3u, thread: u32',
  arguments: (group) => `${group}, thread`,
};

function memory(layout: Layout, { rows, vectors, threadsInRow, threadsInColumn }: Tiling): string {
  const [tileRows, tileColumns] = [rows * threadsInColumn, 4 * vectors * threadsInRow];
  return fill(memoryTemplate, {
    depth: DEPTH,
    tileRows,
    tileColumns,
    threads: threadsInRow * threadsInColumn,
    leftSize: vectorsOf(tileRows, LEFT_ALONG_K[layout]),
    rightSize: vectorsOf(tileColumns, RIGHT_ALONG_K[layout]),
  });
}

function tile(product: Product, tiling: Tiling, signature: string): string {
  const { rows, vectors, threadsInRow } = tiling;
  return fill(template, {
    signature,
    threadsInRow,
    rows,
    columns: 4 * vectors,
    declare: `${declareSums(rows, vectors)}\n${declareColumns(vectors)}`,
    terms: product.terms.map((each) => `{\n${sumTerm(product, each, tiling)}\n}`).join('\n'),
    finish: finishTile(product, tiling, { split: 'group.z', firstRow: 'row == 0u' }),
  });
}

/** Vectors of workgroup memory for so many lines along k, with their padding, or for DEPTH lines across it. */
function vectorsOf(lines: number, alongK: boolean): number {
  return (lines * DEPTH) / 4 + (alongK ? lines / 4 : 0);
}

function sumTerm(product: Product, term: Term, { rows, vectors }: Tiling): string {
  const { layout, finishColumns } = product;
  const body = step({
    layout,
    rows,
    vectors,
    depth: 4,
    left: (i, k) =>
      LEFT_ALONG_K[layout]
        ? `leftTile[alongK(localRow + ${i}u, q)]`
        : `leftTile[((q + ${k}u) * TILE_ROWS + localRow + ${i}u) >> 2u]`,
    right: (k, column) =>
      RIGHT_ALONG_K[layout]
        ? `rightTile[alongK(localColumn + ${column}u, q)]`
        : `rightTile[((q + ${k}u) * TILE_COLUMNS + localColumn + ${column}u) >> 2u]`,
  });
  const sums = finishColumns === undefined ? '' : `if (tileRow == 0u) {\n${addColumns(vectors, 4)}\n}`;
  const loop = `for (var k = first; k < last; k += DEPTH) {
${layout === 'TN' ? loadOverLines(term) : loadOverWidth(layout, term)}
workgroupBarrier();
for (var q = 0u; q < DEPTH; q += 4u) {
${body}
${sums}
}
workgroupBarrier();
}`;
  const limits =
    layout === 'TN'
      ? 'let first = group.z * sizes.splitDepth;\nlet last = min(first + sizes.splitDepth, sizes.depth);'
      : `let first = 0u;\nlet last = ${term.depth}u;`;
  return `${limits}\n${term.contextOnly === true ? `if (tileRow < sizes.contextRows) {\n${loop}\n}` : loop}`;
}

/** NN and NT. Beyond the depth both tiles hold zeros. */
function loadOverWidth(layout: Product['layout'], { left, right, lines, contextOnly }: Term): string {
  const inside = contextOnly === true ? ' && tileRow + line < sizes.contextRows' : '';
  const leftLoad = fillAlongK('left', 'TILE_ROWS', `load_${left.name}(${lines}(tileRow + line), k + q)`, inside);
  const rightLoad =
    layout === 'NT'
      ? fillAlongK('right', 'TILE_COLUMNS', `load_${right.name}(tileColumn + line, k + q)`, '')
      : fillAcrossK('right', 'TILE_COLUMNS', `load_${right.name}(k + line, tileColumn + at)`);
  return `${leftLoad}\n${rightLoad}`;
}

/** TN. */
function loadOverLines({ left, right, lines }: Term): string {
  return `${fillAcrossK('left', 'TILE_ROWS', `load_${left.name}(${lines}(k + line), tileRow + at)`)}
${fillAcrossK('right', 'TILE_COLUMNS', `load_${right.name}(k + line, tileColumn + at)`)}`;
}

function fillAlongK(side: 'left' | 'right', lines: string, load: string, inside: string): string {
  return `for (var l = thread; l < ${lines} * DEPTH / 4u; l += THREADS) {
  let line = l / (DEPTH / 4u);
  let q = l % (DEPTH / 4u) * 4u;
  ${side}Tile[alongK(line, q)] = select(vec4f(), ${load}, k + q < last${inside});
}`;
}

function fillAcrossK(side: 'left' | 'right', width: string, load: string): string {
  return `for (var l = thread; l < DEPTH * ${width} / 4u; l += THREADS) {
  let line = l / (${width} / 4u);
  let at = l % (${width} / 4u) * 4u;
  ${side}Tile[l] = select(vec4f(), ${load}, k + line < last);
}`;
}
