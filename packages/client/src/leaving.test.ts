import { CLOSE, type Me, problem } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { memoryKeeping } from './keeping.ts';
import { settle } from './testing/clock.ts';
import { ANA, DAVI } from './testing/school.ts';
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

describe('signing in where one is in already', () => {
  test('[R8] ends the session that there was, which is no news, however early the socket hears of it', async () => {
    const { school, client, enter } = visit();
    await enter();
    const told: string[] = [];
    client.events.on('signed-out', ({ reason }) => told.push(reason));
    const answer = school.hold('accounts.signIn');
    const entering = client.signIn({ email: 'ana@escola.example', password: 'a chuva cai' });
    await settle();
    school.cut(CLOSE.signedOut);
    await settle();
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
    // Asked with the cookie of before, answered when there is another
    school.refuse('rooms.askings', problem('not-signed-in'));
    const late = school.hold('rooms.askings');
    const asking = client.call('rooms.askings', {}).catch(() => 'refused');
    answer.release();
    await entering;
    await settle();
    expect(client.connection.getSnapshot().name).toBe('ready');
    late.release();
    expect(await asking).toBe('refused');
    await settle();
    expect(client.connection.getSnapshot().name).toBe('ready');
    expect([told, client.me.getSnapshot()?.id]).toEqual([[], ANA]);
  });

  test('[R12] that comes to nothing tells of an end meanwhile', async () => {
    const { school, client, enter } = visit();
    await enter();
    const told: string[] = [];
    client.events.on('signed-out', ({ reason }) => told.push(reason));
    const answer = school.hold('accounts.signIn');
    school.refuse('accounts.signIn', problem('wrong-credentials'));
    const entering = client.signIn({ email: 'ana@escola.example', password: 'a chuva cai' }).catch(() => 'nothing');
    await settle();
    school.cut(CLOSE.signedOut);
    await settle();
    expect(told).toEqual([]);
    answer.release();
    expect(await entering).toBe('nothing');
    expect(told).toEqual(['revoked']);
    expect(client.me.getSnapshot()).toBeNull();
  });
});

describe('somebody else at the same page', () => {
  test('[R56] sees nothing of what the one before had begun, and says nothing in their name', async () => {
    const keeping = memoryKeeping();
    const there = visit({
      auth: 'token',
      keeping,
      // Davi is the one who signs in
      fetch: async (address, init) => {
        const answer = await there.school.fetch(address, init);
        if (!address.endsWith('/sessions')) return answer;
        const body = (await answer.json()) as { me: Me };
        return Response.json({ ...body, me: { ...body.me, id: DAVI } });
      },
    });
    const { school, client, clock, enter } = there;
    const { room } = school.room(1);
    await enter();
    expect(client.me.getSnapshot()?.id).toBe(ANA);
    client.drafts.set(room, { body: 'begun by Ana' });
    school.cut(CLOSE.signedOut);
    await settle();
    await client.signIn({ email: 'davi@escola-aurora.example', password: 'a long password' });
    expect(client.me.getSnapshot()?.id).toBe(DAVI);
    expect(client.drafts.get(room)).toBeUndefined();
    client.room(room).send({ body: 'by Davi' });
    await clock.advance(1);
    const ofAna = await keeping.open(ANA);
    expect(ofAna.unsent).toEqual([]);
    expect((await keeping.open(DAVI)).unsent.map(({ intention }) => intention.body)).toEqual(['by Davi']);
    expect(ofAna.drafts.get(room)).toMatchObject({ body: 'begun by Ana' });
  });
});
