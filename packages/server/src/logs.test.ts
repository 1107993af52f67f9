import { describe, expect, it } from 'vitest';
import { faultOf, type Log, openLog, readyWords } from './logs.ts';

const logged = (
  format: 'auto' | 'json' | 'pretty',
  isTerminal: boolean,
  write: (log: Log) => void,
  level: 'info' | 'warn' = 'info',
): string[] => {
  const lines: string[] = [];
  write(openLog({ level, format }, { write: (line) => lines.push(line) }, isTerminal));
  return lines;
};

describe('the log', () => {
  it('[S48] one line is one JSON, whatever a value holds', () => {
    const text = 'a\r\n{"level":"fatal"}\u001B[2J';
    const lines = logged('json', true, (log) => log.info('notice', { text }));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', event: 'notice', text });
  });

  it('[S68] a field that the event does not list does not reach the line', () => {
    const request = {
      request: 'r',
      method: 'POST',
      route: '/api/sessions',
      status: 401,
      ms: 3,
      body: 'canary-body',
      headers: { cookie: 'canary-cookie' },
      email: 'canary@escola.example',
    };
    const [line = ''] = logged('json', false, (log) => log.info('request', request));
    expect(JSON.parse(line)).toMatchObject({
      request: 'r',
      method: 'POST',
      route: '/api/sessions',
      status: 401,
      ms: 3,
    });
    expect(line).not.toContain('canary');
  });

  it('[S68] of an error it says which and where, and the message only where that is about code', () => {
    const fromDatabase = Object.assign(new Error('invalid input syntax for type uuid: "canary"'), {
      code: '22P02',
      detail: 'canary',
    });
    const fault = faultOf(fromDatabase);
    expect(fault).toMatchObject({ name: 'Error', code: '22P02' });
    expect(fault.at[0]).toContain('logs.test.ts');
    expect(JSON.stringify(fault)).not.toContain('canary');
    expect(faultOf(new TypeError('x is not a function')).message).toBe('x is not a function');
    expect(faultOf('canary')).toEqual({ name: 'string', at: [] });
  });

  it('[S68] an error whose message has several lines leaks none of them through its stack', () => {
    expect(JSON.stringify(faultOf(new Error('first\ncanary\n  at canary')))).not.toContain('canary');
  });

  it('in a terminal it is short, on one line and without control characters', () => {
    const [line = ''] = logged('auto', true, (log) => log.warn('notice', { text: 'two\nlines\u001B[2J' }));
    expect(line.trimEnd()).toContain('notice two lines [2J');
    const [plain = ''] = logged('pretty', false, (log) =>
      log.info('request', { request: 'r', method: 'GET', route: '/api/me', status: 200, ms: 1 }),
    );
    expect(plain).toMatch(/^\d\d:\d\d:\d\d info {2}request request=r method=GET route=\/api\/me status=200 ms=1\n$/u);
  });

  it('to a file it is JSON, and to a person only settings that were changed are told', () => {
    const write = (log: Log) => {
      log.info('setting', { setting: 'PORT', value: '8080', isDefault: true });
      log.info('setting', { setting: 'HOST', value: '::1', isDefault: false });
    };
    expect(logged('auto', false, write)).toHaveLength(2);
    expect(logged('auto', true, write)).toHaveLength(1);
  });

  it('what is below the level is not written', () => {
    expect(logged('json', false, (log) => log.info('stopping', { reason: 'SIGTERM' }), 'warn')).toEqual([]);
  });
});

describe('the ready line', () => {
  it('is the same for programs, whatever follows for people', () => {
    const address = 'http://localhost:8080';
    for (const rest of [
      { demo: true, setUpUrl: null },
      { demo: false, setUpUrl: null },
      { demo: false, setUpUrl: `${address}/convite#t` },
    ]) {
      const [first, second] = readyWords({ address, ...rest }).split('\n');
      expect(first).toBe('Recreio is ready at http://localhost:8080');
      expect(second).toContain('O Recreio está pronto');
    }
    expect(readyWords({ address, demo: false, setUpUrl: `${address}/convite#t` })).toContain('/convite#t');
  });
});
