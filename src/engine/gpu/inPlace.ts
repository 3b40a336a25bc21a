/**
 * Takes copies out of a recorded step: parameters lie in one flat vector, and so do their gradients, which costs two copies for each.
 * Where a part begins at an offset that may be bound, kernels read and write it in the vector itself.
 */
import type { Access } from '../../ops/wgsl/kernel.ts';
import type { Command, CopyCommand, DispatchCommand } from './recording.ts';

/** What is known of kernels. */
export interface Binder {
  /** How each binding of a group is used, for the first bindings of the group; undefined where nobody knows. */
  accessOf(bindGroup: GPUBindGroup): readonly Access[] | undefined;
  /** Another group for the kernel of `bindGroup`. */
  rebind(bindGroup: GPUBindGroup, descriptor: GPUBindGroupDescriptor): GPUBindGroup;
}

export interface Recorded {
  commands: readonly Command[];
  /** From which command to which, its end not included, a buffer holds what it holds at one of them. */
  tenure(buffer: GPUBuffer, command: number): { start: number; end: number };
  /** Bytes of which every offset of a binding is a multiple. */
  alignment: number;
}

/** A buffer in a dispatch. */
interface Use {
  command: number;
  binding: number;
  access: Access;
  place: Place;
  /** Its kernel is ours and has all of the buffer, so that another place may be bound. */
  movable: boolean;
}

interface Place {
  buffer: GPUBuffer;
  offset: number;
  size: number;
}

/** The same step with fewer copies; dispatches and their order stay. */
export function withoutCopies(recorded: Recorded, binder: Binder): Command[] {
  const moves = new Moves(recorded, binder);
  const left = new Set<Command>(recorded.commands);
  for (const [at, command] of recorded.commands.entries()) {
    if (command.kind === 'copy' && (moves.readAtSource(command, at) || moves.writeAtTarget(command, at))) left.delete(command);
  }
  return recorded.commands.filter((command) => left.has(command)).map((command) => moves.apply(command));
}

class Moves {
  private readonly uses = new Map<GPUBuffer, Use[]>();
  private readonly copies = new Map<GPUBuffer, { at: number; copy: CopyCommand }[]>();
  /** By dispatch: the place of each of its buffers, by binding. */
  private readonly places = new Map<Command, Map<number, Place>>();
  private readonly moved = new Set<Command>();

  constructor(
    private readonly recorded: Recorded,
    private readonly binder: Binder,
  ) {
    for (const [at, command] of recorded.commands.entries()) {
      if (command.kind === 'copy') this.addCopy(command, at);
      else this.addUses(command, at);
    }
  }

  /** A copy that fills a buffer which is only read from then on: those kernels read what it was copied from. */
  readAtSource({ source, sourceOffset, target, targetOffset, size }: CopyCommand, at: number): boolean {
    if (targetOffset !== 0 || size !== target.size || this.copiesOf(target, at).length > 1) return false;
    const readers = this.usesOf(target, at);
    const last = Math.max(at, ...readers.map(({ command }) => command));
    if (readers.some(({ command, access }) => command < at || access === 'write')) return false;
    const place = { buffer: source, offset: sourceOffset, size };
    const sourceChanges =
      this.uses.get(source)?.some((use) => {
        return use.command > at && use.command <= last && use.access === 'write' && overlap(use.place, place);
      }) ||
      this.copies.get(source)?.some(({ at: other, copy }) => other > at && other <= last && copy.target === source) ||
      this.recorded.tenure(source, at).end <= last;
    return !sourceChanges && this.move(readers, place);
  }

  /** A copy of a whole buffer that nobody needs afterwards: kernels write to where it would go. */
  writeAtTarget({ source, sourceOffset, target, targetOffset, size }: CopyCommand, at: number): boolean {
    if (sourceOffset !== 0 || size !== source.size || this.copiesOf(source, at).length > 1) return false;
    const writers = this.usesOf(source, at);
    const [first] = writers;
    // What no kernel writes was written from the CPU.
    if (first === undefined || first.access === 'read' || writers.some(({ command }) => command > at)) return false;
    const place = { buffer: target, offset: targetOffset, size };
    const targetUsed =
      this.uses.get(target)?.some((use) => {
        return use.command >= first.command && use.command < at && overlap(use.place, place);
      }) ||
      this.copies.get(target)?.some(({ at: other, copy }) => {
        const untouched = copy.source !== target && !overlap({ offset: copy.targetOffset, size: copy.size }, place);
        return other >= first.command && other < at && !untouched;
      });
    return !targetUsed && this.move(writers, place);
  }

  apply(command: Command): Command {
    if (command.kind === 'copy' || !this.moved.has(command)) return command;
    const places = this.places.get(command);
    const entries = [...command.bound.entries].map(({ binding, resource }) => ({
      binding,
      resource: places?.get(binding) ?? resource,
    }));
    const bound = { ...command.bound, entries };
    return { ...command, bound, bindGroup: this.binder.rebind(command.bindGroup, bound) };
  }

  /** Binds a place instead of a buffer, if that may be in all of its dispatches. */
  private move(uses: readonly Use[], place: Place): boolean {
    if (place.offset % this.recorded.alignment !== 0) return false;
    if (!uses.every((use) => use.movable && this.fits(use, place.buffer))) return false;
    for (const use of uses) {
      const dispatch = this.recorded.commands[use.command];
      this.places.get(dispatch)?.set(use.binding, place);
      this.moved.add(dispatch);
      this.addUse({ ...use, place, movable: false });
    }
    return true;
  }

  /** A dispatch must not have one buffer both to read and to write. */
  private fits({ command, binding, access }: Use, buffer: GPUBuffer): boolean {
    const dispatch = this.recorded.commands[command] as DispatchCommand;
    const accesses = this.binder.accessOf(dispatch.bindGroup);
    const others = [...(this.places.get(dispatch) ?? [])].filter(([other]) => other !== binding);
    return others.every(([other, place]) => place.buffer !== buffer || accesses?.[other] === access);
  }

  /** Of what a buffer holds at a command. */
  private usesOf(buffer: GPUBuffer, at: number): Use[] {
    const { start, end } = this.recorded.tenure(buffer, at);
    return (this.uses.get(buffer) ?? []).filter(({ command }) => command >= start && command < end);
  }

  private copiesOf(buffer: GPUBuffer, at: number): { at: number; copy: CopyCommand }[] {
    const { start, end } = this.recorded.tenure(buffer, at);
    return (this.copies.get(buffer) ?? []).filter(({ at: other }) => other >= start && other < end);
  }

  private addCopy(copy: CopyCommand, at: number): void {
    for (const buffer of [copy.source, copy.target]) this.copies.set(buffer, [...(this.copies.get(buffer) ?? []), { at, copy }]);
  }

  private addUses(dispatch: DispatchCommand, command: number): void {
    const accesses = this.binder.accessOf(dispatch.bindGroup);
    const places = new Map<number, Place>();
    for (const { binding, resource } of dispatch.bound.entries) {
      const place = placeOf(resource);
      if (place === undefined) continue;
      places.set(binding, place);
      const access = accesses?.[binding];
      const whole = place.offset === 0 && place.size === place.buffer.size;
      this.addUse({ command, binding, access: access ?? 'write', place, movable: whole && access !== undefined });
    }
    this.places.set(dispatch, places);
  }

  private addUse(use: Use): void {
    const { buffer } = use.place;
    this.uses.set(buffer, [...(this.uses.get(buffer) ?? []), use]);
  }
}

/** All buffers that a command needs. */
export function buffersOf(command: Command): GPUBuffer[] {
  if (command.kind === 'copy') return [command.source, command.target];
  return [...command.bound.entries].flatMap(({ resource }) => placeOf(resource)?.buffer ?? []);
}

function placeOf(resource: GPUBindingResource): Place | undefined {
  if ('buffer' in resource)
    return { buffer: resource.buffer, offset: resource.offset ?? 0, size: resource.size ?? resource.buffer.size };
  // tfjs binds buffers by themselves.
  return resource instanceof GPUBuffer ? { buffer: resource, offset: 0, size: resource.size } : undefined;
}

function overlap(a: Omit<Place, 'buffer'>, b: Omit<Place, 'buffer'>): boolean {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}
