/**
 * tfjs's own gradients. They and ours (ops/gradients.ts) live in one table for all backends, so whoever takes a gradient as
 * tfjs's users do puts theirs there for as long as it takes.
 */
import * as tf from '@tensorflow/tfjs-core';

type GradientTable = ReadonlyMap<string, tf.GradConfig>;

interface Gradients {
  ours: GradientTable;
  stock: GradientTable;
}

let tables: Promise<Gradients> | undefined;

/** Loads tfjs's gradients, once; the table is as it was before when this resolves. */
export async function loadStockGradients(): Promise<<T>(take: () => T) => T> {
  tables ??= load();
  const { ours, stock } = await tables;
  return (take) => {
    register(stock);
    try {
      return take();
    } finally {
      register(ours);
    }
  };
}

async function load(): Promise<Gradients> {
  const ours = readTable();
  await import('@tensorflow/tfjs-core/dist/register_all_gradients');
  const all = readTable();
  const stock = new Map([...ours.keys()].flatMap((name) => entry(all, name)));
  register(ours);
  return { ours, stock };
}

/** Gradients of all ops that the current backend knows. */
function readTable(): GradientTable {
  const names = tf.getKernelsForBackend(tf.getBackend()).map(({ kernelName }) => kernelName);
  return new Map(
    names.flatMap((name) => {
      const config = tf.getGradient(name);
      return config === undefined ? [] : [[name, config] as const];
    }),
  );
}

function entry(table: GradientTable, name: string): [string, tf.GradConfig][] {
  const config = table.get(name);
  return config === undefined ? [] : [[name, config]];
}

function register(table: GradientTable): void {
  for (const config of table.values()) tf.registerGradient(config);
}
