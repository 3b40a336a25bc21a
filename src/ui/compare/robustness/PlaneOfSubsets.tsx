/** Robustness against performance: a shape for each method, a mark for each training subset (McKinzie et al. 2023, figure 6). */
import { useState } from 'react';
import type { Spread } from '../../../metrics/spread.ts';
import { TableFrame } from '../../controls/TableFrame.tsx';
import type { RobustnessReport } from '../../store/robustness.ts';
import { nameWay, shortOf, waysOf } from '../../study/robustness.ts';
import { pointsOf, type SubsetPoint } from '../../study/robustViews.ts';

/** In units of a hundredth of the side. */
const SIDE = 100;
const HUES = 6;
const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring'] as const;

interface Line {
  name: string;
  points: readonly SubsetPoint[];
  /** By the place of the method among all, so that colours stay while others are hidden. */
  index: number;
}

export function PlaneOfSubsets({ report }: { report: RobustnessReport }) {
  const [hidden, hide] = useState<readonly string[]>([]);
  const lines = waysOf(report)
    .map((way, index): Line => ({ name: nameWay(way), points: pointsOf(report, way), index }))
    .filter(({ points }) => points.length > 0);
  if (lines.length === 0) return <p className="small muted">Not computed yet: a mark stands for a whole row of the map.</p>;
  const shown = lines.filter(({ name }) => !hidden.includes(name));
  return (
    <div className="plane-of-subsets">
      <Plane lines={shown} />
      <div className="plane-side">
        <ul className="plane-methods" aria-label="Methods in the plane">
          {lines.map(({ name, index }) => (
            <li key={name}>
              <label className="study-tick">
                <input
                  type="checkbox"
                  checked={!hidden.includes(name)}
                  onChange={() => hide(hidden.includes(name) ? hidden.filter((one) => one !== name) : [...hidden, name])}
                />
                <svg viewBox="-3 -3 6 6" className="plane-key" aria-hidden="true">
                  <Shape index={index} />
                </svg>
                {name}
              </label>
            </li>
          ))}
        </ul>
        <p className="small muted">
          One mark for each subset that has labels, over all test subsets. Whiskers run from the lowest to the highest seed. R is
          never above P (the dashed line, where the axes reach it): the nearer to it, the less it matters what a test shows.
        </p>
        <details className="plane-table">
          <summary className="small">As a table</summary>
          <PointTable lines={lines} />
        </details>
      </div>
    </div>
  );
}

/** Both ends of an axis, at whole tenths, so that what lies close together is told apart. */
interface Span {
  low: number;
  high: number;
}

/** Hundredths at least that an axis shows. */
const LEAST_SPAN = 20;

function spanOf(spreads: readonly Spread[]): Span {
  const low = 10 * Math.floor(Math.min(100, ...spreads.map(({ min }) => 100 * min)) / 10);
  const high = 10 * Math.ceil(Math.max(0, ...spreads.map(({ max }) => 100 * max)) / 10);
  const from = Math.max(0, Math.min(low, high - LEAST_SPAN));
  return { low: from, high: Math.max(high, from + LEAST_SPAN) };
}

function ticksOf({ low, high }: Span): number[] {
  const every = high - low > 50 ? 20 : 10;
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => low + every * i);
}

/** From shares to places in the drawing. */
interface Places {
  x(share: number): number;
  y(share: number): number;
}

function Plane({ lines }: { lines: readonly Line[] }) {
  const points = lines.flatMap((line) => line.points);
  const across = spanOf(points.map(({ performance }) => performance));
  const upright = spanOf(points.map(({ robustness }) => robustness));
  const toPlace = (share: number, { low, high }: Span): number => (SIDE * (100 * share - low)) / (high - low);
  const places: Places = { x: (share) => toPlace(share, across), y: (share) => SIDE - toPlace(share, upright) };
  // R = P, as far as both axes show it.
  const [from, to] = [Math.max(across.low, upright.low) / 100, Math.min(across.high, upright.high) / 100];
  return (
    <svg viewBox="-13 -4 120 118" className="plane-drawing" role="img" aria-label={sayLines(lines)}>
      {ticksOf(upright).map((tick) => (
        <g key={tick} className="plane-axis">
          <path d={`M0 ${places.y(tick / 100)}H${SIDE}`} />
          <text x={-2} y={places.y(tick / 100) + 1} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {ticksOf(across).map((tick) => (
        <g key={tick} className="plane-axis">
          <path d={`M${places.x(tick / 100)} 0V${SIDE}`} />
          <text x={places.x(tick / 100)} y={SIDE + 5} textAnchor="middle">
            {tick}
          </text>
        </g>
      ))}
      {from < to && <path d={`M${places.x(from)} ${places.y(from)}L${places.x(to)} ${places.y(to)}`} className="plane-limit" />}
      <text x={SIDE / 2} y={SIDE + 11} textAnchor="middle" className="plane-name">
        P, performance, %
      </text>
      <text x={-9} y={SIDE / 2} textAnchor="middle" className="plane-name" transform={`rotate(-90 -9 ${SIDE / 2})`}>
        R, robustness, %
      </text>
      {lines.map((line) =>
        line.points.map((point) => <Mark key={`${line.name} ${point.trained}`} line={line} point={point} places={places} />),
      )}
    </svg>
  );
}

interface MarkProps {
  line: Line;
  point: SubsetPoint;
  places: Places;
}

function Mark({ line: { name, index }, point: { trained, performance, robustness }, places }: MarkProps) {
  const [x, y] = [places.x(performance.mean), places.y(robustness.mean)];
  return (
    <g className="plane-mark">
      <title>{`${name}, labels for ${trained.join(' + ')}: P ${sayOf(performance)}, R ${sayOf(robustness)}`}</title>
      <path
        className="plane-whisker"
        d={`M${places.x(performance.min)} ${y}H${places.x(performance.max)}M${x} ${places.y(robustness.min)}V${places.y(robustness.max)}`}
        stroke={hue(index)}
      />
      <g transform={`translate(${x} ${y})`}>
        <Shape index={index} />
        <text x={2.2} y={-1} className="plane-letters">
          {shortOf(trained)}
        </text>
      </g>
    </g>
  );
}

function hue(index: number): string {
  return `var(--hue-${(index % HUES) + 1})`;
}

function Shape({ index }: { index: number }) {
  const fill = hue(index);
  // After six colours the shapes have moved on by one: 36 methods differ.
  const shape = SHAPES[(index + Math.floor(index / HUES)) % SHAPES.length];
  switch (shape) {
    case 'circle':
      return <circle r={1.5} fill={fill} />;
    case 'square':
      return <rect x={-1.35} y={-1.35} width={2.7} height={2.7} fill={fill} />;
    case 'triangle':
      return <path d="M0-1.8l1.7 3h-3.4z" fill={fill} />;
    case 'diamond':
      return <path d="M0-2l2 2-2 2-2-2z" fill={fill} />;
    case 'cross':
      return <path d="M-1.4-1.4l2.8 2.8M1.4-1.4l-2.8 2.8" stroke={fill} strokeWidth={0.9} />;
    case 'ring':
      return <circle r={1.4} fill="none" stroke={fill} strokeWidth={0.8} />;
    default:
      return shape satisfies never;
  }
}

function PointTable({ lines }: { lines: readonly Line[] }) {
  return (
    <TableFrame label="Robustness against performance, as numbers">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">method</th>
            <th scope="col">labels for</th>
            <th scope="col">P, %</th>
            <th scope="col">R, %</th>
            <th scope="col">seeds</th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap(({ name, points }) =>
            points.map(({ trained, performance, robustness }) => (
              <tr key={`${name} ${trained}`}>
                <th scope="row">{name}</th>
                <td>{trained.join(' + ')}</td>
                <td>{sayOf(performance)}</td>
                <td>{sayOf(robustness)}</td>
                <td>{performance.count}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** "83.1 (82.0 to 84.4)" */
function sayOf({ count, mean, min, max }: Spread): string {
  const number = (value: number): string => (100 * value).toFixed(1);
  return count < 2 ? number(mean) : `${number(mean)} (${number(min)} to ${number(max)})`;
}

function sayLines(lines: readonly Line[]): string {
  const said = lines.map(({ name, points }) => {
    const means = points.map(({ trained, performance, robustness }) => {
      const [p, r] = [performance, robustness].map(({ mean }) => (100 * mean).toFixed(0));
      return `${trained.join(' + ')} ${p} and ${r}`;
    });
    return `${name}: ${means.join(', ')}`;
  });
  return `Performance and robustness in percent by what had labels. ${said.join('; ')}`;
}
