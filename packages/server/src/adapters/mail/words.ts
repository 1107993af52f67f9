/** What the letters say, in each language: plain text, so that nothing in it is fetched and no link hides where it leads. */
import type { Letter } from '@recreio/core/ports.ts';

/** A letter in words. */
export interface Words {
  readonly subject: string;
  readonly text: string;
}

const greeting = { 'pt-BR': 'Olá', en: 'Hello' } as const;

const said = ({
  language,
  school,
  matter,
}: Letter): { readonly subject: string; readonly lines: readonly string[] } => {
  const isEnglish = language === 'en';
  switch (matter.kind) {
    case 'password':
      return isEnglish
        ? {
            subject: `A new password for ${school}`,
            lines: [
              'Somebody, we hope you, asked for a new password. Choose it here, within an hour:',
              matter.url,
              'If it was not you, you need do nothing: your password stays as it is.',
            ],
          }
        : {
            subject: `Uma senha nova para ${school}`,
            lines: [
              'Alguém, esperamos que você, pediu uma senha nova. Escolha aqui, dentro de uma hora:',
              matter.url,
              'Se não foi você, não precisa fazer nada: a sua senha continua a mesma.',
            ],
          };
    case 'confirm-email':
      return isEnglish
        ? {
            subject: `Confirm your e-mail address for ${school}`,
            lines: [
              'Open this within a day, and from then on you sign in with this address:',
              matter.url,
              'If you did not ask for it, let it be: nothing changes.',
            ],
          }
        : {
            subject: `Confirme o seu e-mail em ${school}`,
            lines: [
              'Abra este endereço dentro de um dia, e a partir daí você entra com este e-mail:',
              matter.url,
              'Se você não pediu isto, deixe estar: nada muda.',
            ],
          };
    case 'join':
      return isEnglish
        ? {
            subject: `Your account at ${school}`,
            lines: [
              'Somebody, we hope you, wants an account at the school with this address. Make it here, within a day:',
              matter.url,
              'If it was not you, let it be: without you nothing is made.',
            ],
          }
        : {
            subject: `A sua conta em ${school}`,
            lines: [
              'Alguém, esperamos que você, quer uma conta na escola com este endereço. Faça a conta aqui, dentro de um dia:',
              matter.url,
              'Se não foi você, deixe estar: sem você nada é feito.',
            ],
          };
    case 'known':
      return isEnglish
        ? {
            subject: `You have an account at ${school}`,
            lines: [
              'Somebody, we hope you, asked for an account with this address. You have one: sign in with it, or ask for a new password there.',
              'If it was not you, you need do nothing.',
            ],
          }
        : {
            subject: `Você já tem uma conta em ${school}`,
            lines: [
              'Alguém, esperamos que você, pediu uma conta com este endereço. Você já tem uma: entre com ela, ou peça lá uma senha nova.',
              'Se não foi você, não precisa fazer nada.',
            ],
          };
    case 'admitted':
      return isEnglish
        ? {
            subject: `Welcome to ${school}`,
            lines: [
              'You asked to come in, and you are admitted. Choose your password here, within a week:',
              matter.url,
            ],
          }
        : {
            subject: `Boas-vindas a ${school}`,
            lines: [
              'Você pediu para entrar, e o pedido foi aceito. Escolha a sua senha aqui, dentro de uma semana:',
              matter.url,
            ],
          };
    case 'email-changed':
      return isEnglish
        ? {
            subject: `Your e-mail address at ${school} was changed`,
            lines: [
              'From now on your account has another address, and this one does not sign in any more.',
              'If it was not you, tell whoever administers the school at once.',
            ],
          }
        : {
            subject: `O seu e-mail em ${school} mudou`,
            lines: [
              'A partir de agora a sua conta tem outro endereço, e este não entra mais.',
              'Se não foi você, avise logo quem administra a escola.',
            ],
          };
  }
};

/** The words of a letter. */
export const wordsOf = (letter: Letter): Words => {
  const { subject, lines } = said(letter);
  const hello = letter.name === '' ? greeting[letter.language] : `${greeting[letter.language]}, ${letter.name}`;
  return { subject, text: [`${hello}.`, ...lines, letter.school].join('\n\n') };
};
