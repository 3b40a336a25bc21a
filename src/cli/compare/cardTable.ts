/** Every figure as a table for docs/results.md, with what files of `--card-result` say of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { CARD_SIZES, type FigureCard, PAPERS, ruleTexts } from '../../config/figures/card.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { type CardResult, linesOf, verdictsOf } from '../../metrics/cardResult.ts';

const point = z.object({
  x: z.number().optional(),
  mean: z.number(),
  deviation: z.number().nullable(),
  seeds: z.array(z.number()),
  values: z.array(z.number()),
});

const result = z.object({
  card: z.string(),
  size: z.enum(CARD_SIZES),
  version: z.number(),
  data: z.string(),
  command: z.string(),
  lines: z.array(z.object({ name: z.string(), points: z.array(point) })),
  verdicts: z.array(
    z.object({ rule: z.string(), verdict: z.enum(['holds', 'cannot be told', 'does not hold']), because: z.string() }),
  ),
});

/** @throws BadSettingError naming the file that holds no result of a figure */
export function readCardResults(folder: string): CardResult[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => {
    const file = path.join(folder, name);
    try {
      const { lines, ...rest } = result.parse(JSON.parse(readFileSync(file, 'utf8')));
      const points = lines.map((line) => ({
        name: line.name,
        points: line.points.map(({ x, ...numbers }) => ({ ...(x !== undefined && { x }), ...numbers })),
      }));
      return { ...rest, lines: points };
    } catch (error) {
      throw new BadSettingError(`${file} is no result of a figure: ${messageOf(error)}`);
    }
  });
}

/** Markdown, a row for each thing that was expected; a figure without a result of this version is one row, and says so. */
export function cardTable(cards: readonly FigureCard[], results: readonly CardResult[]): string {
  const rows = cards.flatMap((card) => {
    const { id, paper, source } = card;
    const where = `${PAPERS[paper].short}, ${source}`;
    const found = results.find((one) => one.card === id);
    if (found === undefined) return [[`\`${id}\``, where, ruleTexts(card).join(' '), 'not run']];
    const stale = found.version === RESULTS_VERSION ? '' : ` (version ${found.version})`;
    // As the page judges them: numbers are what was measured, sentences are of today.
    return verdictsOf(card, card.sizes[found.size], linesOf(found)).map(({ rule, verdict, because }, i) => [
      i === 0 ? `\`${id}\`` : '',
      i === 0 ? `${where}; ${found.data}, ${seedsOf(found)}${stale}` : '',
      rule,
      `**${verdict}**: ${because}`,
    ]);
  });
  const cells = [['figure', 'of, and measured on', 'expected', 'found'], ['---', '---', '---', '---'], ...rows];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function seedsOf({ lines }: CardResult): string {
  const seeds = Math.max(0, ...lines.flatMap(({ points }) => points.map((one) => one.seeds.length)));
  return `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
}
