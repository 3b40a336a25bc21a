/** The paper's numbers and ours as tables, behind one line until they are asked for. */
import {
  type CardChart,
  type CardForm,
  type CardLine,
  type FigureCard,
  type PublishedLine,
  sayX,
} from '../../config/figures/card.ts';
import { formatSpread, formatUnit } from '../../config/figures/units.ts';
import type { FigureLines, FigurePoint } from '../../metrics/figureLines.ts';
import { TableFrame } from '../controls/TableFrame.tsx';
import { publishedFormat } from './cardCharts.ts';
import { halves } from './halves.ts';

interface Props {
  card: FigureCard;
  form: CardForm;
  lines: FigureLines;
}

export function CardNumbers({ card, form, lines }: Props) {
  const published = card.charts.flatMap((chart) => chart.published);
  const own = card.charts.map((chart) => chart.lines.map((line) => ({ chart, line, points: lines[line.name] ?? [] })));
  // Where the paper has none, ours take both columns; lines of one chart stay together.
  const [first = [], ...more] = own;
  const groups = more.length > 0 ? own : first.map((line) => [line]);
  const rowsOf = (group: readonly OwnLine[]): number => group.reduce((sum, { points }) => sum + Math.max(1, points.length), 0);
  const tables = (published.length > 0 ? [own] : halves(groups, rowsOf)).map((part) => part.flat());
  return (
    <details className="card-numbers">
      <summary>Numbers</summary>
      <div className="card-charts">
        {published.length > 0 && <PublishedTable lines={published} title={card.title} />}
        {tables.map((rows, index) => (
          <OwnTable key={rows[0]?.line.name ?? ''} card={card} form={form} rows={rows} goesOn={index > 0} />
        ))}
      </div>
    </details>
  );
}

function PublishedTable({ lines, title }: { lines: readonly PublishedLine[]; title: string }) {
  const isOver = lines.some(({ points }) => points.some(({ x }) => x !== undefined));
  const units = new Map(lines.map(({ unit }) => [unit, publishedFormat(lines.filter((line) => line.unit === unit))]));
  return (
    <TableFrame label={`Numbers of the paper: ${title}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">In the paper</th>
            {isOver && <th scope="col">at</th>}
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap(({ name, unit, points }) =>
            points.map(({ x, value }) => (
              <tr key={`${name} ${unit} ${x}`}>
                <th scope="row">{name}</th>
                {isOver && <td>{x ?? '–'}</td>}
                <td>{units.get(unit)?.(value)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface OwnLine {
  chart: CardChart;
  line: CardLine;
  points: readonly FigurePoint[];
}

interface OwnTableProps {
  card: FigureCard;
  form: CardForm;
  rows: readonly OwnLine[];
  /** It is the second half of a table. */
  goesOn: boolean;
}

function OwnTable({ card, form, rows, goesOn }: OwnTableProps) {
  const isOver = rows.some(({ points }) => points.some(({ x }) => x !== undefined));
  return (
    <TableFrame label={`Measured numbers${goesOn ? ', second half' : ''}: ${card.title}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Here</th>
            {isOver && <th scope="col">at</th>}
            <th scope="col">mean ± deviation</th>
            <th scope="col">seeds</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ chart, line, points }) => {
            if (points.length === 0) {
              return [
                <tr key={line.name}>
                  <th scope="row">{line.name}</th>
                  <td colSpan={isOver ? 3 : 2}>not run</td>
                </tr>,
              ];
            }
            return points.map(({ x, mean, deviation, count }) => (
              <tr key={`${line.name} ${x}`}>
                <th scope="row">{line.name}</th>
                {isOver && <td>{x === undefined ? '–' : sayX(form, line, x)}</td>}
                <td>{count > 1 ? formatSpread(chart.y.unit, mean, deviation) : formatUnit(chart.y.unit, mean)}</td>
                <td>{count}</td>
              </tr>
            ));
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}
