/** What a model of several senses makes of those that are given: model/senses.ts once more, in plain JavaScript. */
import { joinFloats } from '../base/join.ts';
import type { Sense } from '../config/modalities/names.ts';
import { hiddenStates, meanOf, range } from './answers.ts';
import type { SensesInput } from './manifest.ts';
import { Net } from './net.ts';

/** Tokens by sense: numbers (n, length), or ids of words (n). */
export type Given = Readonly<Partial<Record<Sense, Float32Array | Int32Array>>>;
type Vectors = Partial<Record<Sense, Float32Array>>;

export class Together {
  private readonly own: ReadonlyMap<Sense, Net>;

  constructor(
    private readonly net: Net,
    private readonly input: SensesInput,
  ) {
    this.own = new Map(input.members.map(({ name, spec }) => [name, within(net, name, spec)]));
  }

  /** What is averaged over the senses that are given: (width) of each. */
  embed(given: Given): Vectors {
    const { ends } = this.input;
    if (ends.kind === 'joint') return this.joint(given, ends);
    if (ends.readout === 'before') return this.each(given, (name, tokens) => this.mean(name, tokens));
    return this.each(given, (name, tokens) => {
      const vector = this.project(name, tokens);
      const length = Math.sqrt(vector.length);
      return vector.map((value) => value * length);
    });
  }

  /** Unit vectors of the space that all senses share, where they end apart. */
  projections(given: Given): Vectors {
    return this.each(given, (name, tokens) => this.project(name, tokens));
  }

  /** (classes), unnormalised. */
  logits(given: Given): Float32Array {
    return this.net.linear(fused(this.embed(given)), 'head');
  }

  private each(given: Given, make: (name: Sense, tokens: Float32Array | Int32Array) => Float32Array): Vectors {
    const made = this.input.members.flatMap(({ name }) => {
      const tokens = given[name];
      return tokens === undefined ? [] : [[name, make(name, tokens)] as const];
    });
    return Object.fromEntries(made);
  }

  private ownNet(name: Sense): Net {
    const found = this.own.get(name);
    if (found === undefined) throw new Error(`the model has no encoder of ${name}`);
    return found;
  }

  private mean(name: Sense, tokens: Float32Array | Int32Array): Float32Array {
    const net = this.ownNet(name);
    return meanOf(hiddenStates(net, tokens), net.spec.width, range(net.spec.patches));
  }

  private project(name: Sense, tokens: Float32Array | Int32Array): Float32Array {
    const vector = this.ownNet(name).linear(this.mean(name, tokens), 'proj');
    const size = Math.sqrt(dot(vector, vector) + 1e-12);
    return vector.map((value) => value / size);
  }

  private joint(given: Given, { stack, norm }: Extract<SensesInput['ends'], { kind: 'joint' }>): Vectors {
    const { net } = this;
    const typed = this.each(given, (name, tokens) => {
      const own = this.ownNet(name);
      const placed = own.place(own.embed(tokens), range(own.spec.patches));
      const type = net.get(`type.${name}`);
      for (let i = 0; i < placed.length; i++) placed[i] += type[i % type.length];
      return own.encode(placed);
    });
    const all = net.norm(net.stack(stack, joinFloats(Object.values(typed))), norm);
    let from = 0;
    return Object.fromEntries(
      Object.entries(typed).map(([name, { length }]) => {
        const rows = all.subarray(from, from + length);
        from += length;
        return [name, meanOf(rows, stack.width, range(length / stack.width))];
      }),
    );
  }
}

/** The tensors behind a name, as a model of their own. */
function within(net: Net, name: string, spec: Net['spec']): Net {
  const start = `${name}.`;
  const own = [...net.tensors]
    .filter(([key]) => key.startsWith(start))
    .map(([key, tensor]) => [key.slice(start.length), tensor] as const);
  return new Net(new Map(own), spec);
}

/** The mean of what is given. */
export function fused(vectors: Vectors): Float32Array {
  const all = Object.values(vectors);
  return all[0].map((_, i) => all.reduce((sum, vector) => sum + vector[i], 0) / all.length);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export function cosine(a: Float32Array, b: Float32Array): number {
  const size = Math.sqrt(dot(a, a) * dot(b, b));
  return size === 0 ? 0 : dot(a, b) / size;
}
