/** One contender closely: what it takes for what, its surest mistakes, and where its heads look. */
import { ArrowUp } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { download } from '../controller/download.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { extrasOf } from '../extras.ts';
import { formatPercent } from '../format.ts';
import type { StudyReport } from '../store/study.ts';
import { ClassConfusion } from '../study/ClassConfusion.tsx';
import { FitText } from '../study/FitText.tsx';
import { LocalityGrid } from '../study/LocalityGrid.tsx';
import { MistakeGallery } from '../study/MistakeGallery.tsx';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { formatSize, type StudyRow } from '../study/summary.ts';

interface Props {
  report: StudyReport;
  row: StudyRow;
  /** Takes the focus when the row is chosen. */
  title: RefObject<HTMLHeadingElement | null>;
  /** To the row in the table. */
  back(): void;
}

export function RowDetail({ report, row, title: heading, back }: Props) {
  const [seed, chooseSeed] = useState<number | null>(null);
  const result = row.results.find((other) => other.seed === seed) ?? row.results[0];
  if (result === undefined || report.test === null) return null;
  const { test } = report;
  const Line = extrasOf(test.modality)?.Line;
  const locality = row.results.find((other) => other.locality !== undefined)?.locality;
  const title = `${row.name}, ${PROTOCOL_LABELS[row.protocol]}, ${formatSize(row.labelsPerClass)} labels a class`;
  return (
    <section className="row-detail" aria-label={title}>
      <div className="study-chart-head">
        <h3 ref={heading} id="row-detail-title" tabIndex={-1}>
          {title}
        </h3>
        {row.results.length > 1 && (
          <Toggles
            labelledBy="row-detail-title"
            value={String(result.seed)}
            disabled={false}
            options={row.results.map((other) => [String(other.seed), `seed ${other.seed}`])}
            onChange={(value) => chooseSeed(Number(value))}
          />
        )}
        <span className="fact">{formatPercent(result.accuracy)} right</span>
        <button type="button" className="button small-button" onClick={back}>
          <ArrowUp size={14} aria-hidden="true" />
          Back to the table
        </button>
      </div>
      {result.fit !== undefined && <FitText fit={result.fit} tested={result.testPictures} />}
      {result.alone !== undefined && <p className="small">{sayAlone(report, row, result.alone)}</p>}
      <div className="row-detail-parts">
        <div>
          <h4>What is taken for what</h4>
          <ClassConfusion counts={result.confusion.counts} classes={test.classes} />
        </div>
        <div>
          <h4>Surest mistakes</h4>
          {Line !== undefined && <Line onSave={download} />}
          <MistakeGallery pictures={test} mistakes={result.mistakes} classes={test.classes} />
        </div>
      </div>
      {locality !== undefined && (
        <div>
          <h4>Attention locality before and after fine-tuning</h4>
          <LocalityGrid {...locality} />
        </div>
      )}
    </section>
  );
}

/** "Its members alone: MP3 48.3 %, MAE 47.0 %." */
function sayAlone({ contenders }: StudyReport, { contender }: StudyRow, alone: readonly number[]): string {
  const members = contenders[contender]?.members ?? [];
  const said = alone.map((accuracy, i) => {
    const place = members[i] ?? -1;
    const name = contenders[place]?.name ?? 'a member';
    return `${name}${members.indexOf(place) < i ? ' with another seed' : ''} ${formatPercent(accuracy)}`;
  });
  return `Its members alone: ${said.join(', ')}.`;
}
