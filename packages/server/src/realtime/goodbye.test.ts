import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { sayGoodbye } from './goodbye.ts';

test('[S66] a last frame that is broken does not keep the server from ending in order', async () => {
  const ended: string[] = [];
  const socket = Object.assign(new EventEmitter(), { terminate: () => void ended.push('terminated') });
  // As the door and ws do: somebody listens, and the error comes while the close is waited for
  socket.on('error', () => void ended.push('broken'));
  socket.on('newListener', (event) => {
    if (event === 'close') setImmediate(() => socket.emit('error', new RangeError('Invalid WebSocket frame')));
  });
  await sayGoodbye({
    hub: { connections: () => [] },
    sockets: { stopAccepting: () => undefined, sockets: new Set([socket as unknown as WebSocket]) },
    isIdle: () => true,
    monotonic: () => 0,
    withinMs: 0,
  });
  expect(ended).toEqual(['broken', 'terminated']);
});
