/** A slider for the feel and a box for the exact number, of one value. */
import { Slider } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { NumberField, SettingValue } from '../../config/field.ts';
import { formatSetting } from '../format.ts';
import { describedBy } from './describe.ts';
import { sliderScale } from './scale.ts';

/** A pause that ends a number being typed: "1" on the way to "128" is not a wish. */
const TYPING_MILLISECONDS = 700;

interface Props {
  id: string;
  field: NumberField;
  value: number;
  invalid: boolean;
  disabled?: boolean;
  onChange(value: SettingValue): void;
}

export function NumberControl({ id, field, value, invalid, disabled = false, onChange }: Props) {
  const scale = sliderScale(field);
  const inRange = Number.isFinite(value) ? Math.min(field.max, Math.max(field.min, value)) : field.min;
  return (
    <>
      <Slider.Root
        className="slider"
        disabled={disabled}
        min={scale.min}
        max={scale.max}
        step={scale.step}
        value={[scale.toPosition(inRange)]}
        onValueChange={([position]) => onChange(scale.toValue(position))}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={field.label}
          aria-valuetext={[formatSetting(value), field.unit].filter(Boolean).join(' ')}
          aria-describedby={describedBy(id, invalid)}
        />
      </Slider.Root>
      <NumberBox id={id} field={field} value={value} invalid={invalid} disabled={disabled} onChange={onChange} />
    </>
  );
}

export function NumberBox({ id, field, value, invalid, disabled = false, onChange }: Props) {
  // What is being typed; null while nobody types, so that the slider's moves show.
  const [text, setText] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const commit = (typed: string): void => {
    clearTimeout(timer.current);
    const next = typed.trim() === '' ? Number.NaN : Number(typed);
    if (!Object.is(next, value)) onChange(next);
  };
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(typed), TYPING_MILLISECONDS);
  };
  return (
    <input
      className="number-box"
      disabled={disabled}
      type="number"
      inputMode={field.integer ? 'numeric' : 'decimal'}
      min={field.min}
      max={field.max}
      step={field.integer && field.step === 1 ? 1 : 'any'}
      aria-label={`${field.label}, exact value`}
      aria-describedby={describedBy(id, invalid)}
      aria-invalid={invalid}
      value={text ?? (Number.isFinite(value) ? formatSetting(value) : '')}
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && text !== null) commit(text);
      }}
      onBlur={() => {
        if (text !== null) commit(text);
        setText(null);
      }}
    />
  );
}
