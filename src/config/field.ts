/**
 * A setting carries its own label, range, default and one sentence of help. The page's controls, the URL, `--set` and the
 * checks of all three derive from these tables and from nothing else.
 */

/** What changing a setting does to a run that is under way. */
export type Applies = 'live' | 'restart';

interface FieldBase {
  label: string;
  /** One sentence: what it is and what moving it does. */
  help: string;
  applies: Applies;
}

export interface NumberField extends FieldBase {
  kind: 'number';
  min: number;
  max: number;
  step: number;
  /** Only whole numbers are taken. */
  integer: boolean;
  /**
   * How a slider should spread its values: evenly; by powers, for what is never 0; or in decades, for what may be 0 and as well a hundred
   * times its step or more: 0 at the left end, and from one step on by powers.
   */
  scale: 'linear' | 'log' | 'decades';
  unit?: string;
  default: number;
}

export interface Option<T extends string | number = string | number> {
  value: T;
  label: string;
  /** What a narrow control shows of the chosen one; the label when absent. */
  short?: string;
}

export interface ChoiceField<T extends string | number = string | number> extends FieldBase {
  kind: 'choice';
  options: readonly Option<T>[];
  default: T;
}

export interface SwitchField extends FieldBase {
  kind: 'switch';
  default: boolean;
}

/** A line of somebody's own: the name of a column, for instance. */
export interface TextField extends FieldBase {
  kind: 'text';
  default: string;
}

/** Characters of one. */
const LONGEST_TEXT = 200;

export type Field = NumberField | ChoiceField | SwitchField | TextField;
export type FieldTable = Readonly<Record<string, Field>>;

/** The value type that a field holds. */
export type FieldValue<F> =
  F extends ChoiceField<infer T>
    ? T
    : F extends NumberField
      ? number
      : F extends SwitchField
        ? boolean
        : F extends TextField
          ? string
          : never;
export type Values<T extends FieldTable> = { -readonly [K in keyof T]: FieldValue<T[K]> };
export type SettingValue = string | number | boolean;
/** Values by path. */
export type Settings = Readonly<Record<string, SettingValue>>;

type NumberOptions = Omit<NumberField, 'kind' | 'integer' | 'scale' | 'applies'> &
  Partial<Pick<NumberField, 'integer' | 'scale' | 'applies'>>;

export function number(options: NumberOptions): NumberField {
  return { kind: 'number', integer: false, scale: 'linear', applies: 'restart', ...options };
}

export function whole(options: Omit<NumberOptions, 'integer'>): NumberField {
  return number({ ...options, integer: true });
}

export function choice<const T extends string | number>(
  options: Omit<ChoiceField<T>, 'kind' | 'applies' | 'default'> & { default: NoInfer<T>; applies?: Applies },
): ChoiceField<T> {
  return { kind: 'choice', applies: 'restart', ...options };
}

export function toggle(options: Omit<SwitchField, 'kind' | 'applies'> & { applies?: Applies }): SwitchField {
  return { kind: 'switch', applies: 'restart', ...options };
}

export function text(options: Omit<TextField, 'kind' | 'applies'> & { applies?: Applies }): TextField {
  return { kind: 'text', applies: 'restart', ...options };
}

export function defaults<T extends FieldTable>(table: T): Values<T> {
  const entries = Object.entries(table).map(([name, field]) => [name, field.default]);
  return Object.fromEntries(entries) as Values<T>;
}

/** Says in words what a field takes, e.g. "a whole number from 1 to 12". */
export function describeRange(field: Field): string {
  switch (field.kind) {
    case 'number':
      return `a ${field.integer ? 'whole ' : ''}number from ${field.min} to ${field.max}`;
    case 'choice':
      return `one of ${field.options.map((option) => option.value).join(', ')}`;
    case 'switch':
      return 'true or false';
    case 'text':
      return `one line of at most ${LONGEST_TEXT} characters`;
    default:
      return field satisfies never;
  }
}

/** Reads a value typed by a person (URL, command line). `undefined` when the field does not take it. */
export function parseValue(field: Field, typed: string): SettingValue | undefined {
  const text = typed.trim();
  switch (field.kind) {
    case 'number': {
      const value = text === '' ? Number.NaN : Number(text);
      return accepts(field, value) ? value : undefined;
    }
    case 'choice':
      return field.options.find((option) => String(option.value) === text)?.value;
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'text':
      return accepts(field, text) ? text : undefined;
    default:
      return field satisfies never;
  }
}

export function accepts(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' && value >= field.min && value <= field.max && (!field.integer || Number.isInteger(value));
    case 'choice':
      return field.options.some((option) => option.value === value);
    case 'switch':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= LONGEST_TEXT && !/\p{Cc}/u.test(value);
    default:
      return field satisfies never;
  }
}
