/** The lines of a card for spreadsheets and scripts. */
import type { CardResult } from '../metrics/cardResult.ts';
import { toCsv } from './csv.ts';

/** One row a point of a line, with the number of each seed. A level has no x; of one seed there is no deviation. */
export function cardCsv({ card, size, data, version, lines }: CardResult): string {
  const head = ['card', 'size', 'data', 'line', 'x', 'mean', 'sd', 'n', 'seeds', 'values', 'version'];
  const rows = lines.flatMap(({ name, points }) =>
    points.map(({ x, mean, deviation, seeds, values }) => [
      ...[card, size, data, name, x, mean],
      ...[deviation ?? undefined, seeds.length, seeds.join(' '), values.join(' '), version],
    ]),
  );
  return toCsv([head, ...rows]);
}
