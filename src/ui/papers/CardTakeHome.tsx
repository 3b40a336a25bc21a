/** Numbers of a card as files, and a link that opens it. */
import { Download } from 'lucide-react';
import type { FigureCard } from '../../config/figures/card.ts';
import { cardCsv } from '../../io/cardTable.ts';
import { sweepCsv } from '../../io/sweepTable.ts';
import { cardResult } from '../../metrics/cardResult.ts';
import { sweepRows } from '../../metrics/sweepSummary.ts';
import { saveText } from '../compare/saveText.ts';
import type { CardReport } from '../store/sweep.ts';
import { Copied } from './Copied.tsx';
import { formOn, partValues } from './cardPoints.ts';
import { figureLink } from './link.ts';
import type { Shown } from './shown.ts';

interface Props {
  card: FigureCard;
  report: CardReport | null;
  looked?: Shown;
}

export function CardTakeHome({ card, report, looked }: Props) {
  const name = `patchwork-${card.id}`;
  const link = new URL(figureLink(card.id), `${location.origin}${location.pathname}`).href;
  const saveCsv = (): void => {
    if (looked?.whose === 'ours') {
      if (looked.result !== undefined) saveText(cardCsv(looked.result), `${name}.csv`);
      return;
    }
    if (report === null) return;
    const values = partValues(formOn(card, report.sweep), report.results);
    saveText(sweepCsv(Object.entries(values).map(([sweep, list]) => ({ sweep, rows: sweepRows(list) }))), `${name}.csv`);
  };
  const saveJson = (): void => {
    const result = looked?.whose === 'ours' ? looked.result : report === null ? undefined : ownResult(card, report);
    if (result !== undefined) saveText(`${JSON.stringify(result, null, 2)}\n`, `${name}.json`);
  };
  return (
    <div className="study-buttons">
      <button type="button" className="button small-button" disabled={looked === undefined} onClick={saveCsv}>
        <Download size={14} aria-hidden="true" />
        CSV
      </button>
      <button type="button" className="button small-button" disabled={looked === undefined} onClick={saveJson}>
        <Download size={14} aria-hidden="true" />
        JSON
      </button>
      <Copied label="Copy the link" text={link} />
    </div>
  );
}

/** In the form in which the command line writes them. */
function ownResult(card: FigureCard, report: CardReport) {
  const form = formOn(card, report.sweep);
  const command = `npm run --silent compare -- --figure ${card.id} --size ${report.sweep.size}`;
  return cardResult(card, report.sweep.size, partValues(form, report.results), { data: report.datasetName, command });
}
