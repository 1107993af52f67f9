/** Whether the port can be had, asked before anything is opened that takes its time. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Rejects with the system's error when nobody could listen there. Any free port (0) can always be had. */
export const assertPortIsFree = async (port: number, host: string): Promise<void> => {
  if (port === 0) return;
  const server = createServer();
  server.listen({ port, host });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
};
