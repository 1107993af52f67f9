// Before the end-to-end tests: the web app as it is served, built once for each change of it.

import { buildWeb } from '../../scripts/web-build.mjs';

export default () => buildWeb({ node: process.execPath, env: process.env });
