/** The only place that knows what tfjs's wasm backend (4.22.0, pinned) does when it takes and gives back memory. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** The backend with what it keeps private, or does not type. */
interface TfjsHeap {
  wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    tfjs: { disposeData(id: number): void };
  };
  move(dataId: object, values: tf.BackendValues | null, ...rest: unknown[]): void;
  typedArrayFromHeap(tensor: tf.TensorInfo): tf.TypedArray;
  readSync(dataId: object, ...rest: unknown[]): tf.BackendValues;
}

/** What a step does with memory, as it is heard. Returning nothing lets tfjs do it as always. */
export interface HeapWatch {
  /** @param fromJavaScript whether its values come from JavaScript, now, and from no kernel @returns where it shall lie */
  onAllocate(bytes: number, fromJavaScript: boolean): number | undefined;
  onAllocated?(address: number, bytes: number): void;
  /** @returns whether it stays */
  onFree?(address: number): boolean;
  /** A tensor that kernels of tfjs know by this number is gone. @returns whether they shall know it on */
  onForget?(id: number): boolean;
  /** Before a kernel, and after it. */
  onKernel?(name: string, inputs: readonly tf.TensorInfo[]): void;
  onKernelDone?(outputs: readonly tf.TensorInfo[]): void;
  /** JavaScript looks at values, or writes some, inside a kernel. */
  onLook?(): void;
}

/** Runs `body` while `watch` hears of every tensor and every kernel of the backend. */
export function watchHeap<T>(backend: BackendWasm, watch: HeapWatch, body: () => T): T {
  const heap = backend as object as TfjsHeap;
  const { wasm } = heap;
  const { _malloc, _free } = wasm;
  const { disposeData } = wasm.tfjs;
  const configs = tf.getKernelsForBackend('wasm').map((config) => [config, config.kernelFunc] as const);
  let fromJavaScript = false;
  wasm._malloc = (bytes) => {
    const address = watch.onAllocate(bytes, fromJavaScript) ?? _malloc(bytes);
    watch.onAllocated?.(address >>> 0, bytes);
    return address;
  };
  wasm._free = (address) => {
    if (!(watch.onFree?.(address) ?? false)) _free(address);
  };
  wasm.tfjs.disposeData = (id) => {
    if (!(watch.onForget?.(id) ?? false)) disposeData(id);
  };
  // On this one backend, and only until the body returns.
  const { move, typedArrayFromHeap, readSync } = heap;
  heap.move = (dataId, values, ...rest) => {
    fromJavaScript = values !== null;
    move.call(heap, dataId, values, ...rest);
    fromJavaScript = false;
  };
  heap.typedArrayFromHeap = (tensor) => {
    watch.onLook?.();
    return typedArrayFromHeap.call(heap, tensor);
  };
  heap.readSync = (dataId, ...rest) => {
    watch.onLook?.();
    return readSync.call(heap, dataId, ...rest);
  };
  for (const [config, run] of configs) {
    config.kernelFunc = (call) => {
      watch.onKernel?.(config.kernelName, tensorsOf(Object.values(call.inputs)));
      const outputs = run(call);
      watch.onKernelDone?.(tensorsOf(Array.isArray(outputs) ? outputs : [outputs]));
      return outputs;
    };
  }
  try {
    return body();
  } finally {
    for (const [config, run] of configs) config.kernelFunc = run;
    for (const name of ['move', 'typedArrayFromHeap', 'readSync']) Reflect.deleteProperty(heap, name);
    Object.assign(wasm, { _malloc, _free });
    wasm.tfjs.disposeData = disposeData;
  }
}

function tensorsOf(values: readonly unknown[]): tf.TensorInfo[] {
  return values.filter((value): value is tf.TensorInfo => value instanceof Object && 'dataId' in value);
}
