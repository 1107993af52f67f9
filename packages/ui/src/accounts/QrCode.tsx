import { useEffect, useState } from 'react';

/** The dark squares of a code as one path, a unit a square. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');

/** A text as a QR code, always dark on white: some cameras read no other. What draws it is loaded when it is wanted. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [code, setCode] = useState<{ text: string; size: number; path: string }>();
  useEffect(() => {
    let isHere = true;
    void (async () => {
      const { encode } = await import('uqr');
      const { size, data } = encode(text, { ecc: 'M', border: 4 });
      if (isHere) setCode({ text, size, path: pathOf(data) });
    })();
    return () => {
      isHere = false;
    };
  }, [text]);
  if (code?.text !== text) return <span className="qr skel" />;
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${code.size} ${code.size}`}>
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
