/** Which classes are taken for which: true classes in rows, answers in columns. */
import { confusionShades } from '../canvas/confusion.ts';
import { HeatCanvas } from '../canvas/HeatCanvas.tsx';
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatPercent } from '../format.ts';

interface Props {
  /** (side, side): row = true class, column = answer. */
  counts: Uint32Array;
  classes: readonly string[];
}

/** More classes than these are drawn without their numbers. */
const MOST_NUMBERS = 16;
const MAP_SIZE = { width: 280, height: 280 };
/** Longer names stand upright over their columns, which are all as wide as they are high. */
const LEVEL_LETTERS = 3;
/** Strongest shade behind a number, in percent: text must stay readable on it. */
const STRONGEST = 45;

export function ClassConfusion({ counts, classes }: Props) {
  const side = Math.sqrt(counts.length);
  const shades = confusionShades(counts);
  if (side > MOST_NUMBERS) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const right = Array.from({ length: side }, (_, i) => counts[i * (side + 1)] ?? 0).reduce((sum, count) => sum + count, 0);
    return (
      <figure className="class-map">
        <div role="img" aria-label={`Confusion of ${side} classes: ${formatPercent(right / total)} right`}>
          <HeatCanvas shades={shades} grid={[side, side]} size={MAP_SIZE} />
        </div>
        <figcaption className="small muted">
          Rows: the {side} true classes. Columns: answers. Right ones lie on the diagonal.
        </figcaption>
      </figure>
    );
  }
  const name = (index: number): string => classes[index] ?? `class ${index + 1}`;
  const upright = Array.from({ length: side }, (_, index) => name(index)).some(({ length }) => length > LEVEL_LETTERS);
  return (
    <TableFrame label="Confusion of classes: true class in rows, answer in columns">
      <table className="table class-confusion" style={{ '--side': side }} data-upright={upright || undefined}>
        <thead>
          <tr>
            <th scope="col">true class</th>
            {Array.from({ length: side }, (_, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is a class
              <th key={column} scope="col" title={name(column)}>
                <span className="class-name">{name(column)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: side }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is a class
            <tr key={row}>
              <th scope="row">{name(row)}</th>
              {Array.from({ length: side }, (_, column) => {
                const shade = STRONGEST * (shades[row * side + column] ?? 0);
                const hue = row === column ? 'var(--right)' : 'var(--wrong)';
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is a pair of classes
                    key={column}
                    style={{ background: `color-mix(in srgb, ${hue} ${shade.toFixed(0)}%, transparent)` }}
                  >
                    {counts[row * side + column]}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
