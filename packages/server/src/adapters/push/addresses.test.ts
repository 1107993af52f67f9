import { describe, expect, it } from 'vitest';
import { isOpen, openLookup, pushUrl } from './addresses.ts';

describe('[R110] where a push is sent', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc?x=1',
  ])('%s is a push service', (endpoint) => {
    expect(pushUrl(endpoint, false)?.href).toBe(endpoint);
    expect(pushUrl(endpoint, true)?.href).toBe(endpoint);
  });

  it.each([
    ['in clear', 'http://push.escola.net/a'],
    ['at another port', 'https://push.escola.net:8443/a'],
    ['with who one is', 'https://ana:senha@push.escola.net/a'],
    ['a number', 'https://10.0.0.1/a'],
    ['a number written otherwise', 'https://0x7f.1/a'],
    ['a number as one', 'https://2130706433/a'],
    ['of IPv6', 'https://[::1]/a'],
    ['of IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/a'],
    ['this machine', 'https://localhost/a'],
    ['a name of the network’s own', 'https://printer.local/a'],
    ['the cloud’s own', 'https://metadata.google.internal/a'],
    ['a name without a dot', 'https://database/a'],
    ['a name that ends with one', 'https://localhost./a'],
    ['with a part behind #', 'https://push.escola.net/a#b'],
    ['of another kind', 'ftp://push.escola.net/a'],
    ['none', 'push'],
  ])('%s is none', (_why, endpoint) => {
    expect(pushUrl(endpoint, false)).toBeNull();
  });

  it('on this machine only where tests say so', () => {
    expect(pushUrl('http://127.0.0.1:4567/a', false)).toBeNull();
    expect(pushUrl('http://127.0.0.1:4567/a', true)?.port).toBe('4567');
    expect(pushUrl('http://10.0.0.1:4567/a', true)).toBeNull();
  });
});

it.each([
  ['8.8.8.8', true],
  ['2001:4860:4860::8888', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['2002:a00:1::', false],
  ['2001:db8::1', false],
  ['not an address', false],
])('[R110] %s in the open network: %s', (address, expected) => {
  expect(isOpen(address)).toBe(expected);
});

/** What name servers say: addresses, or that there are none. */
const servers = (four: readonly string[], six: readonly string[]) => {
  const none = Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' });
  const said = (addresses: readonly string[]) => () =>
    addresses.length > 0 ? Promise.resolve(addresses) : Promise.reject(none);
  return openLookup({ resolve4: said(four), resolve6: said(six) } as never);
};
const asked = (lookup: ReturnType<typeof openLookup>, all: boolean) =>
  new Promise<unknown>((resolve) => lookup('push.escola.net', { all }, (error, found) => resolve(error ?? found)));
const [FOUR, SIX] = ['8.8.8.8', '2001:4860:4860::8888'];

it('[R110] a name’s addresses of both kinds are gone to, or of one', async () => {
  expect(await asked(servers([FOUR], [SIX]), false)).toBe(FOUR);
  expect(await asked(servers([FOUR], [SIX]), true)).toEqual([
    { address: FOUR, family: 4 },
    { address: SIX, family: 6 },
  ]);
  expect(await asked(servers([FOUR], []), true)).toEqual([{ address: FOUR, family: 4 }]);
  expect(await asked(servers([], [SIX]), true)).toEqual([{ address: SIX, family: 6 }]);
  expect(await asked(servers([], []), true)).toMatchObject({ code: 'ENOTFOUND' });
});

it('[R110] a name that leads inside, if only with one of its addresses, is not gone to', async () => {
  for (const [four, six] of [
    [['10.0.0.5'], []],
    [[FOUR, '10.0.0.5'], []],
    [[FOUR], ['fd00::1']],
  ] as const)
    expect(await asked(servers(four, six), true)).toEqual(new Error('this name leads into a closed network'));
});
