/** What was said between two people. */
import { on, type Talk } from './said.ts';

/** Ana Beatriz and Kauã, of the same class. */
// biome-ignore format: one message a line reads like the conversation it is
export const ANA_KAUA: Talk = {
  said: [
    { from: 'kaua', at: on(4, '15:40'), text: 'oi Ana! você anotou o que a prof falou do eixo de simetria?' },
    { from: 'ana', at: on(4, '15:52'), text: 'Anotei! É a reta em pé que passa no vértice. Um lado é espelho do outro' },
    { from: 'kaua', at: on(4, '15:53'), text: 'valeu 🙏' },
    { from: 'ana', at: on(1, '17:30'), text: 'Você vai no grupo de estudo?' },
    { from: 'kaua', at: on(1, '17:41'), text: 'vou, e levo o bolo de cenoura da minha mãe', reactions: [['😍', ['ana']]] },
    { from: 'ana', at: 58, key: 'seen', text: 'Sua pergunta do −b/2a foi muito boa, eu também não sabia de onde vinha' },
    { from: 'kaua', at: 9, text: 'né? a Yas explicou demais. amanhã na biblioteca me explica a 4b?' },
  ],
  readUpTo: { ana: 'seen' },
};

/** Ana Beatriz and her teacher. */
// biome-ignore format: one message a line reads like the conversation it is
export const ANA_HELENA: Talk = {
  said: [
    { from: 'ana', at: on(6, '14:30'), text: 'Professora, vou faltar na próxima aula por causa de uma consulta. Como recupero a lista?' },
    { from: 'helena', at: on(6, '15:05'), text: 'Oi, Ana! Obrigada por avisar. Assista à aula 6, faça os exercícios 1 a 4 e me entregue na aula seguinte. Qualquer dúvida, pergunte na sala da aula.' },
    { from: 'ana', at: on(6, '15:09'), text: 'Combinado, obrigada!', reactions: [['👍', ['helena']]] },
    { from: 'helena', at: on(2, '16:00'), key: 'praise', text: 'Ana, gostei muito do seu caderno. Que tal se inscrever na olimpíada?' },
    { from: 'ana', at: 240, text: 'Quero sim, professora! Preciso levar alguma autorização?' },
  ],
  readUpTo: { helena: 'praise' },
};

/** Ana Beatriz and Yasmin. */
// biome-ignore format: one message a line reads like the conversation it is
export const ANA_YASMIN: Talk = {
  said: [
    { from: 'yasmin', at: on(7, '15:45'), text: 'amiga, você consegue levar as canetas mesmo?' },
    { from: 'ana', at: on(7, '15:47'), text: 'Levo! As de ponta fina e as grossas' },
    { from: 'yasmin', at: on(7, '15:48'), text: 'perfeitaaa' },
    { from: 'ana', at: on(5, '17:10'), text: 'O João abrindo o sarau vai ser histórico 😂' },
    { from: 'yasmin', at: on(5, '17:12'), text: 'já pedi pra ele ensaiar kkkk', reactions: [['😂', ['ana']]] },
  ],
};

/** Wesley and Thainá. */
// biome-ignore format: one message a line reads like the conversation it is
export const WESLEY_THAINA: Talk = {
  said: [
    { from: 'wesley', at: on(4, '18:20'), text: 'Thai, obrigado por me chamar pro clube de leitura' },
    { from: 'thaina', at: on(4, '18:25'), text: 'imagina! suas perguntas são as melhores' },
    { from: 'wesley', at: on(4, '18:26'), text: 'sério? eu sempre acho que vão rir' },
    { from: 'thaina', at: on(4, '18:28'), text: 'sério. metade da sala tem a mesma dúvida e não fala', reactions: [['❤️', ['wesley']]] },
    { from: 'wesley', at: 12, text: 'perguntei a do “não tem raiz” hoje 😅' },
    { from: 'thaina', at: 10, text: 'vi!! já tem gente querendo saber também' },
  ],
};

/** Luísa and her biology teacher. */
// biome-ignore format: one message a line reads like the conversation it is
export const LUISA_RAIMUNDO: Talk = {
  said: [
    { from: 'luisa', at: on(12, '11:00'), text: 'Professor, meu pai disse que manda sementes de milho da nossa roça. Posso trazer?' },
    { from: 'raimundo', at: on(12, '11:30'), text: 'Que honra, Luísa! Traga sim. Vamos pôr uma placa com o nome do milho na língua de vocês, se a família gostar da ideia.' },
    { from: 'luisa', at: on(12, '18:10'), text: 'Ele adorou 😊 vai escrever num papel pra eu não errar', reactions: [['❤️', ['raimundo']]] },
    { from: 'raimundo', at: on(2, '10:15'), text: 'As sementes já germinaram, quatro de cada cinco. Depois mostre à turma.' },
  ],
};

/** Davi and his web teacher. */
// biome-ignore format: one message a line reads like the conversation it is
export const DAVI_RENATA: Talk = {
  said: [
    { from: 'davi', at: on(8, '16:50'), text: 'profa, como eu continuo estudando JavaScript depois da eletiva?' },
    { from: 'renata', at: on(8, '17:30'), text: 'Escolha um problema seu e resolva. O conferidor da lista de Matemática é um começo perfeito. Tem material aberto em https://example.org/javascript' },
    { from: 'davi', at: on(8, '17:33'), text: 'já comecei um!' },
    { from: 'davi', at: 40, text: 'a Júlia achou um erro nele: com a = 0 quebra. arrumei com\n\n```js\nif (a === 0) throw new RangeError("a não pode ser zero");\n```' },
    { from: 'renata', at: 28, text: 'Muito bem resolvido: avisar cedo e dizer por quê. 👏' },
  ],
};

/** Profa. Helena and Caio, the monitor. */
// biome-ignore format: one message a line reads like the conversation it is
export const HELENA_CAIO: Talk = {
  said: [
    { from: 'caio', at: on(3, '16:00'), text: 'Helena, posso abrir uma sala de revisão antes da prova?' },
    { from: 'helena', at: on(3, '16:20'), text: 'Pode! Só deixe a dúvida ser explicada por um colega primeiro; entre depois.' },
    { from: 'caio', at: on(3, '16:22'), text: 'Combinado, é o que tenho feito. Dá vontade de responder logo, mas eles se saem bem.' },
    { from: 'helena', at: 52, key: 'yes', text: 'Viu a explicação da Yasmin? Nem eu faria melhor.' },
    { from: 'caio', at: 13, text: 'Vi! E a do Wesley, de quando não há raízes, é uma ótima deixa: os pontos (0, 5) e (2, 5) de y = x² − 2x + 5 têm a mesma altura, então o eixo é x = 1.' },
  ],
  readUpTo: { helena: 'yes' },
};

/** Luciana and her evening teacher, both adults. */
// biome-ignore format: one message a line reads like the conversation it is
export const LUCIANA_IVONE: Talk = {
  said: [
    { from: 'luciana', at: on(6, '21:50'), text: 'Professora, estou pensando em prestar o Encceja este ano. A senhora acha que eu consigo?' },
    { from: 'ivone', at: on(6, '22:05'), text: 'Acho, e com folga em Matemática. Vamos ver juntas o conteúdo que falta e montar um calendário.' },
    { from: 'luciana', at: on(6, '22:08'), text: 'Obrigada! Contei pro meu filho e ele disse que agora estudamos juntos 😄', reactions: [['❤️', ['ivone']]] },
    { from: 'ivone', at: on(5, '19:30'), text: 'É o melhor grupo de estudo que existe.' },
  ],
};
