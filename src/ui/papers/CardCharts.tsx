/** The charts of a card: the paper's numbers in grey, and beside them what was measured here, on axes of their own. */
import { useId, useRef } from 'react';
import type { CardChart, CardForm, FigureCard } from '../../config/figures/card.ts';
import type { FigureLines } from '../../metrics/figureLines.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import { ExportChart } from '../compare/ExportChart.tsx';
import { formatSetting } from '../format.ts';
import { LineLegend } from '../study/LineLegend.tsx';
import { type Drawing, ourDrawing, theirDrawings } from './cardCharts.ts';
import { LevelChart } from './LevelChart.tsx';

interface Props {
  card: FigureCard;
  form: CardForm;
  lines: FigureLines;
  /** Where the lines are from: "Measured by us: 3 seeds, CIFAR-10". */
  source: string;
}

export function CardCharts({ card, form, lines, source }: Props) {
  const name = `patchwork-${card.id}`;
  const isAlone = card.charts.every(({ published }) => published.length === 0);
  return (
    <>
      {isAlone && (
        <p className="small muted">No numbers of the paper stand beside ours here: its scale, below, says what is known.</p>
      )}
      <div className="card-charts">
        {card.charts.map((chart) => {
          const ours = <Ours key={chart.title} {...{ chart, form, lines, source, name }} />;
          if (chart.published.length === 0) return ours;
          return (
            <div key={chart.title} className="chart-pair">
              <Published chart={chart} />
              {ours}
            </div>
          );
        })}
      </div>
    </>
  );
}

function Published({ chart }: { chart: CardChart }) {
  return (
    <section className="card-published" aria-label={`In the paper: ${chart.title}`}>
      <h4>In the paper</h4>
      {theirDrawings(chart).map(({ unit, drawing }) => (
        <Drawn key={unit} drawing={drawing} title={unit} across={chart.x?.label ?? ''} isPublished />
      ))}
    </section>
  );
}

function Ours({
  chart,
  form,
  lines,
  source,
  name,
}: { chart: CardChart; source: string; name: string } & Pick<Props, 'form' | 'lines'>) {
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const drawing = ourDrawing(chart, form, lines);
  const isEmpty = chart.lines.every((line) => (lines[line.name] ?? []).length === 0);
  const seeds = Math.max(0, ...chart.lines.flatMap((line) => (lines[line.name] ?? []).map(({ count }) => count)));
  const upright = `${chart.y.label}, ${seeds > 1 ? `mean and standard deviation over ${seeds} seeds` : 'one seed'}`;
  return (
    <section className="card-ours" aria-labelledby={id}>
      <div className="study-chart-head">
        <h4 id={id}>Here: {chart.title}</h4>
        {!isEmpty && (
          <ExportChart
            frame={frame}
            name={`${name}-${chart.title.toLowerCase().replaceAll(/\W+/g, '-')}`}
            caption={{
              title: `${chart.title}. ${source}`,
              upright: drawing.kind === 'levels' ? `→ ${upright}` : upright,
              across: chart.x?.label ?? chart.y.label,
              lines: drawing.kind === 'lines' ? drawing.series : [],
            }}
          />
        )}
      </div>
      <div ref={frame} className="card-drawing">
        {isEmpty && drawing.kind === 'lines' && <p className="card-nothing small muted">Nothing measured yet</p>}
        <Drawn drawing={drawing} title={chart.y.label} across={chart.x?.label ?? ''} />
      </div>
    </section>
  );
}

interface DrawnProps {
  drawing: Drawing;
  /** What its upright axis counts. */
  title: string;
  /** What its other axis counts. */
  across: string;
  isPublished?: boolean;
}

function Drawn({ drawing, title, across, isPublished = false }: DrawnProps) {
  const { format } = drawing;
  if (drawing.kind === 'levels') {
    const said = drawing.rows.map(({ name, value }) => `${name} ${value === undefined ? 'not run' : format(value)}`).join('; ');
    return <LevelChart label={`${title}: ${said}`} rows={drawing.rows} format={format} isPublished={isPublished} />;
  }
  const { x, y, series } = drawing;
  const said = series.map(({ name, points }) => `${name} ${points.map((point) => format(point.y)).join(', ')}`).join('; ');
  return (
    <div className="card-chart">
      <LazyChart
        title={title}
        label={`${title} over ${across}: ${said === '' ? 'nothing yet' : said}`}
        x={{ ...x, unit: across }}
        y={y}
        say={{ x: (value) => `${across} ${x.format(Number(formatSetting(value)))}`, y: format }}
        series={series}
        longNames
        legend={<LineLegend series={series} />}
        everyTick
      />
    </div>
  );
}
