import { setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ImportPeople } from '../accounts/ImportPeople.tsx';
import { messages as portuguese } from '../i18n/locales/pt-BR.ts';
import { LessonsList } from './LessonsList.tsx';
import { OutsideList } from './OutsideList.tsx';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': portuguese } });
const draw = (part: ReactNode) => renderToStaticMarkup(<I18nProvider i18n={i18n}>{part}</I18nProvider>);
const nothing = () => undefined;
const done = () => Promise.resolve(true);
const lia = { person: { id: 'lia', name: 'Lia Prado', initials: 'LP', tone: 1 as const }, rooms: 2 };

it('[R108] who is out of a course and still in its rooms is named, with the way to finish for those who may', () => {
  const html = draw(<OutsideList people={[lia]} onRemove={nothing} />);
  expect(html).toMatch(/Lia Prado.*2 salas.*aria-label="Tirar Lia Prado"/s);
  expect(draw(<OutsideList people={[lia]} />)).not.toContain('<button');
  expect(draw(<OutsideList people={[]} onRemove={nothing} />)).toBe('');
});

it('why a lesson did not move stands apart from the field for a new one, also where there is none', () => {
  const list = (canAdd: boolean) =>
    draw(
      <LessonsList
        lessons={[]}
        canAdd={canAdd}
        busy={false}
        moveError="Não deu."
        onAdd={done}
        onMove={done}
        onRename={nothing}
        onRemove={nothing}
      />,
    );
  expect(list(false)).toMatch(/role="alert".*Não deu\./s);
  expect(list(true)).not.toContain('aria-invalid="true"');
});

it('a box to tick stands in no status region: it is there before and after each answer, and keeps the focus', () => {
  const result = { created: [], errors: [], newCourses: ['Latim'] };
  const html = draw(
    <ImportPeople
      step={{ kind: 'preview', result, csv: '', makesCourses: false }}
      onPreview={nothing}
      onImport={nothing}
      onClose={nothing}
    />,
  );
  expect(html).toContain('type="checkbox"');
  expect(html).not.toMatch(/role="status"(?:(?!<\/div>).)*type="checkbox"/s);
});
