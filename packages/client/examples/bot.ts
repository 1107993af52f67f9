// Says "!eco …" back, in every room it is in.  RECREIO_URL=… RECREIO_EMAIL=… RECREIO_PASSWORD=… node examples/bot.ts
import { createClient } from '@recreio/client';

const {
  RECREIO_URL: url = 'http://127.0.0.1:8080',
  RECREIO_EMAIL: email = '',
  RECREIO_PASSWORD: password = '',
} = process.env;
const client = createClient({ url, auth: 'token' });

client.rooms.subscribe(() => {
  for (const { room } of client.rooms.getSnapshot().list) {
    const handle = client.room(room.id);
    if (handle.getSnapshot().status === 'closed') handle.open();
  }
});
client.events.on('message', ({ room, event: { actor, data } }) => {
  const text = /^!eco (.+)/.exec(data.message.body ?? '')?.[1];
  if (text && actor !== client.me.getSnapshot()?.id) client.room(room).send({ body: text, replyTo: data.message.id });
});
client.events.on('signed-out', () => process.exit(1));
const me = await client.signIn({ email, password });
process.stdout.write(`${me.name} listens at ${url}\n`);
