/** Accuracies of every training subset on every test subset; a cell tells what it is, under the pointer and with the focus. */
import { type KeyboardEvent, useRef, useState } from 'react';
import { subsetName } from '../../../config/subsets.ts';
import { useMedia } from '../../hooks.ts';
import { type Cell, sayCell, shortOf } from '../../study/robustness.ts';

interface Props {
  title: string;
  /** (subsets, subsets) */
  cells: readonly (readonly Cell[])[];
  /** How many senses there are: the first rows and columns are single ones. */
  senses: number;
  difference: boolean;
  /** What is trained now, by the name of its senses; null when no row of this map is. */
  running: string | null;
  /** A cell was pressed. */
  onOpen?(cell: Cell): void;
}

const MOVES: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function HeatMap({ title, cells, senses, difference, running, onOpen }: Props) {
  const isNarrow = useMedia('(max-width: 559.98px)');
  const [wantsAll, wantAll] = useState(false);
  const [at, look] = useState<readonly [number, number]>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const side = isNarrow && !wantsAll ? senses : cells.length;
  const shown = cells.slice(0, side).map((row) => row.slice(0, side));
  const place = [Math.min(at[0], side - 1), Math.min(at[1], side - 1)] as const;
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = [limit(place[0] + move[0], side), limit(place[1] + move[1], side)] as const;
    look(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.join()}"]`)?.focus();
  };
  return (
    <div className="heat">
      <table ref={table} className="heat-map" aria-label={title} onKeyDown={onKeyDown} data-all={side > 3 || undefined}>
        <thead>
          <tr>
            <th scope="col" className="heat-corner">
              labels for ↓ tested on →
            </th>
            {shown[0]?.map(({ tested }) => (
              <th key={subsetName(tested)} scope="col" title={tested.join(' + ')}>
                {shortOf(tested)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, r) => (
            <tr key={subsetName(row[0].trained)} data-running={subsetName(row[0].trained) === running || undefined}>
              <th scope="row" title={row[0].trained.join(' + ')}>
                <span className="heat-long">{row[0].trained.join(' + ')}</span>
                <span className="heat-short">{shortOf(row[0].trained)}</span>
                {row[0].borrowed && ' (FT)'}
              </th>
              {row.map((cell, c) => (
                <HeatCell
                  key={subsetName(cell.tested)}
                  cell={cell}
                  name={`${r},${c}`}
                  difference={difference}
                  isAt={r === place[0] && c === place[1]}
                  look={() => look([r, c])}
                  open={() => onOpen?.(cell)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="heat-sentence" role="status">
        {sayCell(cells[place[0]][place[1]], difference)}
      </p>
      {isNarrow && cells.length > senses && (
        <button type="button" className="button small-button" aria-pressed={wantsAll} onClick={() => wantAll(!wantsAll)}>
          {wantsAll ? 'Single senses only' : `All ${cells.length ** 2}`}
        </button>
      )}
    </div>
  );
}

interface CellProps {
  cell: Cell;
  name: string;
  difference: boolean;
  isAt: boolean;
  look(): void;
  open(): void;
}

function HeatCell({ cell, name, difference, isAt, look, open }: CellProps) {
  const { values, stratum } = cell;
  const isThere = values.count > 0;
  return (
    <td
      data-cell={name}
      data-stratum={stratum}
      data-empty={!isThere || undefined}
      data-at={isAt || undefined}
      tabIndex={isAt ? 0 : -1}
      aria-label={sayCell(cell, difference)}
      style={isThere ? { background: shadeOf(values.mean, difference) } : undefined}
      // Not on entering: what moves under a pointer that rests would take the sentence from the keyboard.
      onPointerMove={look}
      onFocus={look}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        open();
      }}
    >
      {isThere ? textOf(values.mean, difference) : '–'}
    </td>
  );
}

function limit(value: number, side: number): number {
  return Math.min(side - 1, Math.max(0, value));
}

/** In percent, without its sign: there is room for two digits or three. */
function textOf(value: number, difference: boolean): string {
  const percent = Math.round(100 * value);
  return difference && percent > 0 ? `+${percent}` : percent < 0 ? `−${-percent}` : String(percent);
}

/** Strongest shade behind a number, in percent: text must stay readable on it. */
const STRONGEST = 45;
/** A difference of so much has it. */
const LARGE = 0.5;

function shadeOf(value: number, difference: boolean): string {
  const size = difference ? Math.min(1, Math.abs(value) / LARGE) : Math.max(0, value);
  const hue = difference ? (value < 0 ? 'var(--wrong)' : 'var(--right)') : 'var(--accent)';
  return `color-mix(in srgb, ${hue} ${(STRONGEST * size).toFixed(0)}%, transparent)`;
}
