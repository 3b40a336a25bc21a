/** The computation of an ONNX model as it is put together: nodes in the order in which they run, and the constants they read. */

/** `TensorProto.DataType`. */
export const TYPES = { float: 1, int64: 7 } as const;
export type TensorType = keyof typeof TYPES;

/** A number or numbers that decide what a node does: whole numbers, unless it says `float`. */
export type Attribute = number | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Attributes;
}

export interface Initialiser {
  name: string;
  shape: readonly number[];
  data: Float32Array | BigInt64Array;
}

/** An input or output: dimensions are numbers, or the names of those that are free. */
export interface Value {
  name: string;
  type: TensorType;
  shape: readonly (number | string)[];
}

/** Every method that adds a node returns the name of what it computes. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly initialisers = new Map<string, Initialiser>();
  readonly inputs: Value[] = [];
  readonly outputs: Value[] = [];

  input(name: string, type: TensorType, shape: Value['shape']): string {
    this.inputs.push({ name, type, shape });
    return name;
  }

  /** What `from` computes under a name that people know. */
  output(name: string, from: string, shape: Value['shape']): void {
    this.nodes.push({ op: 'Identity', inputs: [from], outputs: [name], attributes: {} });
    this.outputs.push({ name, type: 'float', shape });
  }

  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const [output] = this.split(op, inputs, 1, attributes);
    return output;
  }

  /** A node with several outputs. */
  split(op: string, inputs: readonly string[], count: number, attributes: Attributes = {}): string[] {
    const name = `${op}_${this.nodes.length}`;
    const outputs = Array.from({ length: count }, (_, i) => (count === 1 ? name : `${name}_${i}`));
    this.nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  /** Numbers of the model by name; several nodes may read the same. @param data is made when the name is new */
  weight(name: string, shape: readonly number[], data: () => Float32Array): string {
    if (!this.initialisers.has(name)) this.initialisers.set(name, { name, shape, data: data() });
    return name;
  }

  /** One number. */
  number(value: number): string {
    return this.weight(`number_${value}`, [], () => Float32Array.of(value));
  }

  /** Whole numbers, such as sizes and axes: (values.length). */
  ints(...values: readonly number[]): string {
    const name = `ints_${values.join('_')}`;
    return this.wholeNumbers(name, [values.length], () => values);
  }

  wholeNumbers(name: string, shape: readonly number[], values: () => ArrayLike<number>): string {
    if (!this.initialisers.has(name)) {
      this.initialisers.set(name, { name, shape, data: BigInt64Array.from(Array.from(values()), BigInt) });
    }
    return name;
  }
}
