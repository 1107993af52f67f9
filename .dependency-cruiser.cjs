// The borders of the house, one rule for each line of "Who may import whom" (docs/style.md). Each has a canary in
// tests/house/canaries that breaks it, and tests/house/boundaries.test.ts sees the rule bark.

// The canaries are a small copy of the tree: `BORDERS_ROOT` names the folder that stands for the repository's.
const prefix = process.env.BORDERS_ROOT ? `${process.env.BORDERS_ROOT.replace(/[.\\/]/g, '[$&]')}/` : '';
const at = (path) => `^${prefix}${path}`;

/** Tests and what serves them may look anywhere. */
const tests = '([.]test[.]tsx?$|/testing/)';

/** Rule 6: the nouns of core, in the order in which they may know each other. */
const line = ['streams', 'accounts', 'rooms', 'members', 'invitations', 'messages'];
const after = ['audit', 'courses', 'school', 'media', 'presence', 'moderation', 'notifications', 'lessons'];

const mayNot = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** For each noun, those it may not know: the later ones on the line, and for those after it, each other. */
const nounRules = [...line, ...after].map((noun) => {
  const later = line.includes(noun)
    ? [...line.slice(line.indexOf(noun) + 1), ...after]
    : after.filter((other) => other !== noun);
  return mayNot(
    `nouns-in-line-${noun}`,
    `6. Inside core the nouns form a line; ${noun} may not know ${later.join(', ')}.`,
    { path: at(`packages/core/src/${noun}/`), pathNot: tests },
    { path: at(`packages/core/src/(${later.join('|')})/`) },
  );
});

module.exports = {
  forbidden: [
    mayNot(
      'protocol-imports-nothing-of-ours',
      '1. protocol imports nothing of ours: the author of a client in another language reads it alone.',
      { path: at('packages/protocol/src/'), pathNot: tests },
      { path: at('(packages/(?!protocol/)|apps/)') },
    ),
    mayNot(
      'core-imports-protocol-only',
      '1. core imports protocol and nothing else of ours: the rules would be true on paper.',
      { path: at('packages/core/src/'), pathNot: tests },
      { path: at('(packages/(?!core/|protocol/)|apps/)') },
    ),
    mayNot(
      'core-needs-no-platform',
      '1. core and protocol use no module of Node: time, ids and I/O come through World.',
      { path: at('packages/(core|protocol)/src/'), pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    mayNot(
      'doors-do-not-know-adapters',
      '2. doors, realtime and jobs import core and protocol, never adapters: main.ts hands them what they need.',
      { path: at('packages/server/src/(doors|realtime|jobs)/'), pathNot: tests },
      { path: at('packages/server/src/adapters/') },
    ),
    mayNot(
      'adapters-do-not-know-doors',
      '3. adapters import port types and protocol, never doors: a table does not know who asked.',
      { path: at('packages/server/src/adapters/'), pathNot: tests },
      { path: at('packages/server/src/(doors|realtime|jobs)/') },
    ),
    mayNot(
      'adapters-enter-core-by-its-ports',
      '3. adapters know of core what ports.ts gives, types of ports and pure values: nothing is decided beside a table.',
      { path: at('packages/server/src/adapters/'), pathNot: tests },
      { path: at('packages/core/src/'), pathNot: at('packages/core/src/ports[.]ts$') },
    ),
    mayNot(
      'only-main-chooses-adapters',
      '4. Only main.ts and tests import adapters (doors, realtime and jobs: see 2): it reads like a bill of materials.',
      {
        path: at('(packages|apps)/'),
        pathNot: [tests, at('packages/server/src/(main[.]ts|(adapters|doors|realtime|jobs)/)')],
      },
      { path: at('packages/server/src/adapters/') },
    ),
    mayNot(
      'browsers-do-not-know-the-server',
      '5. Browser packages never import core or server.',
      { path: at('(packages/(client|ui|widget)|apps/web)/'), pathNot: [tests, '[.]config[.]ts$'] },
      { path: at('packages/(core|server)/') },
    ),
    mayNot(
      'client-does-not-know-the-screen',
      '5. The SDK runs without a screen: client never imports ui, widget or an app.',
      { path: at('packages/client/'), pathNot: tests },
      { path: at('(packages/(ui|widget)|apps)/') },
    ),
    mayNot(
      'ui-does-not-know-its-page',
      '5. ui serves every page: it never imports widget or an app.',
      { path: at('packages/ui/'), pathNot: tests },
      { path: at('(packages/widget|apps)/') },
    ),
    ...nounRules,
    mayNot(
      'no-cycles',
      '7. No cycles: of two files that need each other, neither can be read first. Types may point back.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    mayNot(
      'an-index-is-a-door',
      "7. No index.ts but a package's door: a path says where a thing is, and an index hides it.",
      {},
      { path: '/index[.]tsx?$', pathNot: ['node_modules', at('(packages|apps)/[^/]+/src/index[.]tsx?$')] },
    ),
    mayNot(
      'production-does-not-know-tests',
      'Nothing that ships imports a test or a testing kit.',
      { path: at('(packages|apps)/'), pathNot: [tests, '[.](config|setup)[.]ts$'] },
      { path: tests },
    ),
    mayNot(
      'everything-resolves',
      'An import that leads nowhere: the checker would be blind behind it.',
      {},
      { couldNotResolve: true, pathNot: ['^virtual:', '[.](css|svg|woff2)'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: prefix === '' ? ['(^|/)dist/', '^tests/house/canaries/', '^[.]cache/'] : ['(^|/)dist/'] },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
    combinedDependencies: true,
  },
};
