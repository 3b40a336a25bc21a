/** The files against the format: onnx.proto3's fields by number, and what IR.md asks of every graph. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../src/io/onnx/graph.ts';
import { onnxFiles } from '../../../src/io/onnx/models.ts';
import { Message } from '../../../src/io/onnx/protobuf.ts';
import { writeOnnx } from '../../../src/io/onnx/writeOnnx.ts';
import { bytesIn, type Field, messagesIn, numbersIn, readFields, textsIn } from './readProtobuf.ts';
import { made, pairRun, pictureRun, soundRun, textRun } from './trained.ts';

const METADATA = { 'patchwork.step': '7', 'patchwork.classes': '["Katze","犬"]' };

/** Operators of our graphs, and the version of the set that each is in: none is newer than 17. */
const SINCE: Readonly<Record<string, number>> = {
  Add: 14,
  Cast: 13,
  Concat: 13,
  Conv: 11,
  Div: 14,
  Erf: 13,
  Expand: 13,
  Gather: 13,
  GatherND: 13,
  GreaterOrEqual: 16,
  Identity: 16,
  LayerNormalization: 17,
  MatMul: 13,
  Max: 13,
  Mul: 14,
  ReduceMean: 13,
  ReduceSum: 13,
  Reshape: 14,
  Shape: 15,
  Slice: 13,
  Softmax: 13,
  Split: 13,
  Sqrt: 13,
  Squeeze: 13,
  Sub: 14,
  Transpose: 13,
  Unsqueeze: 13,
};

function graphOf(bytes: Uint8Array): Field[] {
  const [graph] = messagesIn(readFields(bytes), 7);
  if (graph === undefined) throw new Error('no graph');
  return graph;
}

/** Names and dimensions of `ValueInfoProto`s. */
function valuesOf(fields: readonly Field[], field: number): { name: string; type: number; shape: (number | string)[] }[] {
  return messagesIn(fields, field).map((value) => {
    const [tensor = []] = messagesIn(messagesIn(value, 2)[0] ?? [], 1);
    const [shape = []] = messagesIn(tensor, 2);
    return {
      name: textsIn(value, 1)[0] ?? '',
      type: numbersIn(tensor, 1)[0] ?? 0,
      shape: messagesIn(shape, 1).map((dim) => textsIn(dim, 2)[0] ?? numbersIn(dim, 1)[0] ?? Number.NaN),
    };
  });
}

describe('protobuf', () => {
  it('writes numbers of every length as the format has them', () => {
    const bytes = new Message().int(1, 300).int(2, -1).int(16, 0).float(3, 1.5).string(4, 'é').join();
    expect(Array.from(bytes.subarray(0, 3))).toEqual([0x08, 0xac, 0x02]);
    expect(Array.from(bytes.subarray(3, 14))).toEqual([0x10, ...Array(9).fill(0xff), 0x01]);
    expect(readFields(bytes)).toEqual([
      { field: 1, value: 300n },
      { field: 2, value: -1n },
      { field: 16, value: 0n },
      { field: 3, value: 1.5 },
      { field: 4, value: new TextEncoder().encode('é') },
    ]);
  });

  it('counts the bytes of messages in messages', () => {
    const long = new Uint8Array(1000).fill(7);
    const bytes = new Message()
      .message(1, (a) => a.message(2, (b) => b.bytes(3, long)).int(4, 5))
      .int(9, 6)
      .join();
    const [outer = []] = messagesIn(readFields(bytes), 1);
    expect(bytesIn(messagesIn(outer, 2)[0] ?? [], 3)).toEqual([long]);
    expect(numbersIn(outer, 4)).toEqual([5]);
    expect(numbersIn(readFields(bytes), 9)).toEqual([6]);
  });
});

describe('a model', () => {
  it('says its versions, who made it and what travels with it', () => {
    const graph = new Graph();
    graph.output('y', graph.input('x', 'float', ['batch_size', 3]), ['batch_size', 3]);
    const fields = readFields(writeOnnx(graph, { name: 'echo', about: 'As it is.', version: '1.2.3', metadata: METADATA }));
    expect(numbersIn(fields, 1)).toEqual([8]);
    expect(textsIn(fields, 2)).toEqual(['patchwork']);
    expect(textsIn(fields, 3)).toEqual(['1.2.3']);
    expect(messagesIn(fields, 8).map((opset) => [textsIn(opset, 1), numbersIn(opset, 2)])).toEqual([[[''], [17]]]);
    expect(messagesIn(fields, 14).map((entry) => [textsIn(entry, 1)[0], textsIn(entry, 2)[0]])).toEqual(Object.entries(METADATA));
    const [written = []] = messagesIn(fields, 7);
    expect(textsIn(written, 2)).toEqual(['echo']);
    expect(textsIn(written, 10)).toEqual(['As it is.']);
    expect(valuesOf(written, 11)).toEqual([{ name: 'x', type: 1, shape: ['batch_size', 3] }]);
    expect(valuesOf(written, 12)).toEqual([{ name: 'y', type: 1, shape: ['batch_size', 3] }]);
  });

  it('has attributes of the type that they are', () => {
    const graph = new Graph();
    graph.node('Odd', ['x'], { axis: -1, perm: [0, 2, 1], epsilon: { float: 0.5 } });
    const bytes = writeOnnx(graph, { name: '', about: '', version: '', metadata: {} });
    const [node = []] = messagesIn(graphOf(bytes), 1);
    const attributes = messagesIn(node, 5).map((one) => ({
      name: textsIn(one, 1)[0],
      type: numbersIn(one, 20)[0],
      value: [...numbersIn(one, 2), ...numbersIn(one, 3), ...numbersIn(one, 8)],
    }));
    expect(attributes).toEqual([
      { name: 'axis', type: 2, value: [-1] },
      { name: 'perm', type: 7, value: [0, 2, 1] },
      { name: 'epsilon', type: 1, value: [0.5] },
    ]);
  });
});

const FILES = [
  pictureRun('mp3'),
  pictureRun('mp3', { 'mp3.masked': 'positions' }),
  pictureRun('mae'),
  pictureRun('simmim'),
  pictureRun('data2vec'),
  pictureRun('supervised', { 'supervised.positions': 'relative', 'supervised.pooling': 'mean' }),
  soundRun('mae'),
  textRun('mae'),
  textRun('simmim'),
  textRun('supervised'),
  pairRun('contrastive-pairs', true),
  pairRun('mae-pairs', true),
].flatMap((config) =>
  [...onnxFiles({ ...made(config).model, metadata: METADATA, version: '0' })].map(
    (file) => [`${config.task.objective} ${file.name}`, file] as const,
  ),
);

describe.each(FILES)('%s', (_, { bytes, inputs, outputs }) => {
  const graph = graphOf(bytes);
  const nodes = messagesIn(graph, 1).map((node) => ({
    inputs: textsIn(node, 1),
    outputs: textsIn(node, 2),
    name: textsIn(node, 3)[0],
    op: textsIn(node, 4)[0] ?? '',
  }));
  const initialisers = messagesIn(graph, 5).map((tensor) => ({
    name: textsIn(tensor, 8)[0] ?? '',
    dims: numbersIn(tensor, 1),
    type: numbersIn(tensor, 2)[0],
    raw: bytesIn(tensor, 9)[0]?.length,
  }));

  it('computes everything before it is read, and gives every name once', () => {
    const known = new Set([...initialisers.map(({ name }) => name), ...valuesOf(graph, 11).map(({ name }) => name)]);
    expect(known.size).toBe(initialisers.length + inputs.length);
    for (const node of nodes) {
      for (const input of node.inputs) expect(known).toContain(input);
      for (const output of node.outputs) {
        expect(known).not.toContain(output);
        known.add(output);
      }
    }
    for (const { name } of valuesOf(graph, 12)) expect(known).toContain(name);
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
  });

  it('holds no number that nothing reads, computes nothing for nobody', () => {
    const read = new Set([...nodes.flatMap((node) => node.inputs), ...valuesOf(graph, 12).map(({ name }) => name)]);
    expect(initialisers.filter(({ name }) => !read.has(name))).toEqual([]);
    expect(nodes.filter((node) => node.outputs.every((output) => !read.has(output)))).toEqual([]);
    expect(inputs.filter(({ name }) => !read.has(name))).toEqual([]);
  });

  it('has as many bytes of numbers as their shapes say', () => {
    for (const { dims, type, raw } of initialisers) {
      expect(raw).toBe(dims.reduce((a, b) => a * b, 1) * (type === 1 ? 4 : 8));
    }
  });

  it('uses operators of set 17 only', () => {
    for (const { op } of nodes) expect(SINCE[op] ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(17);
  });

  it('says of its inputs and outputs what it has told us', () => {
    const names = (values: readonly { name: string; shape: readonly (number | string)[] }[]) =>
      values.map(({ name, shape }) => [name, ...shape]);
    expect(names(valuesOf(graph, 11))).toEqual(names(inputs));
    expect(names(valuesOf(graph, 12))).toEqual(names(outputs));
    for (const { shape } of [...inputs, ...outputs])
      expect(shape.length === 1 ? 1 : shape[0]).toEqual(shape.length === 1 ? 1 : 'batch_size');
  });
});

it('refuses a model whose parameters are not all there, by name', () => {
  const { model } = made(pictureRun('mae'));
  const placements = model.placements.filter(({ spec }) => spec.name !== 'mask_token');
  const files = () => [...onnxFiles({ ...model, placements, metadata: {}, version: '0' })];
  expect(files).toThrow(/no parameter mask_token/);
});
