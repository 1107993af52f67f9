import type { MentionView, MessageView, PersonView, TalkItem } from '@recreio/ui';

/** Everything here is invented; the day is that of the reference pages. */
export const zone = 'America/Sao_Paulo';
const at = (hour: number, minute: number, day = 14) => Date.UTC(2025, 9, day, hour + 3, minute);
export const now = at(14, 42);

export const helena: PersonView = {
  id: 'h3',
  tone: 3,
  name: 'Helena Prates',
  role: 'teacher',
  gender: 'f',
  presence: 'here',
};
export const caio: PersonView = {
  id: 'c',
  tone: 6,
  name: 'Caio Nakamura',
  role: 'monitor',
  gender: 'm',
  presence: 'here',
};
export const ana: PersonView = {
  id: 'a2',
  tone: 4,
  name: 'Ana Beatriz Sant’Anna',
  role: 'student',
  presence: 'here',
  isYou: true,
};
export const kaua: PersonView = { id: 'k1', tone: 2, name: 'Kauã Ferreira', role: 'student', presence: 'here' };
export const yasmin: PersonView = { id: 'y4', tone: 5, name: 'Yasmin Haddad', role: 'student', presence: 'away' };
export const joao: PersonView = { id: 'j7', tone: 1, name: 'João Pedro Wójcik', role: 'student', presence: 'gone' };
export const davi: PersonView = { id: 'd9', tone: 6, name: 'Davi Lucas Amorim', role: 'student', presence: 'here' };
export const luisa: PersonView = { id: 'l5', tone: 4, name: 'Luísa Tukano', role: 'student', presence: 'here' };
export const thaina: PersonView = {
  id: 't6',
  tone: 2,
  name: 'Thainá Xavier dos Anjos',
  role: 'student',
  presence: 'here',
};
export const everyone = [helena, caio, ana, kaua, yasmin, joao, davi, luisa, thaina];

export const mentionAna: MentionView = { id: ana.id, name: 'Ana Beatriz Sant’Anna', isYou: true };
export const mentionKaua: MentionView = { id: kaua.id, name: 'Kauã Ferreira', isYou: false };

let count = 0;
export function say(
  author: PersonView,
  hour: number,
  minute: number,
  body: string,
  more: Partial<MessageView> = {},
): MessageView {
  count += 1;
  return {
    kind: 'message',
    key: `m${count}`,
    id: `id-m${count}`,
    author,
    at: at(hour, minute),
    body,
    reactions: [],
    delivery: { kind: 'sent' },
    powers: { react: true, reply: true, edit: author.isYou === true, remove: author.isYou === true },
    ...more,
  };
}

const code =
  '```JavaScript\nconst vertice = (a, b, c) => {\n  const x = -b / (2 * a);\n  return { x, y: a * x ** 2 + b * x + c };\n};\nvertice(1, -6, 5); // { x: 3, y: -4 }\n```';

export const talk: TalkItem[] = [
  { kind: 'hole', key: 'hidden', hole: 'hidden' },
  say(helena, 9, 12, 'Bom dia! A **lista 7** já está no caderno. Dá para resolver até o 4 com o que vimos na aula 6.', {
    at: at(9, 12, 13),
  }),
  { kind: 'note', key: 'n1', at: at(9, 30, 13), icon: 'user-plus', words: 'Luísa Tukano entrou na sala.' },
  say(
    helena,
    13,
    52,
    'Boa tarde, gente! Assistam até 12:00 antes da nossa conversa das 14h. Quem travar, levanta a mão aqui mesmo: marca o trecho e pergunta. Não existe dúvida boba.',
    {
      reactions: [
        { emoji: '👍', count: 14, mine: false, names: ['Kauã', 'Luísa', 'Davi'] },
        { emoji: '🙌', count: 7, mine: true, names: ['Caio', 'Yasmin'] },
      ],
    },
  ),
  say(kaua, 14, 3, 'Por que o x do vértice é `-b/2a`? Entendi a conta, mas de onde sai esse 2?'),
  say(
    yasmin,
    14,
    7,
    'O vértice fica no **meio** das duas raízes. Soma as raízes e divide por 2: a raiz do delta cancela e sobra só isto.\n\n1. soma `x1 + x2`\n2. divide por 2',
    { reactions: [{ emoji: '💡', count: 3, mine: false, names: ['Kauã', 'João', 'Luísa'] }], editedAt: at(14, 8) },
  ),
  say(joao, 14, 9, 'Nossa, agora caiu a ficha 😅 Desenhei no caderno e bate certinho.', {
    replyTo: {
      messageId: 'id-m4',
      author: 'Yasmin',
      excerpt: 'O vértice fica no meio das duas raízes. Soma as raízes e divide por 2: a raiz do delta cancela',
    },
    reactions: [
      { emoji: '❤️', count: 5, mine: false, names: ['Yasmin'] },
      { emoji: '💯', count: 3, mine: false, names: ['Caio'] },
    ],
  }),
  say(davi, 14, 12, '', { removed: { by: 'moderator', at: at(14, 12) } }),
  say(davi, 14, 13, 'Fiz um programinha pra conferir a lista 7 (valeu, aula de programação 🙃)'),
  say(davi, 14, 13, code),
  {
    ...say(luisa, 14, 16, 'Se o *a* for negativo, o vértice vira **máximo** sempre? Ou depende do *c* também?'),
    key: 'fresh-here',
  },
  say(
    thaina,
    14,
    21,
    'Acho que só depende do *a*. O *c* sobe e desce a parábola inteira, mas não vira ela de cabeça para baixo…',
  ),
  say(
    caio,
    14,
    31,
    '@Ana Beatriz Sant’Anna o exercício que você citou está neste ponto da lista. Olha o destaque:\n\n> O sinal de *a* decide a concavidade; o valor de *c*, só a altura.',
    { mentions: [mentionAna] },
  ),
  say(ana, 14, 38, 'Ahh, então a do exercício 4 abre para baixo e o vértice é o ponto mais alto. Obrigada, Caio!'),
];

export const offlineTalk: TalkItem[] = [
  ...talk.slice(0, -1),
  say(ana, 14, 38, 'Ahh, então a do exercício 4 abre para baixo e o vértice é o ponto mais alto.', {
    delivery: { kind: 'queued' },
  }),
  say(ana, 14, 38, 'Obrigada, Caio!', { delivery: { kind: 'queued' } }),
];
