/** What is said among a few. */
import { on, type Talk } from './said.ts';

/** Three of 9º B before the test. */
// biome-ignore format: one message a line reads like the conversation it is
export const STUDY: Talk = {
  said: [
    { from: 'ana', at: on(2, '18:05'), text: 'Fiz um grupo só pra gente combinar o estudo, assim não enchemos a sala da aula 😊' },
    { from: 'yasmin', at: on(2, '18:09'), key: 'where', text: 'boaa! biblioteca na quinta depois do almoço?' },
    { from: 'kaua', at: on(2, '18:20'), replyTo: 'where', text: 'posso. levo a lista 4 impressa' },
    { from: 'ana', at: on(2, '18:22'), text: 'Fechado, quinta às 13h30', reactions: [['👍', ['kaua', 'yasmin']]] },
    { from: 'yasmin', at: on(1, '19:02'), text: 'gente, a 7c é a mais difícil. começamos por ela?' },
    { from: 'ana', at: on(1, '19:10'), text: 'Começamos! Travei no discriminante' },
  ],
};

/** The maths teacher, the monitor and the web teacher plan a week. */
// biome-ignore format: one message a line reads like the conversation it is
export const WEEK: Talk = {
  said: [
    { from: 'helena', at: on(5, '10:10'), text: 'Pensei em nós três para a Semana da Matemática: problemas, monitoria e um jogo na web. O que acham?' },
    { from: 'renata', at: on(5, '10:31'), text: 'Adorei. A turma da eletiva pode fazer o jogo: adivinhar a parábola pelo gráfico.' },
    { from: 'caio', at: on(5, '10:40'), text: 'Eu cuido da fila de dúvidas no pátio, com a lousa branca.' },
    { from: 'helena', at: on(4, '09:15'), text: 'Reservei o pátio de segunda a quarta.', reactions: [['🎉', ['caio', 'renata']]] },
  ],
};
