/** How far every head looks, before and after fine-tuning. */

import { TableFrame } from '../controls/TableFrame.tsx';
import { capital } from '../format.ts';
import { useWords } from '../store/useView.ts';

interface Props {
  /** (depth, heads) mean attention distance in cells; null until it has been measured. */
  before: Float32Array | null;
  after: Float32Array | null;
  depth: number;
  heads: number;
  /** The same number for attention that is spread evenly. */
  uniform: number;
}

export function LocalityGrid({ before, after, depth, heads, uniform }: Props) {
  const { tokens } = useWords();
  if (depth === 0) return <p className="small muted">A model of depth 0 has no attention.</p>;
  const end = Math.max(1.3 * uniform, ...(before ?? []), ...(after ?? []));
  return (
    <>
      <TableFrame label={`Attention distance of every head in ${tokens}, before and after`}>
        <table className="table locality">
          <thead>
            <tr>
              <th scope="col">layer</th>
              {Array.from({ length: heads }, (_, head) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is a head
                <th key={head} scope="col">
                  head {head + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: depth }, (_, layer) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is a layer
              <tr key={layer}>
                <th scope="row">{layer + 1}</th>
                {Array.from({ length: heads }, (_, head) => {
                  const index = layer * heads + head;
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is a head
                    <td key={head}>
                      <Pair before={before?.[index] ?? null} after={after?.[index] ?? null} end={end} uniform={uniform} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className="small muted">
        Upper bar and first number: before; lower bar and second number: after. {capital(tokens)} between a query and what it
        attends to; the dashed line is attention that is spread evenly, {uniform.toFixed(2)} {tokens}.
      </p>
    </>
  );
}

interface PairProps {
  before: number | null;
  after: number | null;
  end: number;
  uniform: number;
}

function Pair({ before, after, end, uniform }: PairProps) {
  const width = (value: number | null): string => `${(100 * (value ?? 0)) / end}%`;
  return (
    <>
      <span className="locality-bars" aria-hidden="true">
        <span className="locality-before" style={{ width: width(before) }} />
        <span className="locality-after" style={{ width: width(after) }} />
        <span className="locality-uniform" style={{ left: width(uniform) }} />
      </span>
      <span className="locality-numbers">
        {before?.toFixed(2) ?? '–'} → {after?.toFixed(2) ?? '–'}
      </span>
    </>
  );
}
