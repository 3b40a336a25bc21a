/** The paper's numbers and ours as tables, behind one line until they are asked for. */
import { type CardForm, type FigureCard, type PublishedLine, sayX } from '../../config/figures/card.ts';
import { formatSpread, formatUnit } from '../../config/figures/units.ts';
import type { FigureLines } from '../../metrics/figureLines.ts';
import { TableFrame } from '../controls/TableFrame.tsx';
import { publishedFormat } from './cardCharts.ts';

interface Props {
  card: FigureCard;
  form: CardForm;
  lines: FigureLines;
}

export function CardNumbers({ card, form, lines }: Props) {
  const published = card.charts.flatMap((chart) => chart.published);
  return (
    <details className="card-numbers">
      <summary>Numbers</summary>
      <div className="card-charts">
        {published.length > 0 && <PublishedTable lines={published} title={card.title} />}
        <OwnTable card={card} form={form} lines={lines} />
      </div>
    </details>
  );
}

function PublishedTable({ lines, title }: { lines: readonly PublishedLine[]; title: string }) {
  const units = new Map(lines.map(({ unit }) => [unit, publishedFormat(lines.filter((line) => line.unit === unit))]));
  return (
    <TableFrame label={`Numbers of the paper: ${title}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">In the paper</th>
            <th scope="col">at</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap(({ name, unit, points }) =>
            points.map(({ x, value }) => (
              <tr key={`${name} ${unit} ${x}`}>
                <th scope="row">{name}</th>
                <td>{x ?? '–'}</td>
                <td>{units.get(unit)?.(value)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}

function OwnTable({ card, form, lines }: Props) {
  return (
    <TableFrame label={`Measured numbers: ${card.title}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Here</th>
            <th scope="col">at</th>
            <th scope="col">mean ± deviation</th>
            <th scope="col">seeds</th>
          </tr>
        </thead>
        <tbody>
          {card.charts.flatMap((chart) =>
            chart.lines.flatMap((line) => {
              const points = lines[line.name] ?? [];
              if (points.length === 0) {
                return [
                  <tr key={line.name}>
                    <th scope="row">{line.name}</th>
                    <td colSpan={3}>not run</td>
                  </tr>,
                ];
              }
              return points.map(({ x, mean, deviation, count }) => (
                <tr key={`${line.name} ${x}`}>
                  <th scope="row">{line.name}</th>
                  <td>{x === undefined ? '–' : sayX(form, line, x)}</td>
                  <td>{count > 1 ? formatSpread(chart.y.unit, mean, deviation) : formatUnit(chart.y.unit, mean)}</td>
                  <td>{count}</td>
                </tr>
              ));
            }),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}
