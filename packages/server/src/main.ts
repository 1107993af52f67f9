/** The bill of materials: everything the server is made of, in the order it is put together; the end is the same list backwards. */
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Server as TlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { makeSetUpLink } from '@recreio/core/accounts/links.ts';
import {
  type Bell,
  flusher,
  follow,
  type LogMemory,
  type OpenBus,
  type Presence,
  quotas,
  Unavailable,
  type World,
} from '@recreio/core';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import { watchAccidents } from './accidents.ts';
import { inProcess } from './adapters/bus/in-process.ts';
import { natsBus } from './adapters/bus/nats.ts';
import { notifyBus } from './adapters/bus/notify.ts';
import { busSeal } from './adapters/bus/seal.ts';
import { smtpMail } from './adapters/mail/smtp.ts';
import { leavingTokens } from './adapters/mail/leaving.ts';
import { oidcProvider } from './adapters/oidc.ts';
import { passkeys } from './adapters/passkeys.ts';
import { pushCarrier } from './adapters/push/carrier.ts';
import { accountsMemory } from './adapters/postgres/accounts.ts';
import { ensureInstallation } from './adapters/postgres/accounts/records.ts';
import { askDatabase, isAway, openLookups, openPages, openPool } from './adapters/postgres/connect.ts';
import { readFacts } from './adapters/postgres/facts.ts';
import { logMemory } from './adapters/postgres/log.ts';
import { makeMemory, saying } from './adapters/postgres/memory.ts';
import { isMigrated, migrate, tryTables } from './adapters/postgres/migrate.ts';
import { dataDirOf, makeDataDir, openEmbedded, openUrl } from './adapters/postgres/open.ts';
import { purge } from './adapters/postgres/purge.ts';
import { reach } from './adapters/postgres/reach.ts';
import { joiningMemory } from './adapters/postgres/joining.ts';
import { roomsMemory } from './adapters/postgres/rooms.ts';
import { savedMemory } from './adapters/postgres/saved.ts';
import { auditMemory } from './adapters/postgres/audit.ts';
import { schoolMemory } from './adapters/postgres/school.ts';
import { recentRevocations, visibilities } from './adapters/postgres/revocations.ts';
import { freeBytesNow, watchSpace } from './adapters/postgres/space.ts';
import { markDemo } from './adapters/demo-mark.ts';
import { examine } from './adapters/examine.ts';
import { redraw } from './adapters/png.ts';
import { secrets as makeSecrets } from './adapters/secrets.ts';
import { fingerprintInDatabase, fingerprintInDirectory } from './adapters/vault/fingerprint.ts';
import { masterKeyPlaces } from './adapters/vault/location.ts';
import { openMasterKey } from './adapters/vault/master.ts';
import { openVault } from './adapters/vault/vault.ts';
import { Refusal } from './commands/command.ts';
import type { House, Opened, Running } from './commands/house.ts';
import { runProcess } from './commands/process.ts';
import { whyNoDatabase } from './commands/trouble.ts';
import { release } from './commands/version.ts';
import { allowedOriginsOf, type Config, describe, lineOf, publicUrlOf } from './config.ts';
import { linksStayHere } from './config/addresses.ts';
import { assertPortIsFree } from './doors/port.ts';
import { callDevices, sayingWhoReads } from './jobs/calling.ts';
import { every } from './jobs/every.ts';
import { escalateUrgent } from './jobs/escalating.ts';
import { mailDigests } from './jobs/mailing.ts';
import { admission } from './doors/admission.ts';
import { keepCertificate, readPair } from './doors/certificate.ts';
import { closeWithin } from './doors/closing.ts';
import { registerHealth, watchLoop } from './doors/health.ts';
import { metricsDoor } from './doors/metrics.ts';
import { httpDoor } from './doors/http.ts';
import { identification } from './doors/identify.ts';
import { builtPages } from './doors/pages.ts';
import { socketDoor } from './doors/socket.ts';
import { watchStrain } from './doors/strain.ts';
import { newId } from './ids.ts';
import { faultOf, type Log, outages, sentences } from './logs.ts';
import { countFaults } from './metrics/faults.ts';
import { lookAtHealth } from './metrics/look.ts';
import { escalating, mailing, measures, pushing, type Standing, standing } from './metrics/measures.ts';
import { makeRegistry } from './metrics/registry.ts';
import { sayGoodbye } from './realtime/goodbye.ts';
import { makeGuard } from './realtime/guard.ts';
import { makeRealtime } from './realtime/realtime.ts';
import { sleepless } from './realtime/sleepless.ts';

/** The root of the project: what a relative place is relative to by default. */
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/** How often what is remembered for a while only is looked through, in ms. */
const PURGE_MS = 60 * 60_000;

/** The memory of the school, opened: nobody is let in yet. Rejects, saying what to do, before anything is written where a key is wrong. */
const openSchool = async (config: Config, log: Log, { migrating }: { readonly migrating: boolean }) => {
  const say = sentences(log);
  const outage = outages(log);
  const broke = (error: Error) =>
    isAway(error) ? outage.away() : log.warn('fault', { where: 'database', id: null, error: faultOf(error) });

  // The key, before the database writes anything
  const dataDir = config.database.kind === 'embedded' ? dataDirOf(config.database.dataDir, PROJECT) : null;
  if (dataDir?.note) say.info(dataDir.note);
  const places = masterKeyPlaces({ ...config.masterKey, dataDir: dataDir?.path, workingDir: process.cwd() });
  if (dataDir) makeDataDir(dataDir.path);
  const keyBefore = dataDir ? await openMasterKey(places, fingerprintInDirectory(dataDir.path)) : null;

  const database =
    config.database.kind === 'url' ? openUrl(config.database.url) : await openEmbedded(dataDir?.path ?? '', say);
  for (const note of database.notes) say.info(note);
  const pool = openPool(database.connection(), config.databasePool, broke);
  const lookups = openLookups(database.connection(), broke);
  const pages = openPages(database.connection(), broke);
  const close = async (): Promise<void> => {
    await Promise.all([pool.end(), lookups.end(), pages.end()]);
    await database.stop();
  };
  try {
    await reach(pool, { say: say.info, why: whyNoDatabase, monotonic: () => performance.now(), pause });
    if (!(await isMigrated(pool))) {
      if (!migrating)
        throw new Refusal(
          'The database is not at this release. Run `recreio migrate` with the same settings, or start the server once.',
        );
      // A key that is made for a database that takes no tables belongs to nothing, and somebody keeps it as their copy
      await tryTables(pool);
    }
    const master = keyBefore ?? (await openMasterKey(places, fingerprintInDatabase(pool)));
    if (master.made)
      say.warn(
        `The master key was made in ${master.path}. Keep a copy of it elsewhere: without it nothing that was said can be read.`,
      );
    const applied = migrating ? await migrate(pool) : [];
    for (const name of applied) say.info(`Migrated the database: ${name}`);
    await ensureInstallation(pool, { epoch: newId(), school: config.schoolName ?? 'Recreio' });
    const vault = await openVault(pool, master);
    const space = await watchSpace({
      dir: dataDir?.path ?? null,
      reserveBytes: config.diskReserveBytes,
      monotonic: () => performance.now(),
      changed: (hasSpace) =>
        hasSpace
          ? say.info('There is space again: new messages are taken.')
          : say.warn('The disk of the database is nearly full: new messages are refused until there is space.'),
    });
    const writeLog = logMemory({ connection: database.connection, vault, newId, broke, full: space.refused });
    return {
      say,
      outage,
      space,
      master,
      database,
      pool,
      lookups,
      pages,
      vault,
      writeLog,
      applied,
      close: async () => {
        space.stop();
        await writeLog.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** The school's own sign-in. A secret that cannot be read stops the start. */
const providerOf = ({ oidc }: Config): World['provider'] =>
  oidc &&
  oidcProvider({
    ...oidc,
    clientSecret: oidc.clientSecretFile === null ? null : readFileSync(oidc.clientSecretFile, 'utf8').trim(),
  });

/** Who carries calls to devices. */
const carrierOf = ({ pushLocal }: Config) => pushCarrier({ isLocal: pushLocal, now: () => Date.now() });

/** What all rules are made of, whoever rings the bell and keeps the presence. */
const worldOf = (
  config: Config,
  parts: Pick<World, 'memory' | 'transact' | 'presence' | 'site' | 'mail' | 'leaving' | 'push' | 'health'> & {
    readonly writeLog: LogMemory;
    readonly bell: Bell;
    readonly hasSpace: () => boolean;
  },
): World => ({
  memory: parts.memory,
  transact: parts.transact,
  presence: parts.presence,
  site: parts.site,
  mail: parts.mail,
  leaving: parts.leaving,
  push: parts.push,
  health: parts.health,
  follow,
  newId,
  limits: DEFAULT_LIMITS,
  secrets: makeSecrets(),
  redraw,
  passkeys,
  provider: providerOf(config),
  quota: quotas(() => performance.now(), config.quotaFactor),
  flusher: flusher({
    memory: parts.writeLog,
    bell: parts.bell,
    follows: [follow],
    newId,
    monotonic: () => performance.now(),
    pause: (ms) => pause(ms),
    hasSpace: parts.hasSpace,
  }),
});

/** Opens the memory for one command of the operator. Running servers notice what it did within a second, by their poll. */
const open = async (config: Config, log: Log, how: { readonly migrating: boolean }): Promise<Opened> => {
  const school = await openSchool(config, log, how);
  const silent: Bell = { ring: () => undefined };
  const alone: Presence = {
    typing: () => undefined,
    here: () => ({ here: [], count: 0 }),
    marker: () => undefined,
    thread: () => undefined,
    saved: () => undefined,
    notices: () => undefined,
    tuning: () => undefined,
    draft: () => undefined,
    me: () => undefined,
    school: () => undefined,
  };
  const { memory, transact } = makeMemory({
    pool: school.pool,
    lookups: school.lookups,
    pages: school.pages,
    vault: school.vault,
    newId,
    bell: () => silent,
    revoked: () => undefined,
  });
  const site = { publicUrl: publicUrlOf(config, config.port), demo: config.demo };
  return {
    world: worldOf(config, {
      memory,
      transact,
      presence: alone,
      // The operator hands links over
      mail: null,
      leaving: leavingTokens(school.vault.leavingKey()),
      push: carrierOf(config),
      health: () => Promise.reject(new Unavailable('only a server that runs tells how it is')),
      site,
      writeLog: school.writeLog,
      bell: silent,
      hasSpace: school.space.hasSpace,
    }),
    applied: school.applied,
    close: school.close,
  };
};

/** What nodes tell each other by; every choice is a hint, and works without it (contract D20). */
const busOf = (
  { bus }: Config,
  { database, vault }: Awaited<ReturnType<typeof openSchool>>,
  epoch: string,
): OpenBus => {
  switch (bus.kind) {
    case 'in-process':
      return inProcess();
    case 'notify':
      return notifyBus(database.connection);
    case 'nats':
      return natsBus(bus, busSeal(vault.busKey(), epoch));
  }
};

/** Puts the server together and listens. What was opened when something fails is closed again. */
export const start = async (config: Config, log: Log): Promise<Running> => {
  /** How to put away what was set up, in the order it was set up. */
  const closing: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    const troubles: unknown[] = [];
    for (const close of closing.splice(0).toReversed()) {
      try {
        await close();
      } catch (error) {
        troubles.push(error); // what is left is put away all the same: the database above all
      }
    }
    if (troubles.length > 0) throw troubles[0];
  };
  try {
    return { ...(await assemble(config, log, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const assemble = async (config: Config, log: Log, closing: (() => unknown)[]): Promise<Omit<Running, 'stop'>> => {
  const monotonic = () => performance.now();
  const registry = makeRegistry();
  const counted = measures(registry);
  const faults = countFaults(() => Date.now());
  const met = (where: string, error: unknown): void => {
    faults.met(where, error);
    counted.fault(where);
  };
  for (const setting of describe(config)) log.info('setting', setting);

  const accidents = watchAccidents({
    told: (where, error) => {
      met(where, error);
      log.error('fault', { where, id: null, error: faultOf(error) });
    },
    monotonic,
    on: process,
  });
  closing.push(accidents.stop);
  await assertPortIsFree(config.port, config.host);

  // Memory
  const school = await openSchool(config, log, { migrating: true });
  closing.push(school.close);
  const { say, database, pool, lookups, pages, vault, writeLog, outage, space, master } = school;
  const trouble = (where: string, error: unknown) => {
    met(where, error);
    if (isAway(error) || error instanceof Unavailable) outage.away();
    else log.warn('fault', { where, id: null, error: faultOf(error) });
  };
  for (const warning of config.warnings) say.warn(lineOf(warning));

  // Realtime
  const strained = watchStrain(monotonic, (strain) => log.warn('strain', { strain }));
  closing.push(strained.stop);
  const limits = DEFAULT_LIMITS;
  const lived = sleepless(monotonic);
  const { memory, transact } = makeMemory({
    pool,
    lookups,
    pages,
    vault,
    newId,
    bell: () => realtime.bell,
    revoked: () => realtime.revoked(),
  });
  const visibilityOf = visibilities(saying(lookups));
  const realtime = makeRealtime({
    node: newId(),
    memory,
    openBus: busOf(config, school, await memory.streams.epoch()),
    school: await memory.school.read(),
    visibilityOf,
    revocations: async (...within) => {
      const ended = await recentRevocations(pool, ...within);
      outage.back();
      return ended;
    },
    limits,
    isStrained: () => strained.strain() !== 'none',
    monotonic,
    sleepless: lived,
    trouble,
  });
  closing.push(realtime.close);
  const { hub, bell, presence } = realtime;

  // Rules, and what is counted of them
  const doors: { sockets?: ReadonlySet<unknown> } = {};
  const site = { publicUrl: '', demo: config.demo };
  const mail = config.mail && smtpMail({ ...config.mail, trouble: (error) => trouble('mail', error) });
  if (mail) closing.push(mail.stop);
  const leaving = leavingTokens(vault.leavingKey());
  const push = carrierOf(config);
  closing.push(push.stop);
  const loop = watchLoop();
  closing.push(loop.stop);
  const degraded = () => [
    ...(realtime.isBusUp() ? [] : ['bus']),
    ...(space.hasSpace() ? [] : ['disk']),
    ...(existsSync(master.path) ? [] : ['key-file']),
    ...(strained.strain() === 'none' ? [] : ['strain']),
  ];
  const { dataDir } = database;
  const stands: Standing = {
    version: await release(),
    sockets: () => doors.sockets?.size ?? 0,
    loopLagMs: () => loop.lagMs(),
    strain: strained.strain,
    isBusUp: realtime.isBusUp,
    hasSpace: space.hasSpace,
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    freeBytes: () => (dataDir === null ? null : freeBytesNow(dataDir)),
  };
  standing(registry, stands);
  const health = lookAtHealth({
    ...stands,
    databaseKind: config.database.kind === 'url' ? 'server' : 'embedded',
    askDatabase: () => askDatabase(pool),
    reserveBytes: config.diskReserveBytes,
    busKind: config.bus.kind,
    inLine: counted.inLine,
    degraded,
    faults: faults.list,
  });
  const devices = callDevices({
    world: { memory, transact, push, site },
    isOn: () => realtime.school().policies.push !== 'off',
    isHere: realtime.isHere,
    isOpen: realtime.isOpen,
    now: () => Date.now(),
    monotonic,
    counted: counted.pushed,
    trouble: (error) => trouble('push', error),
  });
  closing.push(devices.stop);
  pushing(registry, devices.queue);
  if (mail) {
    const digests = mailDigests({
      world: { memory, transact, site, leaving, mail },
      isOn: () => realtime.school().policies.digest !== 'off',
      now: () => Date.now(),
      counted: counted.mailed,
      trouble: (error) => trouble('digest', error),
    });
    closing.push(digests.stop);
    mailing(registry, digests.standing);
  }
  const escalations = escalateUrgent({
    world: { memory, transact, site, leaving, mail },
    now: () => Date.now(),
    counted: counted.escalated,
    trouble: (error) => trouble('escalation', error),
  });
  closing.push(escalations.stop);
  escalating(registry, escalations.waiting);
  const ringing: Bell = {
    ring: (events, users) => {
      bell.ring(events, users);
      devices.heard(events);
    },
  };
  const parts = {
    memory,
    transact,
    presence: sayingWhoReads(presence, devices.read),
    site,
    mail,
    leaving,
    push,
    health,
    writeLog,
    bell: ringing,
    hasSpace: space.hasSpace,
  };
  const ruled = worldOf(config, parts);
  const world: World = { ...ruled, flusher: counted.flusher(ruled.flusher, monotonic), strain: strained.strain };

  // Doors
  const report = (id: string, error: unknown) => {
    met('door', error);
    log.error('fault', { where: 'door', id, error: faultOf(error) });
  };
  const watch = counted.watch({
    refused: (command, { code, status }, account) =>
      log[status === 401 || status === 403 ? 'info' : 'debug']('refused', { command, problem: code, account }),
    turnedAway: (door, why) => log.info('turnedAway', { door, why }),
  });
  const origins = new Set<string>();
  const hosts = new Set<string>();
  const who = identification({
    memory,
    secrets: world.secrets,
    cookieName: config.cookie.name,
    allowedOrigins: origins,
    allowedHosts: hosts,
    trustedProxies: config.trustedProxies,
    proxiedOnly: config.trustedProxies.length > 0 && config.tls === null,
  });
  const tls = config.tls ? readPair(config.tls) : null;
  const webFolder = builtPages();
  if (webFolder === null) say.warn('The web app is not built: only the API and the socket are served.');
  const app = httpDoor({
    world,
    identification: who,
    cookie: config.cookie,
    tls,
    webFolder,
    report,
    watch,
    logged: (line) => {
      counted.request(line);
      log.debug('request', { request: newId(), ...line });
    },
  });
  closing.push(() => closeWithin(app, config.shutdownTimeoutMs / 6));
  const { server } = app;
  if (config.tls && tls && server instanceof TlsServer) {
    closing.push(
      keepCertificate(
        {
          files: config.tls,
          use: (pair) => server.setSecureContext(pair),
          trouble: (error) => trouble('certificate', error),
        },
        tls,
      ).stop,
    );
  }
  let draining = false;
  let started = false;
  registerHealth(app, {
    loopLagMs: () => loop.lagMs(),
    isDraining: () => draining,
    hasStarted: () => started,
    monotonicMs: monotonic,
    writeDatabase: async () => {
      await pool.query('UPDATE installation SET epoch = epoch');
    },
    isMigrated: () => isMigrated(pool),
    degraded,
  });
  const guard = makeGuard({ monotonic: lived, check: realtime.checkRevocations });
  closing.push(guard.stop);
  const forgetting = every({
    work: (isOver) => purge(pool, isOver),
    everyMs: PURGE_MS,
    trouble: (error) => trouble('purge', error),
  });
  closing.push(forgetting.stop);
  const sockets = socketDoor(server, {
    world,
    hub,
    here: realtime,
    identification: who,
    isSecure: config.cookie.secure,
    limits,
    monotonic,
    visibilityOf,
    admission: admission({ ...config.admission, strain: strained.strain, monotonic }),
    guard,
    opened: (socket, account) => {
      counted.opened();
      log.debug('socketOpened', { socket, account });
    },
    gone: (socket, code, ms) => {
      counted.closed(code);
      log.debug('socketClosed', { socket, code, ms });
    },
    report,
    watch,
  });
  doors.sockets = sockets.sockets;
  closing.push(async () => {
    draining = true;
    const withinMs = (config.shutdownTimeoutMs * 2) / 3;
    await sayGoodbye({ hub, sockets, isIdle: world.flusher.idle, monotonic, withinMs, wave: config.shutdownWave });
  });

  if (config.metrics) {
    const monitored = await metricsDoor({ ...config.metrics, text: registry.text });
    closing.push(monitored.close);
    say.info(`Metrics are at http://${config.metrics.host}:${monitored.port}/metrics.`);
  }

  // The school, then the street. The demo school's people have no passwords: it is never served as a school
  const isDemoSchool = (await memory.accounts.demoPeople()).length > 0;
  if (isDemoSchool && dataDir !== null) markDemo(dataDir);
  if (isDemoSchool && !config.demo)
    throw new Refusal(
      'This database holds the demo school. Name another DATA_DIR (or DATABASE_URL) for a school of your own, or set RECREIO_DEMO=1.',
    );
  if (config.demo) {
    const { seedDemoSchool } = await import('./demo.ts');
    await seedDemoSchool({
      pool,
      world,
      say,
      over: (db) => ({
        accounts: accountsMemory(db, vault),
        rooms: roomsMemory(db, vault, newId, () => undefined),
        saved: savedMemory(db, vault),
        school: schoolMemory(db),
        audit: auditMemory(db),
        joining: joiningMemory(db),
        facts: async (requests) => (await readFacts(db, vault, requests)).facts,
      }),
    });
    if (dataDir !== null && (await memory.accounts.demoPeople()).length > 0) markDemo(dataDir);
  }
  await app.listen({ port: config.port, host: config.host });
  const { port } = server.address() as AddressInfo;
  site.publicUrl = publicUrlOf(config, port);
  for (const origin of allowedOriginsOf(config, port)) {
    origins.add(origin);
    hosts.add(new URL(origin).host);
  }
  for (const name of ['localhost', '127.0.0.1', '[::1]']) hosts.add(`${name}:${port}`);
  const stayingHere = config.demo ? null : linksStayHere(site.publicUrl);
  if (stayingHere) say.warn(lineOf(stayingHere));
  const setUp = config.demo ? null : await makeSetUpLink(world, { beside: true });
  started = true;
  database.onRestart(() => say.warn('The database had died and is there again.'));
  return {
    address: site.publicUrl,
    setUpUrl: setUp?.url ?? null,
    failed: Promise.race([database.exited, accidents.tooMany]),
  };
};

/** The program's parts, for the command line. */
export const house: House = { start, open, examine: (config) => examine(config, PROJECT) };

if (import.meta.main) await runProcess(house);
