/**
 * Reads a Python pickle as far as weights need it, and runs nothing: whatever it names besides dictionaries and tensors becomes an opaque
 * nothing. Protocols 0 to 5 (Python's `pickletools`), of which `torch.save` uses 2.
 */
import { PickleBytes, refused } from './pickleBytes.ts';

/** What a tensor of PyTorch is: a view of numbers that lie elsewhere in the file. */
export class TensorView {
  constructor(
    readonly storage: StorageRef,
    /** In numbers, as the strides are. */
    readonly offset: number,
    readonly shape: readonly number[],
    readonly stride: readonly number[],
  ) {}
}

/** Numbers of one type in a file of the archive. */
export class StorageRef {
  constructor(
    /** `FloatStorage` and its like. */
    readonly type: string,
    readonly key: string,
  ) {}
}

/** Something whose content does not matter, such as the settings of a training: it is never called. */
class Opaque {}

/** A function or class by its full name. */
class Global {
  constructor(readonly name: string) {}
}

const MARK = Symbol('mark');
/** A network of a thousand tensors takes some ten thousand. */
const MOST_OPCODES = 5_000_000;
const STOP = Symbol('stop');

/**
 * @returns what it holds: Maps for dictionaries, arrays for lists and tuples, numbers, texts, booleans, null, and `TensorView`s
 * @throws CheckpointError when it is cut off, or does what weights do not need
 */
export function unpickle(bytes: Uint8Array): unknown {
  return new Unpickler(bytes).run();
}

class Unpickler extends PickleBytes {
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();

  run(): unknown {
    for (let done = 0; done < MOST_OPCODES; done++) {
      const opcode = this.byte();
      const instruction = INSTRUCTIONS[opcode];
      if (instruction === undefined) throw refused(`it asks for 0x${opcode.toString(16)}, which weights do not need`);
      if (instruction(this) === STOP) return this.pop();
    }
    throw refused('it never ends');
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) throw refused('it takes more than it has');
    return this.stack.pop();
  }

  top(): unknown {
    if (this.stack.length === 0) throw refused('it takes more than it has');
    return this.stack.at(-1);
  }

  /** What was put there since the last mark, which is taken away too. */
  sinceMark(): unknown[] {
    const from = this.stack.lastIndexOf(MARK);
    if (from < 0) throw refused('it lacks a mark');
    return this.stack.splice(from).slice(1);
  }

  remember(place: number): void {
    this.memo.set(place, this.top());
  }

  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(place: number): void {
    if (!this.memo.has(place)) throw refused('it looks up what it never remembered');
    this.push(this.memo.get(place));
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (Array.isArray(list)) for (const value of values) list.push(value);
  }

  setItems(pairs: readonly unknown[]): void {
    const target = this.top();
    if (target instanceof Opaque) return;
    if (!(target instanceof Map)) throw refused('it fills something that is no dictionary');
    for (let i = 0; i + 1 < pairs.length; i += 2) target.set(pairs[i], pairs[i + 1]);
  }

  /** What stands in place of a call: tensors and dictionaries are made, nothing is called. */
  build(): void {
    const given = this.pop();
    const callee = this.pop();
    this.push(callee instanceof Global ? madeOf(callee.name, Array.isArray(given) ? given : []) : new Opaque());
  }

  persistent(): void {
    const id = this.pop();
    const [kind, type, key] = Array.isArray(id) ? id : [];
    if (kind !== 'storage' || !(type instanceof Global)) throw refused('it refers to something that is no storage of numbers');
    this.push(new StorageRef(type.name.replace(/^torch\./, ''), String(key)));
  }
}

function madeOf(name: string, given: readonly unknown[]): unknown {
  switch (name) {
    case 'collections.OrderedDict':
      return new Map<unknown, unknown>();
    case 'torch._utils._rebuild_tensor':
    case 'torch._utils._rebuild_tensor_v2':
      return tensorOf(given);
    case 'torch._utils._rebuild_parameter':
    case 'torch.Size':
      return given[0];
    default:
      return new Opaque();
  }
}

function tensorOf([storage, offset, shape, stride]: readonly unknown[]): TensorView {
  if (
    !(storage instanceof StorageRef) ||
    !isCount(offset) ||
    !isCounts(shape) ||
    !isCounts(stride) ||
    shape.length !== stride.length
  ) {
    throw refused('a tensor in it makes no sense');
  }
  return new TensorView(storage, offset, shape, stride);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);

type Instruction = (machine: Unpickler) => unknown;

/** By opcode, named as in `pickletools`. */
const INSTRUCTIONS: Readonly<Record<number, Instruction>> = {
  128: (m) => m.byte(), // PROTO
  149: (m) => m.take(8), // FRAME
  46: () => STOP,
  40: (m) => m.push(MARK),
  48: (m) => m.pop(),
  49: (m) => m.sinceMark(), // POP_MARK
  50: (m) => m.push(m.top()), // DUP
  78: (m) => m.push(null),
  136: (m) => m.push(true),
  137: (m) => m.push(false),
  74: (m) => m.push(m.int32()), // BININT
  75: (m) => m.push(m.byte()),
  77: (m) => m.push(m.uint16()),
  138: (m) => m.push(m.long(m.byte())), // LONG1
  139: (m) => m.push(m.long(m.int32())),
  71: (m) => m.push(m.float64()), // BINFLOAT
  73: (m) => m.push(wholeOf(m.line())), // INT
  76: (m) => m.push(Number(m.line().replace(/L$/, ''))), // LONG
  70: (m) => m.push(Number(m.line())), // FLOAT
  88: (m) => m.push(m.string(m.uint32())), // BINUNICODE
  140: (m) => m.push(m.string(m.byte())),
  141: (m) => m.push(m.string(m.uint64())),
  85: (m) => m.push(String.fromCharCode(...m.take(m.byte()))), // SHORT_BINSTRING
  84: (m) => opaque(m, m.uint32()), // BINSTRING
  66: (m) => opaque(m, m.uint32()), // BINBYTES
  67: (m) => opaque(m, m.byte()),
  142: (m) => opaque(m, m.uint64()),
  125: (m) => m.push(new Map()), // EMPTY_DICT
  93: (m) => m.push([]), // EMPTY_LIST
  41: (m) => m.push([]), // EMPTY_TUPLE
  143: (m) => m.push([]), // EMPTY_SET
  133: (m) => m.push([m.pop()]), // TUPLE1
  134: (m) => m.push([m.pop(), m.pop()].reverse()),
  135: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse()),
  116: (m) => m.push(m.sinceMark()), // TUPLE
  108: (m) => m.push(m.sinceMark()), // LIST
  100: dictionary, // DICT
  97: (m) => m.append([m.pop()]), // APPEND
  101: (m) => m.append(m.sinceMark()), // APPENDS
  144: (m) => m.append(m.sinceMark()), // ADDITEMS
  115: (m) => m.setItems([m.pop(), m.pop()].reverse()), // SETITEM
  117: (m) => m.setItems(m.sinceMark()), // SETITEMS
  113: (m) => m.remember(m.byte()), // BINPUT
  114: (m) => m.remember(m.uint32()),
  148: (m) => m.rememberNext(), // MEMOIZE
  104: (m) => m.recall(m.byte()), // BINGET
  106: (m) => m.recall(m.uint32()),
  99: (m) => m.push(new Global(`${m.line()}.${m.line()}`)), // GLOBAL
  147: stackGlobal,
  82: (m) => m.build(), // REDUCE
  129: (m) => m.build(), // NEWOBJ
  98: (m) => m.pop(), // BUILD: attributes of an object, which nothing needs
  81: (m) => m.persistent(), // BINPERSID
};

function wholeOf(line: string): number | boolean {
  return line === '01' || line === '00' ? line === '01' : Number(line);
}

function opaque(machine: Unpickler, length: number): void {
  machine.take(length);
  machine.push(new Opaque());
}

function dictionary(machine: Unpickler): void {
  const pairs = machine.sinceMark();
  machine.push(new Map());
  machine.setItems(pairs);
}

function stackGlobal(machine: Unpickler): void {
  const [name, module] = [machine.pop(), machine.pop()];
  machine.push(new Global(`${String(module)}.${String(name)}`));
}
