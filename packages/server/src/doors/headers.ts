/** What stands on every answer of every door (security S11, S12), also on those that no route gives. */

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** The headers; the web app's pages put their own Content-Security-Policy in the place of this one. @param isSecure people come by HTTPS */
export const answerHeaders = (isSecure: boolean): Readonly<Record<string, string>> =>
  isSecure ? { ...HEADERS, 'strict-transport-security': 'max-age=31536000' } : HEADERS;

/** A whole answer to what never became a request, and the end of the connection. @param status as `404 Not Found` */
export const lastAnswer = (status: string, isSecure: boolean, more: Readonly<Record<string, string>> = {}): string => {
  const headers = { ...answerHeaders(isSecure), 'cache-control': 'no-store', ...more, 'content-length': '0' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\nconnection: close\r\n${lines.join('')}\r\n`;
};
