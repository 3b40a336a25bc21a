/** Levels side by side: a row for each, its mean a dot, its spread a line through it. */
import { cutName, measureName } from '../charts/nameRoom.ts';
import { useSize } from '../hooks.ts';
import type { Level } from './cardCharts.ts';

interface Props {
  /** What it says, for those who do not see it. */
  label: string;
  rows: readonly Level[];
  format(value: number): string;
  /** The paper's own numbers: grey. */
  isPublished?: boolean;
}

const ROW = 24;
const GAP = 16;
/** Room for names at most, as a share of the width. */
const NAMES = 0.5;

export function LevelChart({ label, rows, format, isPublished = false }: Props) {
  const [frame, size] = useSize<HTMLDivElement>();
  const height = ROW * rows.length + 8;
  return (
    <div ref={frame} className="level-chart" style={{ height }}>
      {size !== null && size.width > 0 && <Rows {...{ label, rows, format, isPublished, height }} width={size.width} />}
    </div>
  );
}

function Rows({ label, rows, format, isPublished, width, height }: Props & { width: number; height: number }) {
  const said = rows.map(({ value }) => (value === undefined ? 'not run' : format(value)));
  const right = width - GAP - Math.max(0, ...said.map(measureName));
  const left = Math.min(NAMES * width, Math.max(0, ...rows.map(({ name }) => measureName(name)))) + GAP;
  const values = rows.flatMap(({ value, spread = 0 }) => (value === undefined ? [] : [value - spread, value + spread]));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const toX = (value: number): number => left + (high > low ? (value - low) / (high - low) : 0) * Math.max(1, right - left - 8);
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="chart-drawing">
      {rows.map(({ name, value, spread = 0, isBaseline }, index) => {
        const y = 4 + ROW * (index + 0.5);
        const stroke = isPublished || isBaseline ? 'var(--muted)' : 'var(--hue-1)';
        return (
          <g key={name}>
            <text x={0} y={y + 4} fontSize={12} fill="var(--ink)" data-level={name}>
              {cutName(name, left, measureName)}
            </text>
            <line x1={toX(0)} x2={right - 4} y1={y} y2={y} stroke="var(--line)" />
            {value !== undefined && (
              <>
                <line
                  x1={toX(0)}
                  x2={toX(value)}
                  y1={y}
                  y2={y}
                  stroke={stroke}
                  strokeWidth={2}
                  {...(isBaseline && { strokeDasharray: '6 3' })}
                />
                {spread > 0 && (
                  <path
                    d={`M${toX(value - spread)} ${y - 5} v10 m0 -5 H${toX(value + spread)} m0 -5 v10`}
                    fill="none"
                    stroke="var(--ink)"
                    data-spread={spread}
                  />
                )}
                <circle cx={toX(value)} cy={y} r={4} fill={stroke} />
              </>
            )}
            <text x={width} y={y + 4} fontSize={12} textAnchor="end" fill={value === undefined ? 'var(--muted)' : 'var(--ink)'}>
              {said[index]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
