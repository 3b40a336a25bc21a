/** Which columns of a table were read, and its first rows to choose others by. */
import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId } from 'react';
import type { Option } from '../../../config/field.ts';
import type { TableGlance } from '../../../data/samples.ts';
import { useController } from '../../controller/context.ts';
import { Choice } from '../../controls/Choice.tsx';
import { TableFrame } from '../../controls/TableFrame.tsx';
import { plural } from '../../format.ts';
import '../../styles/columns.css';

const NO_LABELS = 'none';

/** How many columns there are; pressed, which of them are read. */
export function Columns({ table }: { table: TableGlance }) {
  const { path, columns } = table;
  return (
    <Popover.Root>
      <Popover.Trigger className="link-button">{plural(columns.length, 'column')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover columns-popover"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Columns"
        >
          <h3>Columns of {path}</h3>
          <Chosen table={table} />
          <FirstRows table={table} />
          <Popover.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Chosen({ table: { columns, text, label } }: { table: TableGlance }) {
  const { edits } = useController();
  const id = useId();
  const all = columns.map((name, i): Option => ({ value: nameOf(columns, i), label: name, short: name }));
  const none: Option = { value: NO_LABELS, label: 'no labels', short: 'no labels' };
  return (
    <div className="columns-chosen">
      <span>Text</span>
      <Choice
        id={`${id}-text`}
        label="Column of the texts"
        options={all}
        value={nameOf(columns, text)}
        onChange={(name) => edits.edit('text.column', String(name))}
      />
      <span>Class</span>
      <Choice
        id={`${id}-label`}
        label="Column of the classes"
        options={[none, ...all]}
        value={label === undefined ? NO_LABELS : nameOf(columns, label)}
        onChange={(name) => edits.edit('text.labels', String(name))}
      />
    </div>
  );
}

/** What settings call a column: its name, or its number where others have the name too. */
function nameOf(columns: readonly string[], index: number): string {
  const name = columns[index];
  const isPlain = name !== NO_LABELS && columns.indexOf(name) === index && columns.lastIndexOf(name) === index;
  return isPlain ? name : String(index + 1);
}

function FirstRows({ table: { columns, rows, text, label } }: { table: TableGlance }) {
  const roleOf = (column: number): string | undefined => (column === text ? 'text' : column === label ? 'class' : undefined);
  return (
    <TableFrame label="First rows">
      <table className="table first-rows">
        <thead>
          <tr>
            {columns.map((name, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name
              <th key={i} scope="col" data-role={roleOf(i)}>
                {name}
                {roleOf(i) !== undefined && <span className="visually-hidden"> ({roleOf(i)})</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the file
            <tr key={r}>
              {row.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a place in the row
                <td key={i} data-role={roleOf(i)} dir="auto" title={cell}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
