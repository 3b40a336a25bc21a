/** Two runs side by side: what differs between them, beside what they scored. */
import { formatCount } from '../format.ts';
import { sayMark } from '../store/marks.ts';
import type { KeptRun } from '../store/runs.ts';
import { differingSettings, mainScore, settingText } from './columns.ts';

export interface Row {
  label: string;
  help: string;
  first: string;
  second: string;
}

/** What is compared of a run. */
export type Compared = Pick<KeptRun, 'name' | 'config' | 'datasetName' | 'step' | 'scores' | 'curves' | 'backend'>;

/** Settings in which they differ, in the order of the tables; data, steps, engine and changes on the way where those do. */
export function settingRows(first: Compared, second: Compared): Row[] {
  const row = (label: string, help: string, text: (run: Compared) => string): Row => ({
    label,
    help,
    first: text(first),
    second: text(second),
  });
  const settings = differingSettings([first.config, second.config]).map(({ path, label, help }) =>
    row(label, help, ({ config }) => settingText(config, path)),
  );
  const facts = [
    // Built-in data sets are a setting.
    ...(first.config.data.dataset === second.config.data.dataset
      ? [row('Samples', 'What they learned from', ({ datasetName }) => datasetName)]
      : []),
    row('Steps done', 'How far they are', ({ step }) => formatCount(step)),
    row('Engine', 'What computed them: the last digits may differ between engines', ({ backend }) => backend ?? 'not known'),
    row('Changed on the way', 'Settings that were changed while it trained', sayChanges),
  ];
  return [...settings, ...facts.filter((fact) => fact.first !== fact.second)];
}

/** The main number of each, which is no setting. */
export function scoreRow(first: Compared, second: Compared): Row {
  return { label: 'Score', help: 'On held-out samples', first: mainScore(first), second: mainScore(second) };
}

function sayChanges({ curves }: Compared): string {
  const changes = (curves.marks ?? []).filter((mark) => 'path' in mark);
  return changes.length === 0 ? 'nothing' : changes.map(sayMark).join('; ');
}
