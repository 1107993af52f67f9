export const canary = () => setTimeout(() => undefined, 1);
