/** `recreio doctor`: looks at everything that a start and a day of school need, changes nothing, and says what to do. */
import { isWrong, readConfig } from '../config.ts';
import { type Finding, ok, warning, wrong } from '../doctor/finding.ts';
import { machineFindings } from '../doctor/machine.ts';
import { networkFindings } from '../doctor/network.ts';
import { storageFindings } from '../doctor/storage.ts';
import { EXIT, type Given, type Surroundings, type Verb } from './command.ts';

/** How the command line knows it; it runs without settings that are right, so it has a way of its own in (see recreio.ts). */
export const doctor: Verb = {
  name: 'doctor',
  summary: 'Look at the installation, and say what is wrong and what to do.',
  help: [
    'Run it with the settings of the server, as its user, before a start or beside one that runs. It reads settings, key, disk, database, certificate, port, the public address and the bus, and changes nothing.',
    'Settings stand in front of the command (`DATABASE_URL=… recreio doctor`), or come from the file of the service (`set -a; . /etc/recreio/recreio.env; recreio doctor`).',
    'Ends with 0 when nothing is wrong (warnings may be), else with 1.',
  ],
  options: {
    json: { type: 'boolean', help: 'One JSON object instead of sentences: {"healthy": …, "findings": […]}.' },
  },
  run: (given, around) => examine(given, around),
};

/** Looks, tells, and ends with whether anything is wrong. */
export const examine = async (given: Given, { env, isRoot, house, terminal }: Surroundings): Promise<number> => {
  const config = readConfig(env, isRoot);
  const findings = isWrong(config)
    ? config.errors.map((error) => wrong('settings', error, 'See `recreio help settings`.'))
    : [
        ok('settings', `${config.given.length} settings are set; all are of the right form.`),
        ...config.warnings.map(({ says, todo }) => warning('settings', says, todo)),
        ...machineFindings(config),
        ...storageFindings(await house.examine(config), config),
        ...(await networkFindings(config, Date.now())),
      ];
  const isHealthy = findings.every(({ health }) => health !== 'wrong');
  terminal.out(
    given['json'] === true ? `${JSON.stringify({ healthy: isHealthy, findings }, null, 2)}\n` : wordsOf(findings),
  );
  return isHealthy ? EXIT.done : EXIT.failed;
};

const MARKS = { ok: 'ok     ', warning: 'WARNING', wrong: 'WRONG  ' } as const;

const wordsOf = (findings: readonly Finding[]): string => {
  const lines = findings.map(
    ({ check, health, says, todo }) =>
      `${MARKS[health]}  ${check}: ${says}${todo === undefined ? '' : `\n         → ${todo}`}`,
  );
  const count = (health: Finding['health']) => findings.filter((finding) => finding.health === health).length;
  return `${lines.join('\n')}\n\n${count('wrong')} wrong, ${count('warning')} to think about, ${count('ok')} as it should be.\n`;
};
