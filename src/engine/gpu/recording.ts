/** Listens to what is encoded on a device, whoever encodes it. */
import { invariant } from '../../base/invariant.ts';

export interface DispatchCommand {
  kind: 'dispatch';
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  /** What the group was made of. */
  bound: GPUBindGroupDescriptor;
  workgroups: [x: number, y: number, z: number];
}

export interface CopyCommand {
  kind: 'copy';
  source: GPUBuffer;
  sourceOffset: number;
  target: GPUBuffer;
  targetOffset: number;
  size: number;
}

export type Command = DispatchCommand | CopyCommand;

/** Encoder methods that a training step has no use for; a step that used one would replay without it. */
const UNKNOWN_TO_REPLAY = [
  'beginRenderPass',
  'clearBuffer',
  'copyBufferToTexture',
  'copyTextureToBuffer',
  'copyTextureToTexture',
  'resolveQuerySet',
] as const;

type Groups = WeakMap<GPUBindGroup, GPUBindGroupDescriptor>;

/** Runs `body` and adds to `commands` all dispatches and buffer copies that are encoded meanwhile, in order; they run as well. */
export function recordCommands(device: GPUDevice, commands: Command[], body: () => void): void {
  const { createCommandEncoder, createBindGroup } = device;
  const groups: Groups = new WeakMap();
  // On this one device object, and only until the body returns.
  device.createCommandEncoder = (descriptor) =>
    listen(createCommandEncoder.call(device, descriptor), groups, (command) => commands.push(command));
  device.createBindGroup = (descriptor) => {
    const group = createBindGroup.call(device, descriptor);
    groups.set(group, descriptor);
    return group;
  };
  try {
    body();
  } finally {
    Reflect.deleteProperty(device, 'createCommandEncoder');
    Reflect.deleteProperty(device, 'createBindGroup');
  }
}

function listen(encoder: GPUCommandEncoder, groups: Groups, record: (command: Command) => void): GPUCommandEncoder {
  const { beginComputePass, copyBufferToBuffer } = encoder;
  encoder.beginComputePass = (descriptor) => listenToPass(beginComputePass.call(encoder, descriptor), groups, record);
  const copy = (source: GPUBuffer, sourceOffset: number, target: GPUBuffer, targetOffset: number, size: number) => {
    record({ kind: 'copy', source, sourceOffset, target, targetOffset, size });
    copyBufferToBuffer.call(encoder, source, sourceOffset, target, targetOffset, size);
  };
  // tfjs and we use the form with offsets; the type knows a shorter one as well.
  encoder.copyBufferToBuffer = copy as GPUCommandEncoder['copyBufferToBuffer'];
  for (const name of UNKNOWN_TO_REPLAY) {
    encoder[name] = () => {
      throw new Error(`${name} cannot be part of a recorded step`);
    };
  }
  return encoder;
}

function listenToPass(pass: GPUComputePassEncoder, groups: Groups, record: (command: Command) => void): GPUComputePassEncoder {
  const { setPipeline, dispatchWorkgroups } = pass;
  // Of its two forms, the one without dynamic offsets, which nobody uses here.
  const setBindGroup: (index: number, group: GPUBindGroup) => void = pass.setBindGroup;
  let pipeline: GPUComputePipeline | undefined;
  let bindGroup: GPUBindGroup | undefined;
  pass.setPipeline = (next) => {
    pipeline = next;
    setPipeline.call(pass, next);
  };
  pass.setBindGroup = (index: number, group: GPUBindGroup | null | undefined) => {
    invariant(index === 0 && group, 'recorded kernels have one group of bindings');
    bindGroup = group;
    setBindGroup.call(pass, index, group);
  };
  pass.dispatchWorkgroups = (x, y = 1, z = 1) => {
    const bound = bindGroup && groups.get(bindGroup);
    invariant(pipeline && bindGroup && bound, 'a dispatch has a pipeline, and bindings that were made for it');
    record({ kind: 'dispatch', pipeline, bindGroup, bound, workgroups: [x, y, z] });
    dispatchWorkgroups.call(pass, x, y, z);
  };
  pass.dispatchWorkgroupsIndirect = () => {
    throw new Error('an indirect dispatch cannot be part of a recorded step');
  };
  return pass;
}
