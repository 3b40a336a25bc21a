/** Times every kernel of a recorded step with timestamp queries: each dispatch in a pass of its own. */
import { addTiming, type KernelTiming, longestFirst, type StepInputs } from '../stepper.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { StepGraph } from './graph.ts';
import type { Command, DispatchCommand } from './recording.ts';

const TIMESTAMP_BYTES = 8;
/** The most queries that one set may hold. */
const MOST_QUERIES = 4096;
const NANOSECONDS_PER_MILLISECOND = 1e6;

/** One step of `graph`, measured. Without timestamp queries on this device the times are empty. */
export async function profileGraph(
  device: GPUDevice,
  graph: StepGraph,
  inputs: StepInputs,
  dispatcher: Dispatcher,
): Promise<{ values: Float32Array; timings: KernelTiming[] }> {
  const dispatches = graph.commands.filter((command): command is DispatchCommand => command.kind === 'dispatch');
  if (!device.features.has('timestamp-query') || dispatches.length * 2 > MOST_QUERIES) {
    return { values: await graph.replay(inputs), timings: [] };
  }
  graph.write(inputs);
  const times = await runTimed(device, graph.commands, dispatches.length);
  graph.forgetValues();
  const timings = new Map<string, KernelTiming>();
  for (const [i, { bindGroup }] of dispatches.entries()) {
    const { kernel, flops } = dispatcher.describeDispatch(bindGroup);
    addTiming(timings, { kernel, calls: 1, milliseconds: times[i] as number, flops });
  }
  return { values: await graph.readResult(), timings: longestFirst(timings) };
}

/** @returns milliseconds of each dispatch */
async function runTimed(device: GPUDevice, commands: readonly Command[], count: number): Promise<number[]> {
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 * count });
  const size = 2 * count * TIMESTAMP_BYTES;
  const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const readable = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  encodeTimed(encoder, commands, querySet);
  encoder.resolveQuerySet(querySet, 0, 2 * count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, readable, 0, size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const stamps = new BigUint64Array(readable.getMappedRange().slice(0));
  for (const resource of [querySet, resolved, readable]) resource.destroy();
  // A clock that stepped back in between would give a negative time.
  return Array.from({ length: count }, (_, i) =>
    Math.max(0, Number((stamps[2 * i + 1] as bigint) - (stamps[2 * i] as bigint)) / NANOSECONDS_PER_MILLISECOND),
  );
}

function encodeTimed(encoder: GPUCommandEncoder, commands: readonly Command[], querySet: GPUQuerySet): void {
  let query = 0;
  for (const command of commands) {
    if (command.kind === 'copy') {
      const { source, sourceOffset, target, targetOffset, size } = command;
      encoder.copyBufferToBuffer(source, sourceOffset, target, targetOffset, size);
      continue;
    }
    const pass = encoder.beginComputePass({
      timestampWrites: { querySet, beginningOfPassWriteIndex: query, endOfPassWriteIndex: query + 1 },
    });
    query += 2;
    pass.setPipeline(command.pipeline);
    pass.setBindGroup(0, command.bindGroup);
    const [x, y, z] = command.workgroups;
    pass.dispatchWorkgroups(x, y, z);
    pass.end();
  }
}
