import { useLingui } from '@lingui/react';

/** Cobogó, the hollow-block wall of Brazilian schools, the mureta, and who sits on it. */
export function Yard() {
  const { i18n } = useLingui();
  const holes = [
    [0, 0],
    [96, 0],
    [0, 96],
    [96, 96],
  ] as const;
  return (
    <svg
      viewBox="0 0 960 900"
      preserveAspectRatio="xMidYMax slice"
      role="img"
      aria-label={i18n._(
        'Desenho: o pátio da escola no recreio, uma parede de cobogós, cinco pessoas sentadas na mureta e uma bola na quadra',
      )}
    >
      <defs>
        <pattern id="cobogo" width="96" height="96" patternUnits="userSpaceOnUse">
          <rect width="96" height="96" className="y-wall" />
          <path className="y-hole" d="M48 6c4 22 20 38 42 42-22 4-38 20-42 42-4-22-20-38-42-42 22-4 38-20 42-42z" />
          {holes.map(([x, y]) => (
            <circle key={`${x}-${y}`} className="y-hole" cx={x} cy={y} r="15" />
          ))}
        </pattern>
      </defs>
      <rect width="960" height="900" className="y-ground" />
      <rect width="960" height="384" fill="url(#cobogo)" />
      <rect y="384" width="960" height="14" className="y-edge" />
      <g className="y-people">
        <path d="M150 640v-62c0-42 26-72 60-72s60 30 60 72v62z" className="t3" />
        <path d="M292 640v-44c0-34 21-58 48-58s48 24 48 58v44z" className="t2" />
        <path d="M404 640v-50c0-36 22-62 51-62s51 26 51 62v50z" className="t4" />
        <path d="M560 640v-42c0-32 20-55 46-55s46 23 46 55v42z" className="t5" />
        <path d="M668 640v-52c0-37 23-64 52-64s52 27 52 64v52z" className="t6" />
      </g>
      <rect x="96" y="640" width="768" height="26" rx="4" className="y-pen" />
      <rect x="96" y="666" width="768" height="42" className="y-base" />
      <g className="y-line">
        <path d="M0 742h960M480 742v158" />
        <circle cx="480" cy="900" r="116" />
      </g>
      <circle cx="628" cy="836" r="27" className="y-ball" />
      <ellipse cx="628" cy="867" rx="24" ry="4" className="y-shade" />
      <path
        d="M186 428h118a14 14 0 0 1 14 14v22a14 14 0 0 1-14 14h-66l-16 14v-14h-36a14 14 0 0 1-14-14v-22a14 14 0 0 1 14-14z"
        className="y-slip"
      />
      <path d="M194 448h84M194 462h52" className="y-ink" />
      <path
        d="M596 462h100a14 14 0 0 1 14 14v18a14 14 0 0 1-14 14h-50l-16 14v-14h-34a14 14 0 0 1-14-14v-18a14 14 0 0 1 14-14z"
        className="y-mark"
      />
      <path d="M604 486h72" className="y-ink2" />
    </svg>
  );
}
