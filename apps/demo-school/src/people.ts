/** Who learns and works at Escola Aurora. All invented; their addresses end in the reserved `.example` (RFC 2606 §2). */
import type { Language, Role } from '@recreio/protocol';
import { idOf } from './ids.ts';

/** The school's name, as `accounts.welcome` says it. */
export const SCHOOL_NAME = 'Escola Aurora';

/** A person of the demo school. Nobody has a password: the demo is entered with one click, or not at all. */
export type Person = {
  id: string;
  name: string;
  role: Role;
  /** Under 18: private conversations with adults only under the policy of [R52]. */
  minor: boolean;
  email: string;
  language: Language;
};

type Row = readonly [name: string, role: Role, minor: boolean, mailbox: string, language?: Language];

const rows = {
  // Staff
  helena: ['Helena Prates', 'teacher', false, 'helena.prates'],
  raimundo: ['Raimundo Bittencourt', 'teacher', false, 'raimundo.bittencourt'],
  claudia: ['Cláudia Menezes', 'teacher', false, 'claudia.menezes'],
  ubirajara: ['Ubirajara Lopes', 'teacher', false, 'ubirajara.lopes'],
  renata: ['Renata Vasconcelos', 'teacher', false, 'renata.vasconcelos'],
  ivone: ['Ivone Batista', 'teacher', false, 'ivone.batista'],
  otavio: ['Otávio Lins', 'teacher', false, 'otavio.lins'],
  caio: ['Caio Nakamura', 'monitor', false, 'caio.nakamura'],
  bianca: ['Bianca Moura', 'monitor', false, 'bianca.moura'],
  akira: ['Akira Takeda', 'monitor', true, 'akira.takeda'],
  rosangela: ['Rosângela Queiroz', 'moderator', false, 'rosangela.queiroz'],
  marcelo: ['Marcelo Antunes', 'administrator', false, 'marcelo.antunes'],
  // 9º B
  ana: ['Ana Beatriz Sant’Anna', 'student', true, 'ana.santanna'],
  kaua: ['Kauã Ferreira', 'student', true, 'kaua.ferreira'],
  luisa: ['Luísa Tukano', 'student', true, 'luisa.tukano'],
  thaina: ['Thainá Xavier dos Anjos', 'student', true, 'thaina.anjos'],
  yasmin: ['Yasmin Haddad', 'student', true, 'yasmin.haddad'],
  davi: ['Davi Lucas Amorim', 'student', true, 'davi.amorim'],
  wesley: ['Wesley da Conceição', 'student', true, 'wesley.conceicao'],
  emanuelly: ['Emanuelly Rocha', 'student', true, 'emanuelly.rocha'],
  joao: ['João Pedro Wójcik', 'student', true, 'joao.wojcik'],
  enzo: ['Enzo Bianchi', 'student', true, 'enzo.bianchi'],
  julia: ['Júlia Siqueira', 'student', true, 'julia.siqueira'],
  isadora: ['Isadora Pacheco', 'student', true, 'isadora.pacheco'],
  mateus: ['Mateus Oliveira', 'student', true, 'mateus.oliveira'],
  clara: ['Maria Clara Nogueira', 'student', true, 'clara.nogueira'],
  pedro: ['Pedro Henrique Guimarães', 'student', true, 'pedro.guimaraes'],
  sofia: ['Sofia Yamamoto', 'student', true, 'sofia.yamamoto'],
  gabriel: ['Gabriel Macedo', 'student', true, 'gabriel.macedo'],
  heloisa: ['Heloísa Fontoura', 'student', true, 'heloisa.fontoura'],
  rafael: ['Rafael Mendes Pataxó', 'student', true, 'rafael.pataxo'],
  larissa: ['Larissa Cavalcanti', 'student', true, 'larissa.cavalcanti'],
  miguel: ['Miguel Ângelo Freitas', 'student', true, 'miguel.freitas'],
  nicole: ['Nicole Abreu', 'student', true, 'nicole.abreu'],
  ryan: ['Ryan Barbosa', 'student', true, 'ryan.barbosa'],
  vitoria: ['Vitória Lacerda', 'student', true, 'vitoria.lacerda'],
  samuel: ['Samuel Okafor', 'student', true, 'samuel.okafor', 'en'],
  alice: ['Alice Monteiro', 'student', true, 'alice.monteiro'],
  // 8º A
  livia: ['Lívia Castanho', 'student', true, 'livia.castanho'],
  // EJA, the evening classes for adults
  dores: ['Maria das Dores Pinheiro', 'student', false, 'dores.pinheiro'],
  airton: ['José Aírton Soares', 'student', false, 'airton.soares'],
  luciana: ['Luciana Ribeiro', 'student', false, 'luciana.ribeiro'],
  cicero: ['Cícero Almeida', 'student', false, 'cicero.almeida'],
  ediane: ['Ediane Santos', 'student', false, 'ediane.santos'],
  valdir: ['Valdir Teixeira', 'student', false, 'valdir.teixeira'],
} as const satisfies Record<string, Row>;

/** How the rest of the data calls a person. */
export type PersonKey = keyof typeof rows;

/** Who says how they want to be spoken of; the others have not said, as most people have not. */
export const PRONOUNS: Readonly<Partial<Record<PersonKey, string>>> = {
  caio: 'ele/dele',
  luisa: 'ela/dela',
  alice: 'elu/delu',
  samuel: 'he/him',
};

/** Who asks to come in, in the order in which they asked. */
export const ASKS: readonly { readonly name: string; readonly email: string; readonly words: string }[] = [
  {
    name: 'Marta Quaresma',
    email: 'marta.quaresma@correio.example',
    words: 'Venho de outra escola, para o 8º A. A professora Helena me disse para pedir por aqui.',
  },
  { name: 'Téo Vilas Boas', email: 'teo.vilasboas@correio.example', words: 'Entrei no 9º B nesta semana.' },
];

/** Everyone, by key. */
export const PEOPLE: Readonly<Record<PersonKey, Person>> = Object.fromEntries(
  Object.entries<Row>(rows).map(([key, [name, role, minor, mailbox, language = 'pt-BR']]) => [
    key,
    { id: idOf('person', key), name, role, minor, email: `${mailbox}@escola-aurora.example`, language },
  ]),
) as Record<PersonKey, Person>;

/** Every key, in the order of the school's register. */
export const PERSON_KEYS = Object.keys(rows) as PersonKey[];

/** Who can be entered as with one click, in the order shown: student, teacher, moderator, administrator. */
export const ENTRANCES: readonly PersonKey[] = ['ana', 'helena', 'rosangela', 'marcelo'];

/** The whole of 9º B. */
export const CLASS_9B: readonly PersonKey[] = [
  'ana',
  'kaua',
  'luisa',
  'thaina',
  'yasmin',
  'davi',
  'wesley',
  'emanuelly',
  'joao',
  'enzo',
  'julia',
  'isadora',
  'mateus',
  'clara',
  'pedro',
  'sofia',
  'gabriel',
  'heloisa',
  'rafael',
  'larissa',
  'miguel',
  'nicole',
  'ryan',
  'vitoria',
  'samuel',
  'alice',
];

/** Those of 9º B who chose web programming. */
export const WEB_CLASS: readonly PersonKey[] = [
  'ana',
  'davi',
  'julia',
  'enzo',
  'joao',
  'emanuelly',
  'samuel',
  'nicole',
  'gabriel',
  'sofia',
  'ryan',
  'kaua',
];

/** The adults of the evening classes. */
export const EVENING_CLASS: readonly PersonKey[] = ['dores', 'airton', 'luciana', 'cicero', 'ediane', 'valdir'];
