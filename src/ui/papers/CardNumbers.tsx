/** The paper's numbers and ours as tables, behind one line until they are asked for. */
import type { CardForm, FigureCard, PublishedLine } from '../../config/figures/card.ts';
import { categoriesOf } from '../../config/figures/card.ts';
import type { FigureLines } from '../../metrics/figureLines.ts';
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatSetting } from '../format.ts';
import { formatUnit } from './cardCharts.ts';

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
                <td>
                  {value} {unit}
                </td>
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
              const categories = categoriesOf(form, line);
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
                  <td>{x === undefined ? '–' : (categories?.[x] ?? formatSetting(x))}</td>
                  <td>
                    {formatUnit(chart.y.unit, mean)}
                    {count > 1 && ` ± ${formatUnit(chart.y.unit, deviation)}`}
                  </td>
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
