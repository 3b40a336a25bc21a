/** What the samples are and what was made of their folders: how many, which classes, and what is tested on. */
import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ClassCount } from '../../../data/samples.ts';
import { capital, formatBytes, formatCount, plural } from '../../format.ts';
import { useBeside } from '../../hooks.ts';
import { selectInfo } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { useWords } from '../../store/useView.ts';
import { Field } from '../Field.tsx';
import { Columns } from './Columns.tsx';

const NONE: readonly string[] = [];
/** Samples that take less are not worth a word. */
const NOTABLE_BYTES = 64 * 2 ** 20;

export function Counts() {
  const info = useApp(selectInfo);
  const notes = useApp(
    (state) => (selectInfo(state)?.config.data.dataset === 'files' ? state.files.report?.notes : null) ?? NONE,
  );
  const table = useApp(
    (state) => (selectInfo(state)?.config.data.dataset === 'files' ? state.files.report?.table : null) ?? null,
  );
  const { brief, samples } = useWords();
  if (info === null) return <p className="counts muted">No {samples} yet</p>;
  const { trainCount, heldOutCount, dataBytes, heldOutIsTrain, classCounts, datasetName, config } = info;
  return (
    <>
      <p className="counts" title={datasetName}>
        {plural(trainCount, brief)}
        {', '}
        {table !== null && (
          <>
            <Columns table={table} />
            {', '}
          </>
        )}
        <ClassList classes={classCounts} notes={notes} choose={config.data.dataset === 'files'} />
        {heldOutIsTrain ? '; too few to hold any out, tested on the same' : `, ${formatCount(heldOutCount)} held out`}
        {dataBytes >= NOTABLE_BYTES && `; ${formatBytes(dataBytes)} of memory`}
      </p>
      {notes.length > 0 && (
        <p className="counts made-of muted" title={notes.join('\n')}>
          {notes.join(' ')}
        </p>
      )}
    </>
  );
}

interface ListProps {
  classes: readonly ClassCount[];
  /** What was made of the folders. */
  notes: readonly string[];
  /** Whether folders name the classes, so that others could. */
  choose: boolean;
}

/** How many classes there are; pressed, each of them with its samples. */
function ClassList({ classes, notes, choose }: ListProps) {
  const side = useBeside('left');
  return (
    <Popover.Root>
      <Popover.Trigger className="link-button">
        {classes.length === 0 ? 'no labels' : plural(classes.length, 'class', 'classes')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover class-popover" side={side} sideOffset={8} collisionPadding={8} aria-label="Classes">
          <h3>Classes</h3>
          {notes.map((note) => (
            <p key={note} className="small">
              {note}
            </p>
          ))}
          {choose && (
            <div className="fields">
              <Field path="data.classLevel" />
            </div>
          )}
          {classes.length > 0 && <ClassTable classes={classes} />}
          <Popover.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ClassTable({ classes }: { classes: readonly ClassCount[] }) {
  const { samples } = useWords();
  const most = Math.max(1, ...classes.map(({ train, heldOut }) => train + heldOut));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <section className="class-list" tabIndex={0} aria-label={`${capital(samples)} of every class`}>
      <table>
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">training</th>
            <th scope="col">held out</th>
          </tr>
        </thead>
        <tbody>
          {classes.map(({ name, train, heldOut }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                <span className="class-name">{name}</span>
                {/* Classes of very different size show at a glance. */}
                <span className="class-bar" style={{ width: `${(100 * (train + heldOut)) / most}%` }} aria-hidden="true" />
              </th>
              <td>{formatCount(train)}</td>
              <td>{formatCount(heldOut)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
