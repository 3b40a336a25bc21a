/**
 * ONNX files without a library: the seven messages of onnx.proto3 (github.com/onnx/onnx) that these models need. IR version 8 and
 * operator set 17 are the oldest with LayerNormalization, so that no runtime is too old that has it.
 */
import { type Attribute, type Graph, type Initialiser, type Node, TYPES, type Value } from './graph.ts';
import { Message } from './protobuf.ts';

const IR_VERSION = 8;
export const OPERATOR_SET = 17;

/** Numbers of fields, by message. */
const MODEL = { irVersion: 1, producer: 2, producerVersion: 3, graph: 7, opset: 8, metadata: 14 } as const;
const GRAPH = { node: 1, name: 2, initialiser: 5, doc: 10, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, float: 2, int: 3, ints: 8, type: 20 } as const;
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 } as const;
/** `AttributeProto.AttributeType`. */
const KINDS = { float: 1, int: 2, ints: 7 } as const;

export interface OnnxOptions {
  /** Of the graph: what it is. */
  name: string;
  /** A sentence for whoever opens the file. */
  about: string;
  version: string;
  /** For `metadata_props`. */
  metadata: Readonly<Record<string, string>>;
}

/** The bytes of an .onnx file. */
export function writeOnnx(graph: Graph, { name, about, version, metadata }: OnnxOptions): Uint8Array<ArrayBuffer> {
  const model = new Message().int(MODEL.irVersion, IR_VERSION).string(MODEL.producer, 'patchwork');
  model.string(MODEL.producerVersion, version);
  model.message(MODEL.graph, (message) => {
    for (const node of graph.nodes) message.message(GRAPH.node, (inner) => writeNode(inner, node));
    message.string(GRAPH.name, name);
    for (const tensor of graph.initialisers.values()) message.message(GRAPH.initialiser, (inner) => writeTensor(inner, tensor));
    message.string(GRAPH.doc, about);
    for (const value of graph.inputs) message.message(GRAPH.input, (inner) => writeValue(inner, value));
    for (const value of graph.outputs) message.message(GRAPH.output, (inner) => writeValue(inner, value));
  });
  model.message(MODEL.opset, (opset) => opset.string(1, '').int(2, OPERATOR_SET));
  for (const [key, value] of Object.entries(metadata)) {
    model.message(MODEL.metadata, (entry) => entry.string(1, key).string(2, value));
  }
  return model.join();
}

function writeNode(message: Message, { op, inputs, outputs, attributes }: Node): void {
  for (const input of inputs) message.string(NODE.input, input);
  for (const output of outputs) message.string(NODE.output, output);
  message.string(NODE.name, outputs[0]).string(NODE.op, op);
  for (const [name, value] of Object.entries(attributes)) {
    message.message(NODE.attribute, (inner) => writeAttribute(inner.string(ATTRIBUTE.name, name), value));
  }
}

function writeAttribute(message: Message, value: Attribute): void {
  if (typeof value === 'number') message.int(ATTRIBUTE.int, value).int(ATTRIBUTE.type, KINDS.int);
  else if ('float' in value) message.float(ATTRIBUTE.float, value.float).int(ATTRIBUTE.type, KINDS.float);
  else {
    for (const one of value) message.int(ATTRIBUTE.ints, one);
    message.int(ATTRIBUTE.type, KINDS.ints);
  }
}

function writeTensor(message: Message, { name, shape, data }: Initialiser): void {
  for (const size of shape) message.int(TENSOR.dims, size);
  message.int(TENSOR.type, data instanceof Float32Array ? TYPES.float : TYPES.int64).string(TENSOR.name, name);
  message.bytes(TENSOR.raw, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** `ValueInfoProto` of a tensor: dimensions by number or by name. */
function writeValue(message: Message, { name, type, shape }: Value): void {
  message.string(1, name).message(2, (typeProto) => {
    typeProto.message(1, (tensor) => {
      tensor.int(1, TYPES[type]).message(2, (shapeProto) => {
        for (const size of shape) {
          shapeProto.message(1, (dim) => (typeof size === 'number' ? dim.int(1, size) : dim.string(2, size)));
        }
      });
    });
  });
}
