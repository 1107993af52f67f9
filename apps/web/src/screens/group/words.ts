import { useLingui } from '@lingui/react';
import type { ProblemWords } from '../../problems.ts';

/** Why people could not be gathered, in words that fit a group. */
export function useGatherWords(): ProblemWords {
  const { i18n } = useLingui();
  return {
    'not-found': i18n._('Uma destas pessoas não divide mais nenhuma sala com você.'),
    'not-allowed': i18n._('Estas pessoas não podem estar juntas num grupo: nem todas se conhecem, ou alguém não quis.'),
    'protected-minor': i18n._(
      'Adultos e menores só ficam juntos num grupo com alguém da equipe de um curso de cada menor. Chame essa pessoa primeiro.',
    ),
    blocked: i18n._('Não dá para chamar uma destas pessoas.'),
  };
}
