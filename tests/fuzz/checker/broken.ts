import { expect } from 'vitest';
import type { Breach } from '../history.ts';
import { type goodStory, ROOM } from './made.ts';

type GoodStory = ReturnType<typeof goodStory>;

/** Each promise broken at least once: its rule, what the judge must call it, and what is done to the good story. */
export const broken: [rule: string, Breach, string, (story: GoodStory) => void][] = [
  [
    'D1',
    'lost',
    'an acknowledged send is in nobody’s history',
    ({ made, last }) => {
      for (const { frame } of made.deliveries)
        Object.assign(frame, { events: frame.events?.filter(({ seq }) => seq !== last.event.seq) });
      for (const { output } of made.readings)
        Object.assign(output, {
          head: last.event.seq - 1,
          to: last.event.seq - 1,
          events: output.events?.slice(0, -1),
        });
    },
  ],
  [
    'D17',
    'liveness',
    'an open subscription never gets the newest event',
    ({ made, last, connections }) => {
      made.deliveries.splice(
        made.deliveries.findIndex(
          ({ connection, frame }) => connection === connections.olga && frame.events?.includes(last.event),
        ),
        1,
      );
    },
  ],
  [
    'D3',
    'phantom',
    'a message that nobody sent',
    ({ place, deliver, read, connections }) => {
      const event = place('message.sent', 'pedro', {
        message: { id: 'm-x', clientId: 'x', ordinal: 4, editNo: 0, body: 'x' },
      });
      deliver(connections.olga, event);
      deliver(connections.pedro, event);
      read('olga', 0);
    },
  ],
  [
    'D12',
    'duplicate',
    'a message that stands twice',
    ({ place, first, deliver, connections }) => {
      const event = place('message.sent', 'pedro', { ...first.event.data });
      deliver(connections.olga, event);
      deliver(connections.pedro, event);
    },
  ],
  [
    'D13',
    'duplicate',
    'an event that is sent twice on one subscription',
    ({ deliver, last, connections }) => void deliver(connections.olga, last.event),
  ],
  [
    'D5',
    'gap',
    'a seq that nobody ever saw',
    ({ made, second }) => {
      for (const { frame } of made.deliveries)
        Object.assign(frame, { events: frame.events?.filter(({ seq }) => seq !== second.event.seq) });
      for (const { output } of made.readings)
        Object.assign(output, { events: output.events?.filter(({ seq }) => seq !== second.event.seq) });
    },
  ],
  [
    'D7',
    'gap',
    'an event skipped on a subscription',
    ({ made, second, connections }) => {
      made.deliveries.splice(
        made.deliveries.findIndex(
          ({ connection, frame }) => connection === connections.pedro && frame.events?.includes(second.event),
        ),
        1,
      );
    },
  ],
  [
    'D15',
    'gap',
    'a stretch over HTTP that leaves a seq out',
    ({ made }) => {
      const [reading] = made.readings;
      Object.assign(reading?.output ?? {}, { events: reading?.output.events?.filter(({ seq }) => seq !== 4) });
    },
  ],
  [
    'D8',
    'order',
    'a send that stands before what was known when it was sent',
    ({ made, first, last }) => {
      const [a, b] = [first.tried, last.tried];
      for (const tried of made.attempts) if (tried === a) Object.assign(tried, { sentN: b.endN + 1, endN: b.endN + 2 });
      // Nobody saw it early either
      for (const delivery of made.deliveries) if (delivery.frame.events?.includes(first.event)) delivery.n += 1000;
    },
  ],
  [
    'D9',
    'order',
    'two sends of one connection that stand the other way round',
    ({ made, first, last }) => {
      const { sentN } = first.tried;
      Object.assign(first.tried, { sentN: last.tried.sentN });
      Object.assign(last.tried, { sentN });
      expect(made.attempts).toContain(first.tried);
    },
  ],
  [
    'D10',
    'order',
    'time that goes back along the log',
    ({ second }) => void Object.assign(second.event, { at: '2020-01-01T00:00:00.000Z' }),
  ],
  [
    'D6',
    'divergence',
    'two people who see another author at one seq',
    ({ made, second, connections }) => {
      const delivery = made.deliveries.find(
        ({ connection, frame }) => connection === connections.olga && frame.events?.includes(second.event),
      );
      Object.assign(delivery ?? {}, { frame: { ...delivery?.frame, events: [{ ...second.event, actor: 'pedro' }] } });
    },
  ],
  [
    'D6',
    'divergence',
    'two people who read another text',
    ({ made, second, connections }) => {
      const delivery = made.deliveries.find(
        ({ connection, frame }) => connection === connections.olga && frame.events?.includes(second.event),
      );
      const message = { ...(second.event.data.message as object), body: 'another' };
      Object.assign(delivery ?? {}, {
        frame: { ...delivery?.frame, events: [{ ...second.event, data: { message } }] },
      });
    },
  ],
  [
    'D12',
    'duplicate',
    'a repeat that gets another seq',
    ({ attempt, done, first }) =>
      void attempt(
        'messages.send',
        'pedro',
        { clientId: 'c1', body: 'text c1' },
        done({ ...first.output, seq: 6, duplicate: true }),
        'pedro/2',
      ),
  ],
  [
    'D3',
    'duplicate',
    'a repeat that takes effect again',
    ({ attempt, done, first }) =>
      void attempt('messages.send', 'pedro', { clientId: 'c1', body: 'text c1' }, done(first.output), 'pedro/2'),
  ],
  [
    'D12',
    'duplicate',
    'another payload taken under the same client id',
    ({ attempt, done, first }) =>
      void attempt(
        'messages.send',
        'pedro',
        { clientId: 'c1', body: 'other' },
        done({ ...first.output, duplicate: true }),
        'pedro/2',
      ),
  ],
  [
    'D4',
    'phantom',
    'a refused send that stands in the log',
    ({ made, last }) => {
      Object.assign(last.tried, { outcome: { kind: 'refused', code: 'busy' } });
      expect(made.attempts).toContain(last.tried);
    },
  ],
  [
    'D7',
    'leak',
    'a frame of a stream that is not open',
    ({ made, deliver, receive, last, connections }) => {
      receive(connections.pedro, { t: 'unsubscribed' });
      deliver(connections.pedro, last.event);
      expect(made.connections.length).toBe(3);
    },
  ],
  [
    'D26',
    'removal-exact',
    'an event sent to somebody who was removed',
    ({ made, receive, last, connections }) => {
      made.deliveries.splice(
        made.deliveries.findIndex(({ frame }) => frame.t === 'unsubscribed'),
        1,
      );
      receive(connections.quim, { t: 'events', events: [last.event] });
    },
  ],
  [
    'D26',
    'removal-exact',
    'a room that somebody removed can still read',
    ({ read, events, removal }) => void read('quim', 0, events.slice(0, removal.seq), { to: removal.seq }),
  ],
  [
    'D26',
    'removal-exact',
    'a stream left open after the removal',
    ({ made }) => {
      made.deliveries.splice(
        made.deliveries.findIndex(({ frame }) => frame.t === 'unsubscribed'),
        1,
      );
    },
  ],
  [
    'D25',
    'mute-exact',
    'a message between a mute and its end',
    ({ made, mute, unmute }) => {
      // The unmute never was
      for (const { frame } of made.deliveries)
        Object.assign(frame, {
          events: frame.events?.map((event) =>
            event.seq === unmute.seq ? { ...mute, seq: unmute.seq, id: 'e-x', at: unmute.at } : event,
          ),
        });
      for (const { output } of made.readings)
        Object.assign(output, {
          events: output.events?.map((event) =>
            event.seq === unmute.seq ? { ...mute, seq: unmute.seq, id: 'e-x', at: unmute.at } : event,
          ),
        });
    },
  ],
  [
    'D18',
    'hidden',
    'events hidden from somebody who may see them',
    ({ made, events }) => {
      const [reading] = made.readings;
      Object.assign(reading?.output ?? {}, {
        hidden: [{ from: 5, to: 5 }],
        events: events.filter(({ seq }) => seq !== 5),
      });
    },
  ],
  [
    'D27',
    'revocation-exact',
    'a command done by a session that had ended',
    ({ attempt, done, send }) => {
      attempt('accounts.revokeSession', 'pedro', { session: 'pedro-s' }, done({}));
      send('pedro', 'late');
    },
  ],
  [
    'D27',
    'revocation-exact',
    'a frame long after the session had ended',
    ({ made, attempt, done, receive, connections }) => {
      attempt('accounts.revokeSession', 'pedro', { session: 'pedro-s' }, done({}));
      const delivery = receive(connections.pedro, { t: 'heads', heads: [] });
      delivery.ms += 60_000;
      expect(made.outages).toEqual([]);
    },
  ],
  [
    'D14',
    'resume',
    'a true cursor that is reset',
    ({ made, receive, events, connections }) => {
      receive(connections.olga, {
        t: 'reset',
        reason: 'mismatch',
        head: { epoch: 'epoch', seq: events.length, lastId: null },
      });
      expect(made.asks[0]?.forged).toBe(null);
    },
  ],
  [
    'D15',
    'resume',
    'a forged cursor that is taken',
    ({ made }) => void Object.assign(made.asks[0] ?? {}, { forged: 'mismatch' }),
  ],
  [
    'D15',
    'resume',
    'a gap where little was missed',
    ({ connect, subscribe, receive, deliver, last }) => {
      const again = connect('olga');
      subscribe(again, 2);
      receive(again, { t: 'gap', from: 3, to: last.event.seq - 1 });
      deliver(again, last.event);
    },
  ],
  ['D16', 'resume', 'two epochs', ({ made }) => void Object.assign(made.readings[0]?.output ?? {}, { epoch: 'other' })],
  [
    'R49',
    'page',
    'a page without one of its messages',
    ({ made, events }) => {
      made.readings.push({
        kind: 'page',
        room: ROOM,
        person: 'olga',
        session: 'olga-s',
        asked: {},
        sentN: 900,
        endN: 901,
        status: 200,
        output: { at: events.length, from: 1, to: events.length, messages: [], hidden: [] },
        final: true,
      });
    },
  ],
  [
    'D18',
    'leak',
    'the past of a room that keeps it from newcomers',
    ({ made }) => void Object.assign(made.rooms[0] ?? {}, { past: 'since-joining' }),
  ],
  [
    'D6',
    'leak',
    'a text that is read after its removal was answered',
    ({ made, place, attempt, done, deliver, read, connections }) => {
      const removal = place('message.removed', 'pedro', {
        message: { id: 'm-c1', clientId: 'c1', ordinal: 1, editNo: 0 },
      });
      attempt('messages.remove', 'pedro', { message: 'm-c1', clientId: 'r1' }, done({ seq: removal.seq }));
      for (const connection of [connections.olga, connections.pedro]) deliver(connection, removal);
      read('olga', 0);
      expect(made.readings.length).toBe(3);
    },
  ],
  [
    'D11',
    'duplicate',
    'a conflict about an id that only somebody else had used',
    ({ attempt }) =>
      void attempt(
        'messages.send',
        'olga',
        { clientId: 'c1', body: 'text of olga' },
        { kind: 'refused', code: 'idempotency-conflict' },
      ),
  ],
  [
    'D3',
    'liveness',
    'a send that is never answered, though nothing is hurt any more',
    ({ attempt }) => void attempt('messages.send', 'pedro', { clientId: 'c9', body: 'text c9' }, { kind: 'unknown' }),
  ],
  [
    'D30',
    'liveness',
    'a command that is put off long after the last fault',
    ({ attempt }) => {
      const late = attempt('messages.react', 'pedro', { message: 'm-c1' }, { kind: 'refused', code: 'unavailable' });
      late.sentMs += 60_000;
      late.endMs += 60_000;
    },
  ],
  [
    'D30',
    'liveness',
    'a client that is not connected in the end',
    ({ made }) => void Object.assign(made.connections[1] ?? {}, { closedN: 900, code: 1006 }),
  ],
  [
    'D17',
    'liveness',
    'a client that does not follow one of its rooms in the end',
    ({ receive, made, connections }) => {
      made.asks.push({
        connection: connections.pedro,
        n: 900,
        id: 77,
        room: ROOM,
        kind: 'unsubscribe',
        cursor: null,
        forged: null,
      });
      receive(connections.pedro, { t: 'unsubscribed', id: 77 });
    },
  ],
];
