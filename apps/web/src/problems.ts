/** What people read when something was refused: one kind sentence for each code of the protocol, and what to do next. */
import type { I18n } from '@lingui/core';
import { NoAnswerError, ProblemError } from '@recreio/client';
import type { Problem, ProblemCode } from '@recreio/protocol';
import { nearTime } from '@recreio/ui';

/** Sentences that fit one place better than the general ones: “a senha de agora não confere”. */
export type ProblemWords = Partial<Record<ProblemCode, string>>;

type Say = (i18n: I18n, problem: Problem, now: number) => string;

const waitSeconds = ({ retryAfterMs }: Problem): number => Math.max(1, Math.ceil((retryAfterMs ?? 0) / 1000));

/** `until` of a restriction as a person says it; undefined when it is open-ended. */
const endOf = (i18n: I18n, { until }: Problem, now: number): string | undefined =>
  until ? nearTime(Date.parse(until), now, i18n.locale) : undefined;

const slowDown: Say = (i18n, problem) =>
  problem.retryAfterMs === undefined
    ? i18n._('Foi rápido demais. Espere um pouco e tente de novo.')
    : i18n._(
        '{seconds, plural, one {Foi rápido demais. Tente de novo daqui a # segundo.} other {Foi rápido demais. Tente de novo daqui a # segundos.}}',
        { seconds: waitSeconds(problem) },
      );

const reload: Say = (i18n) => i18n._('Esta página ficou antiga. Carregue de novo para continuar.');
const wrongAddress: Say = (i18n) =>
  i18n._('A escola não atende por este endereço. Abra o Recreio pelo endereço que a escola divulgou.');
const overloaded: Say = (i18n) => i18n._('Muita gente ao mesmo tempo. Tente de novo daqui a pouco.');

const sayings: Record<ProblemCode, Say> = {
  malformed: (i18n) => i18n._('Alguma coisa não está no formato certo. Confira e tente de novo.'),
  'malformed-frame': reload,
  'unsupported-version': reload,
  'not-signed-in': (i18n) => i18n._('Sua sessão acabou. Entre de novo para continuar.'),
  'wrong-credentials': (i18n) => i18n._('O e-mail ou a senha não confere. Confira e tente de novo.'),
  'second-factor-required': (i18n) => i18n._('Falta o código do seu aplicativo, ou um código de reserva.'),
  'wrong-code': (i18n) => i18n._('O código não confere, ou já foi usado. Espere o próximo e tente de novo.'),
  'passkey-refused': (i18n) => i18n._('Esta chave de acesso não abre uma conta aqui. Entre de outro jeito.'),
  'identity-refused': (i18n) => i18n._('A entrada pela escola não foi aceita, ou demorou demais. Comece de novo.'),
  'no-account': (i18n) => i18n._('Ninguém aqui tem essa conta. Fale com quem administra a escola.'),
  'step-up-required': (i18n) => i18n._('Para isto, confirme antes quem você é.'),
  'not-allowed': (i18n) =>
    i18n._('Isto não cabe ao seu papel aqui. Se precisar, fale com quem cuida da sala ou da escola.'),
  'not-allowed-origin': wrongAddress,
  muted(i18n, problem, now) {
    const until = endOf(i18n, problem, now);
    return until
      ? i18n._('Você está em silêncio nesta sala até {until}. Dá para ler enquanto isso.', { until })
      : i18n._('Você está em silêncio nesta sala até alguém da equipe devolver a palavra. Dá para ler enquanto isso.');
  },
  banned(i18n, problem, now) {
    const until = endOf(i18n, problem, now);
    return until
      ? i18n._('Você não pode entrar nesta sala até {until}. Se tiver dúvida, fale com a equipe da escola.', { until })
      : i18n._('Você não pode entrar nesta sala. Se tiver dúvida, fale com a equipe da escola.');
  },
  'read-only': (i18n) => i18n._('Aqui você pode ler e reagir, mas não escrever.'),
  archived: (i18n) => i18n._('Esta sala está arquivada: dá para ler, não para escrever.'),
  'not-a-member': (i18n) => i18n._('Entre na sala primeiro.'),
  'protected-minor': (i18n) =>
    i18n._('Para proteger quem é menor de idade, esta conversa privada não pode ser aberta. Falem numa sala da turma.'),
  blocked: (i18n) => i18n._('Não dá para escrever a esta pessoa em particular.'),
  'last-owner': (i18n) => i18n._('Alguém precisa continuar cuidando daqui. Passe esse papel a outra pessoa primeiro.'),
  'not-found': (i18n) => i18n._('Isto não existe mais, ou não é para você.'),
  'idempotency-conflict': (i18n) => i18n._('Isto já foi feito de outro jeito. Carregue a página para ver como ficou.'),
  'too-old': (i18n) => i18n._('Isto ficou esperando tempo demais. Escreva de novo.'),
  stale: (i18n) => i18n._('Alguém mudou isto enquanto você olhava. Veja como ficou e tente de novo.'),
  'already-taken': (i18n) => i18n._('Isto já está em uso. Escolha outro.'),
  'too-many': (i18n) => i18n._('Já há tantas quantas cabem. Tire uma antes.'),
  'link-used': (i18n) => i18n._('Este link já foi usado, ou venceu. Peça um novo a quem administra a escola.'),
  removed: (i18n) => i18n._('Esta mensagem foi apagada.'),
  'too-large': (i18n) => i18n._('Isto é grande demais. Divida em partes menores.'),
  'unsupported-media-type': reload,
  misdirected: wrongAddress,
  'bad-text': (i18n) => i18n._('Falta algo que se possa ler, ou há um sinal que não é aceito. Escreva de outro jeito.'),
  'bad-picture': (i18n) => i18n._('Esta imagem não pode ser usada. Escolha outra.'),
  'weak-password': (i18n) => i18n._('Esta senha é fácil de adivinhar. Junte algumas palavras que só você juntaria.'),
  'rate-limited': slowDown,
  'too-many-commands': slowDown,
  flood: slowDown,
  internal: (i18n, { errorId }) =>
    errorId
      ? i18n._(
          'Algo deu errado na escola, e não foi você. Se continuar, conte a quem administra este código: {errorId}.',
          {
            errorId,
          },
        )
      : i18n._('Algo deu errado na escola, e não foi você. Tente de novo daqui a pouco.'),
  busy: overloaded,
  unavailable: (i18n) => i18n._('A escola não consegue responder agora. Tente de novo daqui a pouco.'),
  'storage-full': (i18n) => i18n._('A escola ficou sem espaço para guardar coisas novas. Avise quem administra.'),
};

/**
 * A refusal in words. `now` (ms) is for `until`: near ends are said by the hour. `fitting` wins over the general sentence.
 * A code of a newer server has the general sentence of a bug.
 */
export function problemWords(i18n: I18n, problem: Problem, now: number, fitting: ProblemWords = {}): string {
  const say = Object.hasOwn(sayings, problem.code) ? sayings[problem.code] : sayings.internal;
  return fitting[problem.code] ?? say(i18n, problem, now);
}

/** Whether what was asked for is not there, or not for this person; also where the address was never one. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.code === 'not-found' || error.problem.code === 'malformed');

/** Why a command came to nothing: the refusal's words, the network's, or, for anything that is neither, those of a bug. */
export function troubleWords(i18n: I18n, error: unknown, now: number, fitting: ProblemWords = {}): string {
  if (error instanceof ProblemError) return problemWords(i18n, error.problem, now, fitting);
  if (error instanceof NoAnswerError) return i18n._('A escola não respondeu. Veja a sua conexão e tente de novo.');
  return i18n._('Algo deu errado nesta página. Carregue de novo e tente outra vez.');
}
