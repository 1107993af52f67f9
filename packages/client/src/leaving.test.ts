import { CLOSE } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { settle } from './testing/clock.ts';
import { visit } from './testing/visit.ts';

describe('signing out of oneself', () => {
  test('[R12] is told as such, also when the socket hears of it before the answer is there', async () => {
    const { school, client, enter } = visit();
    await enter();
    const told: string[] = [];
    client.events.on('signed-out', ({ reason }) => told.push(reason));
    const answer = school.hold('accounts.signOut');
    const leaving = client.signOut();
    await settle();
    school.cut(CLOSE.signedOut);
    await settle();
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
    expect(told).toEqual([]);
    answer.release();
    await leaving;
    expect(told).toEqual(['stopped']);
    expect(client.me.getSnapshot()).toBeNull();
  });

  test('[R12] is done when the answer is lost and the socket has said it', async () => {
    const { school, client, clock, enter } = visit();
    await enter();
    const told: string[] = [];
    client.events.on('signed-out', ({ reason }) => told.push(reason));
    const answer = school.hold('accounts.signOut');
    const leaving = client.signOut();
    await settle();
    school.cut(CLOSE.signedOut);
    school.isReachable = false;
    answer.release();
    await clock.advance(120_000);
    await leaving;
    expect(told).toEqual(['stopped']);
  });

  test('[R12] an end that comes from elsewhere afterwards is told as one', async () => {
    const { school, client, enter } = visit();
    await enter();
    const told: string[] = [];
    client.events.on('signed-out', ({ reason }) => told.push(reason));
    await client.signOut();
    await enter();
    school.cut(CLOSE.signedOut);
    await settle();
    expect(told).toEqual(['stopped', 'revoked']);
  });
});
