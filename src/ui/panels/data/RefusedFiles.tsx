/** Files that were not used, by name and with the reason. */
import { ChevronDown, X } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { LoadReport } from '../../../data/samples.ts';
import { useController } from '../../controller/context.ts';
import { plural } from '../../format.ts';
import { refusedTitle } from './refusedTitle.ts';

/** A list of this many is read by nobody, and would take the browser long to lay out. */
const MOST_LINES = 500;

export function RefusedFiles({ report }: { report: LoadReport }) {
  const refused = [...report.refused, ...report.shortened];
  const { files } = useController();
  return (
    <Collapsible.Root className="refused" defaultOpen>
      <div className="refused-head">
        <Collapsible.Trigger className="refused-title">
          <ChevronDown size={14} className="refused-arrow" aria-hidden="true" />
          {refusedTitle(report)}
        </Collapsible.Trigger>
        <button
          type="button"
          className="icon-button"
          aria-label="Clear the list of files not used"
          onClick={() => files.clearRefused()}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      <Collapsible.Content className="refused-content">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
        <ul className="refused-list" aria-label="Files not used" tabIndex={0}>
          {refused.slice(0, MOST_LINES).map(({ name, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names can repeat, and the list never changes
            <li key={index}>
              <b>{name}</b> {reason}
            </li>
          ))}
          {refused.length > MOST_LINES && <li>and {plural(refused.length - MOST_LINES, 'more line')}</li>}
        </ul>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
