/** onnxruntime-web in Node, as far as tests need it. */

interface OrtTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

interface Runtime {
  Tensor: new (type: 'float32' | 'int64', data: Float32Array | BigInt64Array, dims: readonly number[]) => OrtTensor;
  InferenceSession: { create(model: Uint8Array): Promise<Session> };
  env: { wasm: { numThreads?: number }; logLevel?: string };
}

/** Its own types ask for a DOM that tests have not; a name in a variable keeps Vite from bundling its 14 MB. */
const PACKAGE: string = 'onnxruntime-web';
const runtime: Runtime = await import(PACKAGE);
runtime.env.wasm.numThreads = 1;

export interface Feed {
  data: Float32Array | Int32Array;
  shape: readonly number[];
}

/** The outputs of a model by name. Numbers are fed as floats, whole numbers as int64. */
export async function runOnnx(
  model: Uint8Array,
  feeds: Readonly<Record<string, Feed>>,
): Promise<Record<string, { shape: readonly number[]; data: Float32Array }>> {
  const session = await runtime.InferenceSession.create(model);
  try {
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [name, toTensor(data, shape)] as const);
    const outputs = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { dims, data }]) => [
        name,
        { shape: [...dims], data: Float32Array.from(data, Number) },
      ]),
    );
  } finally {
    await session.release();
  }
}

function toTensor(data: Float32Array | Int32Array, shape: readonly number[]): OrtTensor {
  return data instanceof Float32Array
    ? new runtime.Tensor('float32', data, shape)
    : new runtime.Tensor('int64', BigInt64Array.from(Array.from(data), BigInt), shape);
}
