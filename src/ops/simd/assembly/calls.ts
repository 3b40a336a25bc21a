/**
 * A call of the range kernel of this number, with its arguments in memory, doubles as JavaScript has them, for the things from `start` to
 * `end`. What stands here is its signature: the build puts one case for each kernel in its place (scripts/kernelCalls.mjs).
 */
export function callKernel(kernel: i32, args: usize, start: i32, end: i32, thread: i32): void {
  unreachable();
}
