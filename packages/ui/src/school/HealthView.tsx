import { useLingui } from '@lingui/react';
import { Banner } from '../controls/Notice.tsx';
import { fullTime } from '../i18n/dates.ts';

/** How the installation is. Times in ms. */
export type InstallationView = {
  version: string;
  protocol: number;
  node: string;
  startedAt: number;
  database: {
    kind: 'embedded' | 'server';
    version: string;
    bytes: number;
    busy: number;
    idle: number;
    waiting: number;
  };
  disk: { freeBytes: number; reserveBytes: number } | null;
  bus: { kind: 'in-process' | 'notify' | 'nats'; up: boolean };
  sockets: number;
  inLine: number;
  loopLagMs: number;
  degraded: readonly string[];
  faults: readonly { where: string; kind: string; count: number; lastAt: number }[];
};

/** The health of the installation: what runs, how full it is, what waits, what went wrong, without a word of what people say. */
export function HealthView({ health }: { health: InstallationView }) {
  const { i18n } = useLingui();
  const { database, disk, bus } = health;
  const bytes = (size: number) =>
    new Intl.NumberFormat(i18n.locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }).format(
      size / 1_000_000,
    );
  const count = (value: number) => new Intl.NumberFormat(i18n.locale).format(value);
  const buses = {
    'in-process': i18n._('Um só servidor'),
    notify: i18n._('Pelo banco de dados'),
    nats: 'NATS',
  };
  const troubles: Readonly<Record<string, string>> = {
    bus: i18n._('Os servidores não se ouvem: novidades podem demorar até três segundos.'),
    disk: i18n._('O disco está quase cheio: mensagens novas não são aceitas.'),
    'key-file': i18n._('O arquivo da chave mestra não está onde estava. Sem ele o servidor não volta a começar.'),
    strain: i18n._('O servidor está sobrecarregado e deixa o menos importante para depois.'),
  };
  const rows: readonly (readonly [string, string])[] = [
    [i18n._('Recreio'), i18n._('{version}, protocolo {protocol}', health)],
    ['Node.js', health.node],
    [i18n._('Em pé desde'), fullTime(health.startedAt, i18n.locale)],
    [
      i18n._('Banco de dados'),
      `PostgreSQL ${database.version}, ${database.kind === 'embedded' ? i18n._('embutido') : i18n._('num servidor')}`,
    ],
    [i18n._('Tamanho dos dados'), bytes(database.bytes)],
    [
      i18n._('Conexões ao banco'),
      i18n._('{busy} em uso, {idle} livres, {waiting} pedidos à espera', {
        busy: count(database.busy),
        idle: count(database.idle),
        waiting: count(database.waiting),
      }),
    ],
    ...(disk === null
      ? []
      : [
          [
            i18n._('Disco'),
            i18n._('{free} livres; abaixo de {reserve} só se lê', {
              free: bytes(disk.freeBytes),
              reserve: bytes(disk.reserveBytes),
            }),
          ] as const,
        ]),
    [i18n._('Aviso entre servidores'), `${buses[bus.kind]}, ${bus.up ? i18n._('funcionando') : i18n._('parado')}`],
    [i18n._('Conexões de pessoas'), count(health.sockets)],
    [i18n._('Na fila para gravar'), count(health.inLine)],
    [i18n._('Maior pausa há pouco'), `${count(health.loopLagMs)} ms`],
  ];
  return (
    <div className="health">
      {health.degraded.length === 0 ? (
        <Banner tone="visto" icon="check" role="status">
          {i18n._('Tudo funcionando.')}
        </Banner>
      ) : (
        health.degraded.map((name) => (
          <Banner key={name} tone="marker" icon="triangle-alert" role="status">
            {troubles[name] ?? name}
          </Banner>
        ))
      )}
      <dl className="health-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="small soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2 className="acts-head">{i18n._('O que deu errado desde o começo')}</h2>
      {health.faults.length === 0 ? (
        <p className="soft">{i18n._('Nada.')}</p>
      ) : (
        <ul className="acts">
          {health.faults.map(({ where, kind, count: times, lastAt }) => (
            <li key={`${where} ${kind}`}>
              <span>
                <b>{where}</b> · {kind}
              </span>
              <span className="small soft">
                {i18n._('{times, plural, one {# vez} other {# vezes}}, a última em {at}', {
                  times,
                  at: fullTime(lastAt, i18n.locale),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
