/** What the letters say, in each language: plain text, so that nothing in it is fetched and no link hides where it leads. */
import type { Letter } from '@recreio/core/ports.ts';
import { type Language, LANGUAGES } from '@recreio/protocol';
import { type Missed, missedWords } from './missed-words.ts';

/** A letter in words. */
export interface Words {
  readonly subject: string;
  readonly text: string;
  /** The same as a page, where a letter is one besides. */
  readonly html?: string;
}

type Matter = Exclude<Letter['matter'], Missed>;
/** What one kind of letter says, of a school; `url` is empty where the matter has none. */
type Say = (school: string, url: string) => { readonly subject: string; readonly lines: readonly string[] };
/** A language: how it greets, and each kind of letter. A new kind does not compile before every language has it. */
type Tongue = { readonly hello: string } & Readonly<Record<Matter['kind'], Say>>;

const TONGUES: Readonly<Record<Language, Tongue>> = {
  'pt-BR': {
    hello: 'Olá',
    password: (school, url) => ({
      subject: `Uma senha nova para ${school}`,
      lines: [
        'Alguém, esperamos que você, pediu uma senha nova. Escolha aqui, dentro de uma hora:',
        url,
        'Se não foi você, não precisa fazer nada: a sua senha continua a mesma.',
      ],
    }),
    'confirm-email': (school, url) => ({
      subject: `Confirme o seu e-mail em ${school}`,
      lines: [
        'Abra este endereço dentro de um dia, e a partir daí você entra com este e-mail:',
        url,
        'Se você não pediu isto, deixe estar: nada muda.',
      ],
    }),
    join: (school, url) => ({
      subject: `A sua conta em ${school}`,
      lines: [
        'Alguém, esperamos que você, quer uma conta na escola com este endereço. Faça a conta aqui, dentro de um dia:',
        url,
        'Se não foi você, deixe estar: sem você nada é feito.',
      ],
    }),
    known: (school) => ({
      subject: `Você já tem uma conta em ${school}`,
      lines: [
        'Alguém, esperamos que você, pediu uma conta com este endereço. Você já tem uma: entre com ela, ou peça lá uma senha nova.',
        'Se não foi você, não precisa fazer nada.',
      ],
    }),
    admitted: (school, url) => ({
      subject: `Boas-vindas a ${school}`,
      lines: ['Você pediu para entrar, e o pedido foi aceito. Escolha a sua senha aqui, dentro de uma semana:', url],
    }),
    'email-changed': (school) => ({
      subject: `O seu e-mail em ${school} mudou`,
      lines: [
        'A partir de agora a sua conta tem outro endereço, e este não entra mais.',
        'Se não foi você, avise logo quem administra a escola.',
      ],
    }),
  },
  en: {
    hello: 'Hello',
    password: (school, url) => ({
      subject: `A new password for ${school}`,
      lines: [
        'Somebody, we hope you, asked for a new password. Choose it here, within an hour:',
        url,
        'If it was not you, you need do nothing: your password stays as it is.',
      ],
    }),
    'confirm-email': (school, url) => ({
      subject: `Confirm your e-mail address for ${school}`,
      lines: [
        'Open this within a day, and from then on you sign in with this address:',
        url,
        'If you did not ask for it, let it be: nothing changes.',
      ],
    }),
    join: (school, url) => ({
      subject: `Your account at ${school}`,
      lines: [
        'Somebody, we hope you, wants an account at the school with this address. Make it here, within a day:',
        url,
        'If it was not you, let it be: without you nothing is made.',
      ],
    }),
    known: (school) => ({
      subject: `You have an account at ${school}`,
      lines: [
        'Somebody, we hope you, asked for an account with this address. You have one: sign in with it, or ask for a new password there.',
        'If it was not you, you need do nothing.',
      ],
    }),
    admitted: (school, url) => ({
      subject: `Welcome to ${school}`,
      lines: ['You asked to come in, and you are admitted. Choose your password here, within a week:', url],
    }),
    'email-changed': (school) => ({
      subject: `Your e-mail address at ${school} was changed`,
      lines: [
        'From now on your account has another address, and this one does not sign in any more.',
        'If it was not you, tell whoever administers the school at once.',
      ],
    }),
  },
  es: {
    hello: 'Hola',
    password: (school, url) => ({
      subject: `Una contraseña nueva para ${school}`,
      lines: [
        'Alguien, esperamos que tú, pidió una contraseña nueva. Elígela aquí, dentro de una hora:',
        url,
        'Si no fuiste tú, no tienes que hacer nada: tu contraseña sigue igual.',
      ],
    }),
    'confirm-email': (school, url) => ({
      subject: `Confirma tu correo en ${school}`,
      lines: [
        'Abre esta dirección dentro de un día, y a partir de ahí entras con este correo:',
        url,
        'Si no lo pediste, déjalo así: nada cambia.',
      ],
    }),
    join: (school, url) => ({
      subject: `Tu cuenta en ${school}`,
      lines: [
        'Alguien, esperamos que tú, quiere una cuenta en la escuela con esta dirección. Haz la cuenta aquí, dentro de un día:',
        url,
        'Si no fuiste tú, déjalo así: sin ti no se hace nada.',
      ],
    }),
    known: (school) => ({
      subject: `Ya tienes una cuenta en ${school}`,
      lines: [
        'Alguien, esperamos que tú, pidió una cuenta con esta dirección. Ya tienes una: entra con ella, o pide allí una contraseña nueva.',
        'Si no fuiste tú, no tienes que hacer nada.',
      ],
    }),
    admitted: (school, url) => ({
      subject: `Te damos la bienvenida a ${school}`,
      lines: ['Pediste entrar, y la solicitud fue aceptada. Elige tu contraseña aquí, dentro de una semana:', url],
    }),
    'email-changed': (school) => ({
      subject: `Tu correo en ${school} cambió`,
      lines: [
        'A partir de ahora tu cuenta tiene otra dirección, y con esta ya no se entra.',
        'Si no fuiste tú, avisa cuanto antes a quien administra la escuela.',
      ],
    }),
  },
};

/** The words of a letter. */
export const wordsOf = (letter: Letter): Words => {
  // Beside a node of a later release, an account may speak a language that this one does not know
  const known = Object.hasOwn(TONGUES, letter.language) ? letter.language : LANGUAGES[0];
  const { name, school, matter } = letter;
  const tongue = TONGUES[known];
  const hello = `${name === '' ? tongue.hello : `${tongue.hello}, ${name}`}.`;
  const { lines, ...words } =
    matter.kind === 'missed'
      ? missedWords(known, school, matter, hello)
      : tongue[matter.kind](school, 'url' in matter ? matter.url : '');
  return { ...words, text: [hello, ...lines, school].join('\n\n') };
};
