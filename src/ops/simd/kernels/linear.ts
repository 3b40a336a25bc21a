import type * as tf from '@tensorflow/tfjs-core';
import type { SimdCall } from './call.ts';
import {
  packTransposedWeight,
  packWeight,
  rowsGrain,
  transposedFloats,
  type WeightShape,
  weightFloats,
  weightGrad,
  weightGradFloats,
} from './products.ts';

export function linear(call: SimdCall): tf.TensorInfo {
  const { heap, share, inputs } = call;
  const { x, weight, bias } = inputs;
  const shape = shapeOf(weight);
  const rows = x.shape[0];
  const y = heap.tensor([rows, shape.columns]);
  heap.withScratch(weightFloats(call, shape), (panels) => {
    packWeight(call, heap.address(weight), panels, shape);
    const [input, shift, output] = [x, bias, y].map((tensor) => heap.address(tensor));
    share('linear', [input, panels, shift, output, shape.inner, shape.columns], rows, rowsGrain(call, rows));
  });
  return y;
}

export function linearResidual(call: SimdCall): tf.TensorInfo {
  const { heap, share, inputs } = call;
  const { x, weight, bias, residual } = inputs;
  const shape = shapeOf(weight);
  const rows = x.shape[0];
  const y = heap.tensor([rows, shape.columns]);
  heap.withScratch(weightFloats(call, shape), (panels) => {
    packWeight(call, heap.address(weight), panels, shape);
    const [input, shift, added, output] = [x, bias, residual, y].map((tensor) => heap.address(tensor));
    share('linearResidual', [input, panels, shift, added, output, shape.inner, shape.columns], rows, rowsGrain(call, rows));
  });
  return y;
}

export function linearGrad(call: SimdCall): tf.TensorInfo[] {
  const { heap, share, inputs } = call;
  const { x, weight, dy } = inputs;
  const shape = shapeOf(weight);
  const rows = x.shape[0];
  const dx = heap.tensor(x.shape);
  heap.withScratch(transposedFloats(call, shape), (panels) => {
    packTransposedWeight(call, heap.address(weight), panels, shape);
    const [upstream, output] = [dy, dx].map((tensor) => heap.address(tensor));
    share('linear', [upstream, panels, 0, output, shape.columns, shape.inner], rows, rowsGrain(call, rows));
  });
  return [dx, ...linearWeightGrad(call)];
}

export function linearWeightGrad(call: SimdCall): tf.TensorInfo[] {
  const { x, dy } = call.inputs;
  const [rows, inner] = x.shape;
  const shape: WeightShape = { inner, columns: dy.shape[1] };
  const outputs = [call.heap.tensor([inner, shape.columns]), call.heap.tensor([shape.columns])];
  const [xAt, dyAt, dWeight, dBias] = [x, dy, ...outputs].map((tensor) => call.heap.address(tensor));
  call.heap.withScratch(weightGradFloats(call, rows, shape), (scratch) =>
    weightGrad(call, { x: xAt, dy: dyAt, dWeight, dBias, scratch }, rows, shape),
  );
  return outputs;
}

function shapeOf({ shape: [inner, columns] }: tf.TensorInfo): WeightShape {
  return { inner, columns };
}
