/** Every screen and state of the demo school that is looked at: by axe in the tests, by people in pictures. */
import { COURSES } from '@recreio/demo-school/courses.ts';
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import { PEOPLE } from '@recreio/demo-school/people.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { route } from '../raw/http.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { box } from './conversation.ts';
import { type Entrance, enterAs, visit } from './visit.ts';

const lesson = `/sala/${ROOMS.parabola.id}`;
const course = `/curso/${COURSES.maths.id}`;
const direct = `/sala/${DIRECTS.find(({ people }) => people.join() === 'ana,helena')?.id ?? ''}`;

/** One line each that is right, twice the same address, without one, and of a role that nobody has. */
const SHEET = `nome,email,papel
Marina Duarte,marina@escola-aurora.example,estudante
Otávio Reis,otavio.reis@escola-aurora.example,professora
Marina D.,marina@escola-aurora.example,estudante
Sem Endereço,,estudante
Jonas Prado,jonas@escola-aurora.example,zelador
`;

/** A screen: whose it is, where, and what is done there until it shows. */
export interface Screen {
  readonly name: string;
  /** Nobody: it is seen before signing in. */
  readonly who: Entrance | null;
  readonly path: string;
  /** Only where the house has one part (a phone), or only where it has more. */
  readonly only?: 'phone' | 'desktop';
  readonly act?: (page: Page) => Promise<void>;
  /** Takes back what the act did to the school, for the screens and looks after it. */
  readonly undo?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

const openMenu = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('menu').waitFor();
};

const write = (text: string) => async (page: Page) => {
  await box(page).focus();
  await page.keyboard.type(text);
};

/** Puts the lesson's room away, or takes it out again, as the person who looks at it. */
const archive = async (page: Page, archived: boolean): Promise<void> => {
  const input = { archived, clientId: uuidv7() };
  const status = await page.evaluate(
    async ([path, body]) =>
      (await fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status,
    [`/api/rooms/${ROOMS.parabola.id}/archive`, JSON.stringify(input)] as const,
  );
  if (status !== 200) throw new Error(`the room could not be archived: ${status}`);
};

/** Asks the lesson's room to read what was said there last, or asks no more, as the person who looks at it. */
const askToRead = async (page: Page, method: 'PUT' | 'DELETE'): Promise<void> => {
  const status = await page.evaluate(
    async ([address, verb]) => {
      const { messages } = (await (await fetch(`${address}?limit=1`)).json()) as { messages: { id: string }[] };
      return (await fetch(`${address}/${messages[0]?.id}/notice`, { method: verb })).status;
    },
    [`/api/rooms/${ROOMS.parabola.id}/messages`, method] as const,
  );
  if (status !== 200) throw new Error(`it could not be asked to read a message: ${status}`);
};

/** The screens. `muted` needs `silenceAna` before. */
export const screens: readonly Screen[] = [
  { name: 'sign-in', who: null, path: '/' },
  {
    name: 'sign-in-form',
    who: null,
    path: '/',
    act: async (page) => page.getByText('Entrar com e-mail e senha').click(),
  },
  {
    name: 'sign-in-ask',
    who: null,
    path: '/',
    act: async (page) => {
      await page.getByText('Entrar com e-mail e senha').click();
      await page.getByRole('button', { name: 'Pedir para entrar' }).click();
      await page.getByRole('button', { name: 'Fazer o pedido' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  { name: 'new-account-used', who: null, path: `/nova-conta#${'0'.repeat(43)}` },
  { name: 'leave-mails', who: null, path: `/sem-emails#${'0'.repeat(43)}` },
  { name: 'link-used', who: null, path: `/convite#${'0'.repeat(43)}` },
  { name: 'rooms', who: 'ana', path: '/', only: 'phone' },
  { name: 'directory', who: 'ana', path: '/salas' },
  {
    name: 'directory-nothing',
    who: 'ana',
    path: '/salas',
    act: async (page) => {
      await page.getByRole('searchbox').fill('capoeira');
      await page.locator('main .empty').waitFor();
    },
  },
  { name: 'conversation', who: 'ana', path: lesson },
  {
    name: 'conversation-present',
    who: 'ana',
    path: lesson,
    act: async (page) => {
      // Not by the button: it comes only to who stays away from the present
      await page.locator('article[data-message]').last().focus();
      await page.keyboard.press('End');
      await page.waitForFunction(() => {
        const list = document.querySelector('.scroll');
        return list !== null && list.scrollHeight - list.clientHeight - list.scrollTop < 8;
      });
      await page.getByRole('button', { name: /Ir para o presente/ }).waitFor({ state: 'hidden' });
      await box(page).focus();
    },
  },
  {
    name: 'conversation-emojis',
    who: 'ana',
    path: lesson,
    act: async (page) => {
      await page.getByRole('button', { name: 'Emojis' }).click();
      await page.getByRole('searchbox', { name: 'Procurar emoji' }).waitFor();
    },
  },
  {
    name: 'conversation-refer',
    who: 'ana',
    path: `/sala/${ROOMS.forms.id}`,
    act: async (page) => {
      await write('Isso está em #')(page);
      await page.getByRole('listbox', { name: 'Salas e aulas para citar' }).waitFor();
    },
  },
  {
    name: 'conversation-emoji-names',
    who: 'ana',
    path: lesson,
    act: async (page) => {
      await write('Valeu :cora')(page);
      await page.getByRole('listbox', { name: 'Emojis com este nome' }).waitFor();
    },
  },
  {
    name: 'conversation-actions',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus();
      await page.getByRole('toolbar').waitFor();
    },
  },
  {
    name: 'conversation-call-all',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await box(page).fill('@todos a prova é amanhã');
      // With a keyboard of glass Enter is a new line
      await page.getByRole('button', { name: 'Enviar' }).click();
      await page.getByRole('dialog').waitFor();
    },
    undo: async (page) => {
      await page.keyboard.press('Escape');
      await box(page).fill('');
    },
  },
  {
    name: 'conversation-urgent',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await box(page).fill('@Ana Beatriz Sant’Anna a sala mudou');
      const urgent = page.getByRole('button', { name: 'Urgente' });
      if ((await urgent.getAttribute('aria-pressed')) === 'false') await urgent.click();
      await page.locator('.composer .ask[aria-pressed="true"]').waitFor();
    },
    undo: async (page) => box(page).fill(''),
  },
  {
    name: 'conversation-notice',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await askToRead(page, 'PUT');
      await page.getByRole('button', { name: 'Quem confirmou' }).click();
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    },
    undo: async (page) => askToRead(page, 'DELETE'),
  },
  {
    name: 'conversation-date',
    who: 'ana',
    path: lesson,
    act: async (page) => {
      await openMenu('Mais opções da sala')(page);
      await page.getByRole('menuitem', { name: 'Ir para uma data…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'conversation-pinned',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await page.getByRole('region', { name: 'Fixadas na sala' }).getByRole('button').last().click();
      await page.getByRole('dialog').getByText('Fixada por').waitFor();
    },
  },
  {
    name: 'conversation-more-actions',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus();
      await page.keyboard.press('ContextMenu');
      await page.getByRole('dialog').getByRole('button', { name: 'Copiar link' }).waitFor();
    },
  },
  {
    name: 'conversation-forward',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus();
      await page.keyboard.press('ContextMenu');
      await page.getByRole('dialog').getByRole('button', { name: 'Encaminhar…' }).click();
      await page.getByRole('dialog').getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'conversation-missing',
    who: 'ana',
    path: `${lesson}?m=00000000-0000-7000-8000-000000000000`,
    act: async (page) => page.getByText('não está aqui, ou não é para você').waitFor(),
  },
  { name: 'conversation-markdown', who: 'ana', path: `/sala/${ROOMS.forms.id}` },
  { name: 'conversation-notices', who: 'ana', path: `/sala/${ROOMS.notices.id}` },
  { name: 'private', who: 'ana', path: direct, act: write('Professora, sobre a lista') },
  { name: 'members', who: 'helena', path: `${lesson}/pessoas` },
  {
    name: 'about',
    who: 'ana',
    path: `${lesson}/pessoas`,
    act: async (page) => page.getByText('Sala', { exact: true }).last().click(),
  },
  { name: 'room-settings', who: 'helena', path: `${lesson}/ajustes` },
  { name: 'room-settings-of-a-member', who: 'ana', path: `${lesson}/ajustes` },
  {
    name: 'room-settings-link',
    who: 'helena',
    path: `${lesson}/ajustes`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Criar link' }).click();
      await page.getByLabel('Link do convite').waitFor();
    },
    undo: async (page) => {
      await page
        .getByRole('button', { name: /^Revogar/ })
        .first()
        .click();
      await page.getByText('O link não vale mais').waitFor();
    },
  },
  {
    name: 'room-archived',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await archive(page, true);
      await page.getByText('Esta sala está arquivada.').waitFor();
    },
    undo: (page) => archive(page, false),
  },
  { name: 'invitation-used', who: 'ana', path: `/convite/sala#${'0'.repeat(22)}` },
  {
    name: 'room-with-rules',
    who: 'ana',
    path: `/sala/${ROOMS.chess.id}`,
    act: press('Entrar na sala'),
  },
  { name: 'categories', who: 'marcelo', path: '/salas', act: press('Categorias') },
  { name: 'member-menu', who: 'helena', path: `${lesson}/pessoas`, act: openMenu(/^Opções de Kauã/) },
  {
    name: 'member-mute',
    who: 'helena',
    path: `${lesson}/pessoas`,
    act: async (page) => {
      await openMenu(/^Opções de Kauã/)(page);
      await page.getByRole('menuitem', { name: 'Silenciar…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'member-ban',
    who: 'helena',
    path: `${lesson}/pessoas`,
    act: async (page) => {
      await openMenu(/^Opções de Kauã/)(page);
      await page.getByRole('menuitem', { name: /^Banir/ }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Banir/ })
        .click();
      await page.getByRole('dialog').locator('[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'member-role',
    who: 'helena',
    path: `${lesson}/pessoas`,
    act: async (page) => {
      await openMenu(/^Opções de Kauã/)(page);
      await page.getByRole('menuitem', { name: /^Papel/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'member-remove',
    who: 'helena',
    path: `${lesson}/pessoas`,
    act: async (page) => {
      await openMenu(/^Opções de Kauã/)(page);
      await page.getByRole('menuitem', { name: /^Tirar/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'toast',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await openMenu('Mais opções da sala')(page);
      await page.getByRole('menuitem', { name: 'Copiar o endereço' }).click();
      await page.locator('.toast').waitFor();
    },
  },
  {
    name: 'private-block',
    who: 'ana',
    path: direct,
    act: async (page) => {
      await openMenu('Mais opções da conversa')(page);
      await page.getByRole('menuitem', { name: 'Bloquear…' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'room-not-found', who: 'ana', path: '/sala/00000000-0000-7000-8000-000000000000' },
  { name: 'empty-room', who: 'helena', path: `/sala/${ROOMS.fair.id}` },
  { name: 'stranger', who: 'ana', path: `/sala/${ROOMS.chess.id}` },
  { name: 'not-found', who: 'ana', path: '/nada/por/aqui' },
  { name: 'create-room', who: 'helena', path: '/salas', act: press('Criar uma sala') },
  {
    name: 'new-conversation',
    who: 'ana',
    path: '/salas?abrir=conversa',
    act: async (page) => {
      await page.getByRole('dialog').getByRole('searchbox').fill('lui');
      await page.getByRole('dialog').getByRole('button', { name: /Luísa/ }).waitFor();
    },
  },
  {
    name: 'thread',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      const last = page.locator('.main article[data-message]').last();
      await last.focus();
      await page.getByRole('toolbar').getByRole('button', { name: 'Responder no fio' }).click();
      const answer = page.locator('#escrever-fio');
      await answer.fill('Boa pergunta: vamos por partes.');
      await page.locator('.panel--thread .composer button[type="submit"]').click();
      await page.locator('.panel--thread .scroll').getByText('vamos por partes').first().waitFor();
    },
  },
  { name: 'threads', who: 'helena', path: '/fios' },
  {
    name: 'conversation-picking',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus();
      await page.keyboard.press('Shift+ArrowUp');
      await page.getByRole('region', { name: 'Ações da seleção' }).waitFor();
    },
  },
  {
    name: 'saved',
    who: 'ana',
    path: '/guardadas',
    act: async (page) => page.locator('.saved-card').first().waitFor(),
  },
  { name: 'saved-nothing', who: 'helena', path: '/guardadas' },
  {
    name: 'inbox',
    who: 'ana',
    path: '/para-voce',
    act: async (page) => page.getByRole('button', { name: 'Menções' }).waitFor(),
  },
  {
    name: 'catch-up',
    who: 'ana',
    path: '/em-dia',
    act: async (page) => page.locator('.catch-up-said li').first().waitFor(),
  },
  {
    name: 'catch-up-done',
    who: 'ana',
    path: '/em-dia',
    act: async (page) => {
      const left = page.getByRole('button', { name: 'Deixar para depois' });
      await left.waitFor();
      const done = page.getByRole('heading', { name: 'O resto ficou para depois' });
      while (!(await done.isVisible())) await left.click();
    },
  },
  { name: 'notifications', who: 'ana', path: '/conta/notificacoes' },
  {
    name: 'keywords',
    who: 'ana',
    path: '/conta/notificacoes',
    act: async (page) => {
      const field = page.getByRole('textbox', { name: 'Palavra ou frase curta' });
      await field.fill('recuperação');
      await field.press('Enter');
      await page.getByRole('button', { name: 'Tirar recuperação' }).waitFor();
      // Once more, it is said why not
      await field.fill('RECUPERACAO');
      await field.press('Enter');
      await page.getByText('“recuperação” já chama você').waitFor();
      await page.getByRole('button', { name: 'Tirar recuperação' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'room-notifications',
    who: 'ana',
    path: lesson,
    act: async (page) => {
      await openMenu('Mais opções da sala')(page);
      await page.getByRole('menuitem', { name: 'Silenciar ou mudar avisos…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'switcher',
    who: 'ana',
    path: '/salas',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'shortcuts',
    who: 'ana',
    path: '/salas',
    only: 'desktop',
    act: async (page) => {
      await page.keyboard.press('Control+/');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'my-menu', who: 'ana', path: '/salas', only: 'desktop', act: openMenu('Suas coisas') },
  { name: 'sessions', who: 'ana', path: '/dispositivos' },
  { name: 'account', who: 'ana', path: '/conta' },
  { name: 'account-pronouns', who: 'ana', path: '/conta', act: press('Mudar os pronomes') },
  {
    name: 'account-totp',
    who: 'ana',
    path: '/conta',
    act: async (page) => {
      await page.getByRole('button', { name: 'Ligar os códigos por aplicativo' }).click();
      await page.getByRole('img', { name: 'Código QR para o aplicativo' }).waitFor();
    },
  },
  { name: 'people', who: 'marcelo', path: '/pessoas' },
  { name: 'school', who: 'marcelo', path: '/escola' },
  { name: 'school-rooms', who: 'marcelo', path: '/escola/salas' },
  { name: 'courses', who: 'marcelo', path: '/escola/cursos' },
  {
    name: 'courses-over',
    who: 'marcelo',
    path: '/escola/cursos',
    act: async (page) => {
      await page.getByLabel('Quais cursos').selectOption('over');
      await page.locator('main .empty').waitFor();
    },
  },
  { name: 'course-make', who: 'marcelo', path: '/escola/cursos', act: press('Criar um curso') },
  {
    name: 'course',
    who: 'marcelo',
    path: course,
    act: async (page) => page.getByText('Equipe do curso').first().waitFor(),
  },
  { name: 'course-of-its-staff', who: 'helena', path: course, act: openMenu(/^Opções de 1[.]/) },
  {
    name: 'course-enrol',
    who: 'marcelo',
    path: course,
    act: async (page) => {
      await press('Colocar pessoas')(page);
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'course-unenrol',
    who: 'marcelo',
    path: course,
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Tirar / })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'health', who: 'marcelo', path: '/escola/saude' },
  {
    name: 'people-admit',
    who: 'marcelo',
    path: '/pessoas',
    act: async (page) => {
      await page.getByRole('button', { name: 'Aceitar Marta' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'school-domain',
    who: 'marcelo',
    path: '/escola',
    act: async (page) => {
      await page.getByLabel('Quem tem e-mail da escola').check();
      await page.getByLabel('Domínios da escola').fill('escola-aurora.example');
    },
  },
  { name: 'people-invite', who: 'marcelo', path: '/pessoas', act: press('Convidar') },
  {
    name: 'people-import',
    who: 'marcelo',
    path: '/pessoas',
    act: async (page) => {
      await press('Importar planilha')(page);
      await page.getByRole('textbox', { name: 'Ou cole aqui' }).fill(SHEET);
      await page.getByRole('button', { name: 'Conferir' }).click();
      await page.getByText('zelador', { exact: false }).last().waitFor();
    },
  },
  {
    name: 'people-nobody',
    who: 'marcelo',
    path: '/pessoas',
    act: async (page) => {
      await page.getByRole('searchbox').fill('zulmira');
      await page.locator('main .empty').waitFor();
    },
  },
  {
    name: 'people-link',
    who: 'marcelo',
    path: '/pessoas',
    act: async (page) => {
      await openMenu(/^Opções de Yasmin/)(page);
      // A new invitation from the second time on: nobody of the demo school has a password
      await page.getByRole('menuitem', { name: /nova senha|Novo convite/ }).click();
      await page.getByRole('button', { name: 'Criar link' }).click();
      await page.getByRole('textbox', { name: /^Link de/ }).waitFor();
    },
  },
  {
    name: 'sessions-password',
    who: 'ana',
    path: '/dispositivos',
    act: press('Trocar a senha'),
  },
  {
    name: 'offline',
    who: 'ana',
    path: `/sala/${ROOMS.concavity.id}`,
    act: async (page) => {
      await page.context().setOffline(true);
      await write('Isto fica na fila até a rede voltar')(page);
      // Not by Enter, which breaks the line on keyboards of glass
      await page.locator('.composer button[type="submit"]').click();
      await page.locator('.state--queued').waitFor();
      await page.getByRole('button', { name: 'Tentar agora' }).waitFor();
    },
    undo: async (page) =>
      page
        .locator('.msg')
        .filter({ has: page.locator('.state--queued') })
        .getByText('Apagar')
        .click(),
  },
  {
    name: 'conversation-reply',
    who: 'helena',
    path: lesson,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('toolbar').getByRole('button', { name: 'Responder', exact: true }).click();
      await page.keyboard.type('Boa! Agora compare com @yas');
      await page.getByRole('listbox').waitFor();
    },
  },
  { name: 'muted', who: 'ana', path: `/sala/${ROOMS.maths.id}` },
];

/** Helena silences Ana in the general room of the course, for the state of the box that follows. */
export async function silenceAna(browser: Browser, base: string): Promise<void> {
  const { context, page } = await visit(browser, base);
  await enterAs(page, 'helena');
  const { method, path, body } = route('members.mute', {
    room: ROOMS.maths.id,
    account: PEOPLE.ana.id,
    clientId: uuidv7(),
    seconds: 3600,
    reason: 'Muitas mensagens fora do assunto durante a prova. Volte com calma às 15h.',
  });
  const answer = await context.request.fetch(`${base}${path}`, { method, data: body, headers: { origin: base } });
  if (!answer.ok()) throw new Error(`silencing answered ${answer.status()}: ${await answer.text()}`);
  await context.close();
}

/** How a screen is looked at. */
export interface Look {
  readonly width: number;
  readonly theme: 'light' | 'dark';
  readonly language: 'pt-BR' | 'en' | 'es';
}

/** The browser's settings for a look; below 760 px it is a phone. */
export function settingsOf({ width, theme, language }: Look): BrowserContextOptions {
  const isPhone = width < 760;
  return {
    viewport: { width, height: isPhone ? (width < 390 ? 640 : 844) : 900 },
    colorScheme: theme,
    locale: language,
    hasTouch: isPhone,
    isMobile: isPhone,
  };
}

/** Whether a screen is there at such a width. */
export const isSeen = ({ only }: Screen, { width }: Look): boolean =>
  only === undefined || (only === 'phone') === width < 760;

/** Lets the page speak a language, whatever the account says. */
export async function chooseLanguage(page: Page, { language }: Look): Promise<void> {
  await page.evaluate((choice) => {
    localStorage.setItem('recreio.preferences', JSON.stringify({ language: choice }));
  }, language);
}

/** Waits until nothing loads and the fonts are there. */
export async function settle(page: Page): Promise<void> {
  await page.locator(':is(main, [role="main"]):visible').first().waitFor();
  await page.locator('.skel, .skel-list, [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  });
}
