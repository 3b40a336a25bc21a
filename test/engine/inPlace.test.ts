/** Which copies of a recorded step go, and which have to stay. Buffers have names here, and kernels say what they do to them. */
import { describe, expect, it } from 'vitest';
import { type Binder, withoutCopies } from '../../src/engine/gpu/inPlace.ts';
import type { Command } from '../../src/engine/gpu/recording.ts';
import type { Access } from '../../src/ops/wgsl/kernel.ts';

const ALIGNMENT = 256;
const SIZES: Record<string, number> = { flat: 4096, gradient: 4096, big: 4096 };
const PART = 512;

class Step {
  private readonly buffers = new Map<string, GPUBuffer>();
  private readonly commands: Command[] = [];
  private readonly accesses = new Map<unknown, readonly Access[] | undefined>();
  private readonly takings = new Map<GPUBuffer, number[]>();

  /** From here on a buffer holds something else. */
  take(name: string): this {
    const buffer = this.buffer(name);
    this.takings.set(buffer, [...(this.takings.get(buffer) ?? []), this.commands.length]);
    return this;
  }

  /** A kernel: `run('x W > y')` reads x and W and writes y. One that is not ours is known to nobody. */
  run(text: string, ours = true): this {
    const [reads, writes] = text.split('>').map((names) => names.split(' ').filter((name) => name !== ''));
    const group = {} as GPUBindGroup;
    this.accesses.set(group, ours ? [...reads.map(() => 'read' as const), ...writes.map(() => 'write' as const)] : undefined);
    const entries = [...reads, ...writes].map((name, binding) => ({ binding, resource: { buffer: this.buffer(name) } }));
    const bound = { layout: {} as GPUBindGroupLayout, entries };
    this.commands.push({ kind: 'dispatch', pipeline: {} as GPUComputePipeline, bindGroup: group, bound, workgroups: [1, 1, 1] });
    return this;
  }

  copy(source: string, sourceOffset: number, target: string, targetOffset: number, size = PART): this {
    const [from, to] = [this.buffer(source), this.buffer(target)];
    this.commands.push({ kind: 'copy', source: from, sourceOffset, target: to, targetOffset, size });
    return this;
  }

  /** What is left, in words: `x flat@256 > y` is a kernel, `dW = gradient@0` would be a copy. */
  left(): string[] {
    const binder: Binder = {
      accessOf: (group) => this.accesses.get(group),
      rebind: (group) => {
        const rebound = {} as GPUBindGroup;
        this.accesses.set(rebound, this.accesses.get(group));
        return rebound;
      },
    };
    const tenure = (buffer: GPUBuffer, command: number) => {
      const takings = this.takings.get(buffer) ?? [];
      const end = takings.find((at) => at > command) ?? Number.POSITIVE_INFINITY;
      return { start: takings.findLast((at) => at <= command) ?? 0, end };
    };
    return withoutCopies({ commands: this.commands, tenure, alignment: ALIGNMENT }, binder).map((command) => {
      if (command.kind === 'copy') {
        const { source, sourceOffset, target, targetOffset } = command;
        return `${target.label}@${targetOffset} = ${source.label}@${sourceOffset}`;
      }
      const accesses = this.accesses.get(command.bindGroup);
      const entries = [...command.bound.entries].map(({ binding, resource }) => ({
        access: accesses?.[binding] ?? 'write',
        name: nameOf(resource as GPUBufferBinding),
      }));
      const named = (wanted: Access) => entries.filter(({ access }) => access === wanted).map(({ name }) => name);
      return [...named('read'), '>', ...named('write')].join(' ');
    });
  }

  private buffer(name: string): GPUBuffer {
    const buffer = this.buffers.get(name) ?? ({ label: name, size: SIZES[name] ?? PART } as GPUBuffer);
    this.buffers.set(name, buffer);
    return buffer;
  }
}

function nameOf({ buffer, offset, size }: GPUBufferBinding): string {
  if (offset === undefined || size === buffer.size) return buffer.label;
  expect(size).toBe(PART);
  return `${buffer.label}@${offset}`;
}

describe('a parameter that is cut out of the vector', () => {
  it('is read where it lies, by all that read it', () => {
    const step = new Step().copy('flat', 256, 'W', 0).copy('flat', 1024, 'b', 0).run('x W b > y').run('dy W > dx');
    expect(step.left()).toEqual(['x flat@256 flat@1024 > y', 'dy flat@256 > dx']);
  });

  it('is copied from where no binding may begin', () => {
    const step = new Step().copy('flat', 128, 'W', 0).run('x W > y');
    expect(step.left()).toEqual(['W@0 = flat@128', 'x W > y']);
  });

  it('is read in the vector although that changes later, not if it has changed before', () => {
    const step = new Step().copy('flat', 0, 'W', 0).run('x W > y').run('gradient > flat');
    expect(step.left()).toEqual(['x flat@0 > y', 'gradient > flat']);
    step.run('y W > z');
    expect(step.left()).toEqual(['W@0 = flat@0', 'x W > y', 'gradient > flat', 'y W > z']);
  });

  it('is copied where a kernel changes the vector and reads what it was', () => {
    const step = new Step().copy('flat', 0, 'W', 0).run('W > flat');
    expect(step.left()).toEqual(['W@0 = flat@0', 'W > flat']);
  });

  it('is copied where a copy changes the vector meanwhile', () => {
    const step = new Step().copy('flat', 0, 'W', 0).copy('other', 0, 'flat', 0).run('x W > y');
    expect(step.left()).toEqual(['W@0 = flat@0', 'flat@0 = other@0', 'x W > y']);
  });

  it('is copied where a kernel changes the copy, or may', () => {
    expect(new Step().copy('flat', 0, 'W', 0).run('x > W').left()).toContain('W@0 = flat@0');
    expect(new Step().copy('flat', 0, 'W', 0).run('x W > y', false).left()).toContain('W@0 = flat@0');
  });

  it('is copied where only some of the copy is filled', () => {
    expect(new Step().copy('flat', 0, 'W', 0, 256).run('x W > y').left()).toContain('W@0 = flat@0');
  });

  it('is copied from a buffer that holds something else by the time', () => {
    const step = new Step().take('big').run('x > big').copy('big', 256, 'W', 0).take('big').run('W > z');
    expect(step.left()).toEqual(['x > big', 'W@0 = big@256', 'W > z']);
    const kept = new Step().take('big').run('x > big').copy('big', 256, 'W', 0).run('W > z').take('big');
    expect(kept.left()).toEqual(['x > big', 'big@256 > z']);
  });
});

describe('a gradient that is put into the vector', () => {
  it('is written there at once, beside others of the same kernel, and read there until it would be copied', () => {
    const step = new Step().run('x dy > dW db').run('db > e').copy('dW', 0, 'gradient', 0).copy('db', 0, 'gradient', 512);
    expect(step.left()).toEqual(['x dy > gradient@0 gradient@512', 'gradient@512 > e']);
    step.run('gradient > norm');
    expect(step.left().at(-1)).toBe('gradient > norm');
  });

  it('is copied where it is needed afterwards, or nobody has written it', () => {
    const needed = new Step().run('x > dW').copy('dW', 0, 'gradient', 0).run('dW > y');
    expect(needed.left()).toContain('gradient@0 = dW@0');
    expect(new Step().copy('zeros', 0, 'gradient', 0).left()).toEqual(['gradient@0 = zeros@0']);
    expect(new Step().run('zeros > y').copy('zeros', 0, 'gradient', 0).left()).toContain('gradient@0 = zeros@0');
  });

  it('is copied where no binding may begin', () => {
    expect(new Step().run('x > dW').copy('dW', 0, 'gradient', 4).left()).toContain('gradient@4 = dW@0');
  });

  it('is copied where the vector still holds something else meanwhile', () => {
    const step = new Step().take('gradient').run('x > gradient').run('y > dW').run('gradient > z').take('gradient');
    expect(step.copy('dW', 0, 'gradient', 0).left()).toContain('gradient@0 = dW@0');
  });

  it('is copied where its kernel reads another one in the vector', () => {
    const step = new Step().run('x > da').run('da > db').copy('da', 0, 'gradient', 0).copy('db', 0, 'gradient', 512);
    expect(step.left()).toEqual(['x > gradient@0', 'gradient@0 > db', 'gradient@512 = db@0']);
  });

  it('is copied where nobody knows what its kernel does', () => {
    expect(new Step().run('x > dW', false).copy('dW', 0, 'gradient', 0).left()).toContain('gradient@0 = dW@0');
  });

  it('is copied where others read the vector by then because they were spared a copy of it', () => {
    const step = new Step().copy('flat', 0, 'W', 0).run('x > new').run('W > y').copy('new', 0, 'flat', 0);
    expect(step.left()).toEqual(['x > new', 'flat@0 > y', 'flat@0 = new@0']);
    const elsewhere = new Step().copy('flat', 0, 'W', 0).run('x > new').run('W > y').copy('new', 0, 'flat', 512);
    expect(elsewhere.left()).toEqual(['x > flat@512', 'flat@0 > y']);
  });

  it('leaves alone what its buffer held before', () => {
    const step = new Step().take('dW').run('x > dW').run('dW > y').take('dW').run('y > dW').copy('dW', 0, 'gradient', 256);
    expect(step.left()).toEqual(['x > dW', 'dW > y', 'y > gradient@256']);
  });
});
