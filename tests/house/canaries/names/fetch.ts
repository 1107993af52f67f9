export const canary = () => fetch('https://example.org');
