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

/** -> [y, slope, active]: in place of the hidden layer before GELU its gradient needs the slope of GELU there. */
export function mlp(call: SimdCall): tf.TensorInfo[] {
  const { heap, share, inputs } = call;
  const { x, weight1, bias1, weight2, bias2, residual } = inputs;
  const [rows, width] = x.shape;
  const hidden = weight1.shape[1];
  const [first, second] = layers(width, hidden);
  const outputs = [heap.tensor([rows, width]), heap.tensor([rows, hidden]), heap.tensor([rows, hidden])];
  const tensors = [x, bias1, bias2, residual, ...outputs];
  const firstFloats = weightFloats(call, first);
  heap.withScratch(firstFloats + weightFloats(call, second), (panels1) => {
    const panels2 = panels1 + 4 * firstFloats;
    packWeight(call, heap.address(weight1), panels1, first);
    packWeight(call, heap.address(weight2), panels2, second);
    const [input, shift1, shift2, added, y, slope, active] = tensors.map((tensor) => heap.address(tensor));
    const args = [input, panels1, shift1, panels2, shift2, added, active, slope, y, width, hidden] as const;
    share('mlp', [...args], rows, rowsGrain(call, rows));
  });
  return outputs;
}

/** `hidden` is the slope that `mlp` left. -> [dx, dWeight1, dBias1, dWeight2, dBias2] */
export function mlpGrad(call: SimdCall): tf.TensorInfo[] {
  const { heap, share, inputs } = call;
  const { x, weight1, weight2, hidden: slope, active, dy } = inputs;
  const [rows, width] = x.shape;
  const hidden = weight1.shape[1];
  const [first, second] = layers(width, hidden);
  const outputs = [x.shape, [width, hidden], [hidden], [hidden, width], [width]].map((shape) => heap.tensor(shape));
  const dHiddenTensor = heap.tensor([rows, hidden]);
  const [dx, dWeight1, dBias1, dWeight2, dBias2, dHidden] = [...outputs, dHiddenTensor].map((tensor) => heap.address(tensor));
  const [input, slopes, values, upstream] = [x, slope, active, dy].map((tensor) => heap.address(tensor));
  const secondFloats = transposedFloats(call, second);
  heap.withScratch(secondFloats + transposedFloats(call, first), (panels2) => {
    const panels1 = panels2 + 4 * secondFloats;
    packTransposedWeight(call, heap.address(weight2), panels2, second);
    packTransposedWeight(call, heap.address(weight1), panels1, first);
    const args = [upstream, panels2, slopes, panels1, dHidden, dx, width, hidden] as const;
    share('mlpInputGrad', [...args], rows, rowsGrain(call, rows));
  });
  heap.withScratch(weightGradFloats(call, rows, first), (scratch) => {
    weightGrad(call, { x: values, dy: upstream, dWeight: dWeight2, dBias: dBias2, scratch }, rows, second);
    weightGrad(call, { x: input, dy: dHidden, dWeight: dWeight1, dBias: dBias1, scratch }, rows, first);
  });
  heap.free(dHiddenTensor);
  return outputs;
}

function layers(width: number, hidden: number): [WeightShape, WeightShape] {
  return [
    { inner: width, columns: hidden },
    { inner: hidden, columns: width },
  ];
}
