/** `bench --growth`: how the step of MP3 grows with the batch, the width, the depth and the tokens, one of them at a time. */

import { benchRun } from '../../bench/configs.ts';
import type { BenchRow } from '../../bench/report.ts';
import type { Settings } from '../../config/field.ts';
import type { RunConfig } from '../../config/run.ts';
import { applySettings } from '../../config/settings.ts';

export const GROWTH_AXES = ['batch', 'width', 'depth', 'tokens'] as const;
export type GrowthAxis = (typeof GROWTH_AXES)[number];

/** One size of the model or of the batch, all else as in `tiny`. */
export interface GrowthPoint {
  axis: GrowthAxis;
  value: number;
  run: RunConfig;
}

/** What was found at one of them. */
export interface GrowthFinding {
  axis: GrowthAxis;
  value: number;
  rows: readonly Pick<BenchRow, 'contender' | 'medianMs'>[];
}

/** Five of each; `tiny` has batch 32, width 64, depth 4 and 16 tokens. Tokens come of larger pictures, or of larger patches. */
const VALUES: Readonly<Record<GrowthAxis, readonly (readonly [value: number, settings: Settings])[]>> = {
  batch: [8, 16, 32, 64, 128].map((value) => [value, { 'optimiser.batch': value }]),
  width: [32, 64, 96, 128, 192].map((value) => [value, { 'model.width': value }]),
  depth: [1, 2, 4, 6, 8].map((value) => [value, { 'model.depth': value }]),
  tokens: [
    [4, { 'picture.size': 32, 'picture.patch': 16 }],
    [16, { 'picture.size': 32, 'picture.patch': 8 }],
    [36, { 'picture.size': 48, 'picture.patch': 8 }],
    [64, { 'picture.size': 64, 'picture.patch': 8 }],
    [144, { 'picture.size': 96, 'picture.patch': 8 }],
  ],
};

export function growthPoints(): GrowthPoint[] {
  return GROWTH_AXES.flatMap((axis) =>
    VALUES[axis].map(([value, settings]) => ({ axis, value, run: applySettings(benchRun('tiny'), settings) })),
  );
}

/** A table in Markdown for each axis: a row a value, a column a contender, median milliseconds. */
export function growthText(findings: readonly GrowthFinding[]): string {
  return GROWTH_AXES.flatMap((axis) => {
    const own = findings.filter((one) => one.axis === axis);
    const names = [...new Set(own.flatMap(({ rows }) => rows.map(({ contender }) => contender)))];
    if (names.length === 0) return [];
    const cell = ({ rows }: GrowthFinding, name: string): string =>
      rows.find(({ contender }) => contender === name)?.medianMs?.toFixed(1) ?? '-';
    const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
    return [
      line([`${axis}, ms`, ...names]),
      `|${'---|'.repeat(names.length + 1)}`,
      ...own.map((finding) => line([finding.value, ...names.map((name) => cell(finding, name))])),
      '',
    ];
  }).join('\n');
}

export function growthJson({ axis, value, rows }: GrowthFinding): string[] {
  return rows.map((row) => JSON.stringify({ event: 'growth', axis, value, ...row }));
}
