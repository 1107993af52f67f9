/** Handing letters to a real mail server on this machine. */
import type { Letter, Mail } from '@recreio/core/ports.ts';
import { beforeEach, expect, it, vi } from 'vitest';
import { openPostbox, type Postbox } from '../../../../../tests/raw/postbox.ts';
import { smtpMail } from './smtp.ts';

let postbox: Postbox;
let mail: Mail & { stop(): Promise<void> };
const openMail = (handedMs?: number) =>
  smtpMail({
    url: postbox.url,
    from: 'recreio@escola.example',
    trouble: () => undefined,
    ...(handedMs === undefined ? {} : { handedMs }),
  });
const to = (name: string, matter: Letter['matter']): Letter => ({
  to: `${name}@escola.example`,
  name,
  language: 'pt-BR',
  school: 'Escola Aurora',
  matter,
});
const missed = (name: string, oneClickUrl = 'https://recreio.escola.example/api/digest/leave/x'): Letter =>
  to(name, {
    kind: 'missed',
    letter: name,
    messages: 1,
    talks: [],
    more: 0,
    pace: 'hours',
    settingsUrl: 'https://recreio.escola.example/conta/notificacoes',
    leaveUrl: 'https://recreio.escola.example/sem-emails#x',
    oneClickUrl,
  });

beforeEach(async () => {
  postbox = await openPostbox();
  mail = openMail();
  return async () => {
    // Who waits for a word hears that there will be none
    await postbox.close();
    await mail.stop();
  };
});

it('[R116] a letter that cannot be written is a fault of our own, and no outcome', async () => {
  await expect(mail.hand(missed('ana', 'no address'))).rejects.toThrow(TypeError);
  postbox.refuse(1);
  expect(await mail.hand(missed('ana'))).toEqual({ outcome: 'later', why: 'EENVELOPE 451' });
});

it('[D28] the server’s word has an end, however often it says something else', async () => {
  postbox.holdBack(true);
  const hasty = openMail(50);
  expect(await hasty.hand(missed('bruno'))).toEqual({ outcome: 'later', why: 'ETIMEDOUT' });
  await hasty.stop();
});

it('[S33] a letter that somebody waits for does not stand in line behind those of what was missed', async () => {
  postbox.holdBack(true);
  const before = postbox.letters.length;
  for (let nth = 0; nth < mail.atOnce; nth++) void mail.hand(missed(`aluno-${nth}`));
  await vi.waitFor(() => expect(postbox.letters).toHaveLength(before + mail.atOnce));
  mail.post(() => Promise.resolve(to('helena', { kind: 'password', url: 'https://recreio.escola.example/senha#x' })));
  await vi.waitFor(() => expect(postbox.letters.at(-1)?.to).toBe('helena@escola.example'));
});
