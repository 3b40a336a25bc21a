/** A line of somebody's own. It counts once it is left, or after a pause. */
import { useEffect, useRef, useState } from 'react';
import type { SettingValue, TextField } from '../../config/field.ts';
import { describedBy } from './describe.ts';

/** A pause that ends typing: half a name is not a wish. */
const TYPING_MILLISECONDS = 700;

interface Props {
  id: string;
  field: TextField;
  value: string;
  invalid: boolean;
  disabled: boolean;
  onChange(value: SettingValue): void;
}

export function TextControl({ id, field, value, invalid, disabled, onChange }: Props) {
  // What is being typed; null while nobody types.
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (next: string): void => {
    clearTimeout(timer.current);
    if (next.trim() !== value) onChange(next.trim());
  };
  return (
    <input
      className="number-box text-box"
      type="text"
      disabled={disabled}
      placeholder="automatic"
      aria-label={field.label}
      aria-describedby={describedBy(id, invalid)}
      aria-invalid={invalid}
      value={typed ?? value}
      onChange={({ target }) => {
        setTyped(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(target.value), TYPING_MILLISECONDS);
      }}
      onKeyDown={({ key }) => {
        if (key === 'Enter' && typed !== null) commit(typed);
      }}
      onBlur={() => {
        if (typed !== null) commit(typed);
        setTyped(null);
      }}
    />
  );
}
