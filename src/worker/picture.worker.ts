import { type DrawnRange, type DrawTask, drawRange } from '../data/drawRange.ts';
import { openChannel, type PortLike } from './channel.ts';

declare const self: PortLike;

const channel = openChannel<DrawnRange, DrawTask>(self);
channel.listen((task) => {
  const drawn = drawRange(task);
  channel.send(drawn, [drawn.pixels.buffer, drawn.labels.buffer]);
});
