import { useLingui } from '@lingui/react';
import { Link } from '../layout/Link.tsx';

/** A part of the administration of the school. */
export type AdminSection = 'people' | 'courses' | 'rooms' | 'school' | 'health';

/** Where each part is. */
export const adminHrefs: Readonly<Record<AdminSection, string>> = {
  people: '/pessoas',
  courses: '/escola/cursos',
  rooms: '/escola/salas',
  school: '/escola',
  health: '/escola/saude',
};

/** The parts of the administration, side by side: where one is, and where else one can go. */
export function AdminSections({ current }: { current: AdminSection }) {
  const { i18n } = useLingui();
  const words: readonly [AdminSection, string][] = [
    ['people', i18n._('Pessoas')],
    ['courses', i18n._('Cursos')],
    ['rooms', i18n._('Salas')],
    ['school', i18n._('Escola')],
    ['health', i18n._('Saúde')],
  ];
  return (
    <nav className="sections" aria-label={i18n._('Administração')}>
      {words.map(([section, label]) => (
        <Link key={section} href={adminHrefs[section]} aria-current={section === current ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
