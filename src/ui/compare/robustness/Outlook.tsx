/** What the button sets going, before it is pressed. */
import { robustTasks, rowName, rowNames } from '../../../trainer/robustness/plan.ts';
import { plural } from '../../format.ts';
import { useApp } from '../../store/store.ts';
import { askedOf } from '../../study/robustnessPlan.ts';
import type { Startable } from './startable.ts';

/** @param waits other work has to end first */
export function Outlook({ start, waits }: { start: Startable | undefined; waits: boolean }) {
  const choice = useApp((state) => state.robustness.choice);
  const report = useApp((state) => state.robustness.report);
  if (start === undefined) return null;
  const asked = askedOf(choice);
  const tasks = robustTasks(asked, start.senses);
  if (tasks.length === 0) return <p className="small muted">Nothing to do yet: choose a method or a baseline.</p>;
  // The weights themselves are compared when the study begins.
  const goesOn = report !== null && report.startName === start.name && report.asked.labelsPerClass === asked.labelsPerClass;
  const known = new Set(goesOn ? report.rows.map(rowName) : []);
  const missing = tasks.filter((task) => !rowNames(asked, task).every((name) => known.has(name))).length;
  return (
    <p className="small muted">
      {plural(tasks.length, 'model')}, each tested on every subset of the senses.{' '}
      {goesOn
        ? missing === 0
          ? 'All of them are there.'
          : `${plural(tasks.length - missing, 'model is', 'models are')} there already; ${missing} to train.`
        : report !== null && report.rows.length > 0 && 'These are other settings: the results below make place for them.'}{' '}
      {waits ? 'Other work on this page has to end first.' : 'Training rests meanwhile; you may look at other pages.'}
    </p>
  );
}
