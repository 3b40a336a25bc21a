/** One setting: label, control, and what is wrong with it. Everything comes from the field's own table entry. */
import { RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Applies, Field as FieldEntry, SettingValue } from '../../config/field.ts';
import { Choice } from './Choice.tsx';
import { Hint } from './Hint.tsx';
import { NumberControl } from './NumberControl.tsx';
import { TextControl } from './TextControl.tsx';
import { Toggle } from './Toggle.tsx';

interface Props {
  field: FieldEntry;
  value: SettingValue;
  problem: string | null;
  /** Why changing it would change nothing now: then it is off. */
  idle?: string | undefined;
  /** When a change takes effect, in a sentence. */
  applies?: string;
  /** Marks settings that start the run over. */
  restarts?: boolean;
  onChange(value: SettingValue): void;
  children?: ReactNode;
}

/** A setting of anything: whoever shows it says what it is and what becomes of a change. */
export function PlainField({ field, value, problem, idle, applies, restarts = false, onChange, children }: Props) {
  const id = useId();
  // What keeps the run from starting must be mended, whatever it does.
  const off = idle !== undefined && problem === null;
  return (
    <div className="field" data-kind={field.kind} data-invalid={problem !== null || undefined} data-off={off || undefined}>
      <FieldLabel id={`${id}-label`} field={field} applies={off ? `Does nothing now: ${idle}.` : applies} restarts={restarts} />
      <Control id={id} field={field} value={value} invalid={problem !== null} disabled={off} onChange={onChange} />
      {off && <span className="field-idle">{idle}</span>}
      {children}
      <p id={`${id}-help`} className="visually-hidden">
        {field.help} {off ? `Off: ${idle}.` : applies}
      </p>
      {problem !== null && (
        <p id={`${id}-problem`} className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}

/** When a change takes effect, in a sentence. */
export const APPLIES: Readonly<Record<Applies, string>> = {
  live: 'Applies at once, also while training.',
  restart: 'Changing it starts the run over.',
};

interface LabelProps {
  id: string;
  field: FieldEntry;
  applies: string | undefined;
  restarts: boolean;
}

function FieldLabel({ id, field, applies, restarts }: LabelProps) {
  // "Pretraining steps" says its unit already.
  const unit =
    field.kind === 'number' && field.unit !== undefined && !field.label.toLowerCase().endsWith(field.unit) ? field.unit : null;
  return (
    <Hint text={field.help} {...(applies === undefined ? {} : { more: applies })}>
      <span id={id} className="field-label">
        {field.label}
        {unit !== null && <span className="field-unit"> {unit}</span>}
        {restarts && <RotateCcw className="field-restart" size={10} aria-hidden="true" />}
      </span>
    </Hint>
  );
}

export interface ControlProps<F extends FieldEntry, V> {
  /** Its help is described by `${id}-help`, its problem by `${id}-problem`. */
  id: string;
  field: F;
  value: V;
  invalid: boolean;
  disabled: boolean;
  onChange(value: SettingValue): void;
}

function Control({ field, value, ...rest }: ControlProps<FieldEntry, SettingValue>) {
  switch (field.kind) {
    case 'number':
      return <NumberControl field={field} value={Number(value)} {...rest} />;
    case 'choice':
      return <Choice label={field.label} options={field.options} value={value} {...rest} />;
    case 'switch':
      return <Toggle label={field.label} checked={value === true} {...rest} />;
    case 'text':
      return <TextControl field={field} value={String(value)} {...rest} />;
    default:
      return field satisfies never;
  }
}
