/** The themed rooms of Escola Aurora: what they are about, who is in them and as what. */
import type { RoomKind, RoomRole, RoomSettings } from '@recreio/protocol';
import type { CourseKey } from './courses.ts';
import { idOf } from './ids.ts';
import { CLASS_9B, EVENING_CLASS, type PersonKey, WEB_CLASS } from './people.ts';
import * as biology from './talk/biology.ts';
import * as everyone from './talk/everyone.ts';
import * as humanities from './talk/humanities.ts';
import * as maths from './talk/maths.ts';
import { PARABOLA } from './talk/parabola.ts';
import type { Talk } from './talk/said.ts';
import * as web from './talk/web.ts';

/** How the rest of the data calls a room. */
export type RoomKey =
  | 'parabola'
  | 'roots'
  | 'concavity'
  | 'maths'
  | 'notices'
  | 'mitosis'
  | 'garden'
  | 'biology'
  | 'forms'
  | 'site'
  | 'web'
  | 'chronicle'
  | 'newspaper'
  | 'vargas'
  | 'memories'
  | 'olympiad'
  | 'reading'
  | 'council'
  | 'chess'
  | 'fair'
  | 'evening'
  | 'staff';

/** A themed room with its people and what they said. Everybody in it came on the day it was made. */
export type SchoolRoom = RoomSettings & {
  id: string;
  kind: RoomKind;
  course: CourseKey | null;
  /** The number of the lesson in the course; lesson rooms have one, no others do. */
  lesson: number | null;
  createdDaysAgo: number;
  people: Readonly<Partial<Record<RoomRole, readonly PersonKey[]>>>;
  talk: Talk;
};

const silence: Talk = { said: [] };

type Row = Pick<
  SchoolRoom,
  'kind' | 'title' | 'description' | 'emoji' | 'colour' | 'createdDaysAgo' | 'people' | 'talk'
> &
  Partial<Pick<SchoolRoom, 'course' | 'lesson' | 'access' | 'posting' | 'past' | 'rules'>>;

// biome-ignore format: one room a paragraph: what it is, what it says of itself, who is in it
const rows: Record<RoomKey, Row> = {
  parabola: {
    kind: 'lesson', course: 'maths', lesson: 7, title: 'Vértice da parábola', emoji: '📈', colour: 'pen', createdDaysAgo: 4,
    description: 'O ponto em que a parábola vira: de onde sai a fórmula e para que ela serve. Diga o minuto do vídeo na sua pergunta.',
    people: { owner: ['helena'], moderator: ['caio', 'akira'], member: CLASS_9B }, talk: PARABOLA,
  },
  roots: {
    kind: 'lesson', course: 'maths', lesson: 6, title: 'Raízes e a fórmula', emoji: '🌿', colour: 'tone-1', createdDaysAgo: 10,
    description: 'Onde a parábola corta o eixo x: soma e produto, e a fórmula quadrática.',
    people: { owner: ['helena'], moderator: ['caio', 'akira'], member: CLASS_9B }, talk: maths.ROOTS,
  },
  concavity: {
    kind: 'lesson', course: 'maths', lesson: 5, title: 'Concavidade e o sinal de a', emoji: '🙂', colour: 'tone-2', createdDaysAgo: 17,
    description: 'Para cima ou para baixo, aberta ou fechada: o que o número a conta sobre a parábola.',
    people: { owner: ['helena'], moderator: ['caio', 'akira'], member: CLASS_9B }, talk: maths.CONCAVITY,
  },
  maths: {
    kind: 'subject', course: 'maths', title: 'Matemática, conversa geral', emoji: '🧮', colour: 'tone-3', createdDaysAgo: 31,
    description: 'Tudo de Matemática que não é de uma aula só: grupos de estudo, achados, combinados.',
    people: { owner: ['helena'], moderator: ['caio', 'akira'], member: CLASS_9B }, talk: maths.MATHS,
  },
  notices: {
    kind: 'topic', title: 'Avisos da turma', emoji: '📣', colour: 'tone-6', createdDaysAgo: 31, access: 'invite', posting: 'moderators',
    description: 'Avisos da equipe para o 9º B. Só a equipe escreve.',
    people: { owner: ['rosangela'], moderator: ['helena', 'raimundo', 'claudia', 'ubirajara', 'renata', 'otavio', 'marcelo'], member: CLASS_9B }, talk: maths.NOTICES,
  },
  mitosis: {
    kind: 'lesson', course: 'biology', lesson: 12, title: 'Mitose e meiose', emoji: '🔬', colour: 'tone-4', createdDaysAgo: 6,
    description: 'Duas maneiras de uma célula se dividir, e por que a vida precisa das duas.',
    people: { owner: ['raimundo'], moderator: ['akira'], member: CLASS_9B }, talk: biology.MITOSIS,
  },
  garden: {
    kind: 'project', course: 'biology', title: 'Projeto: horta da escola', emoji: '🌱', colour: 'tone-5', createdDaysAgo: 14,
    description: 'Três canteiros e uma composteira, do plantio à colheita. Toda a turma pode entrar.',
    people: {
      owner: ['raimundo'], moderator: ['akira'],
      member: ['ana', 'emanuelly', 'luisa', 'rafael', 'thaina', 'miguel', 'isadora', 'clara', 'vitoria', 'pedro', 'sofia', 'wesley', 'larissa', 'joao', 'alice', 'heloisa'],
    },
    talk: biology.GARDEN,
  },
  biology: {
    kind: 'subject', course: 'biology', title: 'Biologia, conversa geral', emoji: '🍄', colour: 'tone-1', createdDaysAgo: 30,
    description: 'Bichos, plantas, fungos e perguntas que aparecem no caminho da escola.',
    people: { owner: ['raimundo'], moderator: ['akira'], member: CLASS_9B }, talk: biology.BIOLOGY,
  },
  forms: {
    kind: 'lesson', course: 'web', lesson: 3, title: 'Formulários que ajudam', emoji: '📝', colour: 'tone-2', createdDaysAgo: 7,
    description: 'Rótulos, tipos e mensagens que ajudam quem preenche, com qualquer aparelho.',
    people: { owner: ['renata'], moderator: ['bianca'], member: WEB_CLASS }, talk: web.FORMS,
  },
  site: {
    kind: 'project', course: 'web', title: 'Projeto: site do grêmio', emoji: '🛠️', colour: 'tone-3', createdDaysAgo: 13, access: 'invite',
    description: 'A equipe que faz o site do grêmio estudantil. Só por convite.',
    people: { owner: ['renata'], moderator: ['bianca'], member: ['ana', 'davi', 'julia', 'samuel'] }, talk: web.SITE,
  },
  web: {
    kind: 'subject', course: 'web', title: 'Programação web, achados e dúvidas', emoji: '💡', colour: 'tone-4', createdDaysAgo: 21,
    description: 'O que não é de uma aula só: truques, erros curiosos e o que cada um anda fazendo.',
    people: { owner: ['renata'], moderator: ['bianca'], member: ['davi', 'julia', 'enzo', 'joao', 'ryan', 'sofia', 'kaua', 'samuel'] }, talk: web.WEB,
  },
  chronicle: {
    kind: 'lesson', course: 'portuguese', lesson: 4, title: 'Crônica: o olhar de perto', emoji: '✍️', colour: 'tone-5', createdDaysAgo: 9,
    description: 'Ler e escrever crônicas: uma cena pequena, vista de perto.',
    people: { owner: ['claudia'], moderator: ['otavio'], member: CLASS_9B }, talk: humanities.CHRONICLE,
  },
  newspaper: {
    kind: 'project', course: 'portuguese', title: 'Projeto: jornal mural', emoji: '🗞️', colour: 'tone-6', createdDaysAgo: 16,
    description: 'Pauta, apuração e desenho do jornal da turma.',
    people: { owner: ['claudia'], member: ['clara', 'luisa', 'larissa', 'alice', 'nicole'] }, talk: humanities.NEWSPAPER,
  },
  vargas: {
    kind: 'lesson', course: 'history', lesson: 3, title: 'Era Vargas', emoji: '🏛️', colour: 'tone-1', createdDaysAgo: 11,
    description: 'De 1930 a 1945: o que mudou na vida de quem trabalhava? A sala da redação.',
    people: { owner: ['ubirajara'], member: CLASS_9B }, talk: humanities.VARGAS,
  },
  memories: {
    kind: 'project', course: 'history', title: 'Projeto: memórias do bairro', emoji: '🎙️', colour: 'tone-2', createdDaysAgo: 12,
    description: 'Entrevistas com quem viu o bairro crescer.',
    people: { owner: ['ubirajara'], member: ['yasmin', 'sofia', 'wesley', 'samuel', 'gabriel'] }, talk: humanities.MEMORIES,
  },
  olympiad: {
    kind: 'topic', title: 'Olimpíada de Matemática', emoji: '🏅', colour: 'tone-3', createdDaysAgo: 25,
    description: 'Um problema novo toda segunda, aberto a toda a escola. Errar bem também vale.',
    people: { owner: ['caio'], moderator: ['helena'], member: ['livia', 'isadora', 'mateus', 'samuel', 'yasmin', 'davi', 'sofia'] }, talk: everyone.OLYMPIAD,
  },
  reading: {
    kind: 'topic', title: 'Clube de leitura: Torto arado', emoji: '📚', colour: 'tone-4', createdDaysAgo: 21,
    description: 'Lendo o capítulo 5, sem spoiler. Do 9º ano ao noturno, todos são bem-vindos.',
    people: { owner: ['otavio'], member: ['thaina', 'wesley', 'heloisa', 'dores', 'luciana'] }, talk: everyone.READING,
  },
  council: {
    kind: 'topic', title: 'Grêmio estudantil', emoji: '📢', colour: 'tone-5', createdDaysAgo: 20, access: 'invite', past: 'since-joining',
    description: 'A diretoria do grêmio. Só por convite; peça a quem coordena.',
    people: { owner: ['rosangela'], moderator: ['yasmin'], member: ['luisa', 'joao', 'rafael', 'ana'] }, talk: everyone.COUNCIL,
  },
  chess: {
    kind: 'topic', title: 'Xadrez no recreio', emoji: '♟️', colour: 'tone-6', createdDaysAgo: 18,
    description: 'Partidas, problemas e torneios no pátio. Quem nunca jogou aprende aqui.',
    rules: '- Quem perde cumprimenta, quem ganha explica.\n- Dica de lance só quando a pessoa pedir.\n- **Nada de computador** durante a partida.',
    people: { owner: ['akira'], moderator: ['otavio'], member: ['livia', 'pedro', 'mateus', 'alice', 'samuel'] }, talk: everyone.CHESS,
  },
  fair: {
    kind: 'project', title: 'Feira de ciências', emoji: '🚀', colour: 'tone-1', createdDaysAgo: 1,
    description: 'A feira é no próximo bimestre. Proponha um experimento e monte um grupo.',
    people: { owner: ['raimundo'], moderator: ['helena'] }, talk: silence,
  },
  evening: {
    kind: 'subject', course: 'evening', title: 'EJA noturno, conversa geral', emoji: '🌙', colour: 'tone-2', createdDaysAgo: 16,
    description: 'A sala do curso da noite. Escreva quando der, sem pressa.',
    people: { owner: ['ivone'], member: EVENING_CLASS }, talk: everyone.EVENING,
  },
  staff: {
    kind: 'topic', title: 'Sala dos professores', emoji: '☕', colour: 'tone-3', createdDaysAgo: 19, access: 'invite',
    description: 'Só a equipe. Nada de notas nem de dados de estudantes por aqui.',
    people: { owner: ['rosangela'], moderator: ['marcelo'], member: ['helena', 'raimundo', 'claudia', 'ubirajara', 'renata', 'ivone', 'otavio'] }, talk: everyone.STAFF,
  },
};

/** Every room, by key. */
export const ROOMS: Readonly<Record<RoomKey, SchoolRoom>> = Object.fromEntries(
  Object.entries(rows).map(([key, row]) => [
    key,
    { course: null, lesson: null, access: 'open', posting: 'members', past: 'all', ...row, id: idOf('room', key) },
  ]),
) as Record<RoomKey, SchoolRoom>;
