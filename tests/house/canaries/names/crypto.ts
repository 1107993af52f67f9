export const canary = () => crypto.randomUUID();
