/** Leaves an up-to-date build in apps/web/dist. */
export function buildWeb(runtime: { node: string; env: NodeJS.ProcessEnv }): Promise<void>;
