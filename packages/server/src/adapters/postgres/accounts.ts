/** The memory of accounts: people, their devices, links and blocks (migration 0002). SQL and nothing else; no rule. */
import type { AccountsMemory } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { accountRecords } from './accounts/records.ts';
import { factors } from './accounts/factors.ts';
import { identities } from './accounts/identities.ts';
import { links } from './accounts/links.ts';
import { passkeys } from './accounts/passkeys.ts';
import { people } from './accounts/people.ts';
import type { See } from './accounts/seen.ts';
import { sessions } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';

/** Inside a transaction nobody is noted as seen: the request that it belongs to was. */
const notNow: See = () => undefined;

/** The port of accounts over a pool or inside one transaction. What needs several statements is called in a transaction. `lookups`: where what many ask at once is read. */
export const accountsMemory = (
  db: Queryable,
  vault: Vault,
  see: See = notNow,
  lookups: Queryable = db,
): AccountsMemory => ({
  ...sessions(db, see, lookups),
  ...people(db),
  ...links(db),
  ...accountRecords(db, vault),
  ...factors(db, vault),
  ...passkeys(db, vault),
  ...identities(db),
  lock: async (name) => {
    await db.query({
      name: 'accounts-lock',
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`accounts ${name}`],
    });
  },
});
