/** Aula 7, Vértice da parábola: the lively room. Today's conversation, after that of the days before. */
import { PARABOLA_BEFORE } from './parabola-before.ts';
import type { Said, Talk } from './said.ts';

// biome-ignore format: one message a line reads like the conversation it is
const today: readonly Said[] = [
  { from: 'helena', at: 71, text: 'Boa tarde, gente! Assistam até 12:00 antes da nossa conversa. Quem travar pergunta aqui mesmo: diz o minuto e a dúvida.', reactions: [['👍', ['kaua', 'ana', 'clara', 'sofia', 'mateus', 'rafael', 'alice']], ['🙌', ['ana', 'davi', 'thaina']]] },
  { from: 'caio', at: 70, text: 'Também estou por aqui até o fim da tarde.' },
  { from: 'ana', at: 66, text: 'Vi até o 18:05 ontem e fiz o 1 e o 2 da lista 💪' },
  { from: 'kaua', at: 60, key: 'whyTwo', text: '**12:34** Por que o x do vértice é −b/2a? Entendi a conta, mas de onde sai esse 2?', reactions: [['🤔', ['gabriel', 'joao', 'wesley', 'ana']]] },
  { from: 'gabriel', at: 59, replyTo: 'whyTwo', text: 'essa!! quero saber também' },
  { from: 'yasmin', at: 56, replyTo: 'whyTwo', key: 'middle', pinned: 'helena', saved: 'ana', text: 'O vértice fica no **meio** das duas raízes. Soma as raízes e divide por 2: a raiz do delta cancela e sobra só isto:\n\n$$x_v = \\frac{x_1 + x_2}{2} = \\frac{-b}{2a}$$', reactions: [['❤️', ['kaua', 'joao', 'helena', 'clara', 'thaina']], ['💯', ['ana', 'davi', 'mateus']]] },
  { from: 'kaua', at: 55, replyTo: 'middle', text: 'espera, por que a soma das raízes é −b/a?' },
  { from: 'yasmin', at: 53, text: 'porque uma raiz é $\\frac{-b + \\sqrt{\\Delta}}{2a}$ e a outra é $\\frac{-b - \\sqrt{\\Delta}}{2a}$. somando, o $\\sqrt{\\Delta}$ some e fica $-2b/2a$, que é $-b/a$. aí a metade disso é $-b/2a$' },
  { from: 'kaua', at: 52, text: 'MEU DEUS agora fez sentido' },
  { from: 'helena', at: 51, replyTo: 'middle', text: 'Perfeito, @{yasmin}! É isso mesmo: o 2 é o da média. Copiem essa explicação no caderno.', reactions: [['🥳', ['yasmin', 'kaua']]] },
  { from: 'joao', at: 50, replyTo: 'middle', text: 'Nossa, agora caiu a ficha 😅 Desenhei no caderno e bate certinho: raízes 1 e 5, vértice no x = 3.', reactions: [['❤️', ['yasmin', 'ana', 'helena', 'caio', 'sofia']], ['💯', ['kaua', 'davi', 'mateus']]] },
  { from: 'clara', at: 49, text: 'eu tinha decorado sem saber o porquê, obrigada Yas 💛' },
  { from: 'enzo', at: 48, text: 'alguém viu o jogo ontem? que golaço', removed: 'moderator' },
  { from: 'caio', at: 47, text: '@{enzo}, tirei a mensagem só porque aqui é a sala da aula. No recreio a gente comenta o gol 😉', reactions: [['👍', ['enzo']]] },
  { from: 'enzo', at: 46, text: 'justo kkk' },
  { from: 'davi', at: 45, text: 'Fiz um programinha pra conferir a lista 7 (valeu, aula de programação 🙃)' },
  { from: 'davi', at: 45, key: 'program', text: '```js\nconst vertice = (a, b, c) => {\n  const x = -b / (2 * a);\n  return { x, y: a * x ** 2 + b * x + c };\n};\nvertice(1, -6, 5); // { x: 3, y: -4 }\n```', reactions: [['🔥', ['julia', 'samuel', 'ana', 'nicole']], ['👏', ['helena', 'caio']]] },
  { from: 'julia', at: 44, replyTo: 'program', text: 'e se o a for zero?' },
  { from: 'davi', at: 43, text: 'aí divide por zero e dá Infinity ou NaN 💀 vou colocar um if' },
  { from: 'julia', at: 42, text: 'se o a for zero nem é parábola, é reta' },
  { from: 'helena', at: 41, replyTo: 'program', text: 'Adorei. E a pergunta da @{julia} é ótima: a definição pede **a ≠ 0** exatamente por isso.' },
  { from: 'rafael', at: 39, text: 'o y do vértice eu acho colocando o x na função de volta, né? precisa decorar o −Δ/4a?' },
  { from: 'caio', at: 38, text: 'Não precisa, @{rafael}. Substituir funciona sempre. O −Δ/4a é um atalho: com y = x² − 6x + 5, Δ = 16, e −16/4 = −4. Bate com o que a Clara achou.', reactions: [['👍', ['rafael', 'clara', 'pedro']]] },
  { from: 'rafael', at: 37, text: 'show, vou de substituir mesmo' },
  { from: 'ana', at: 35, key: 'exercise4', text: 'Alguém achou onde na lista fala que o sinal do a manda na parábola? Queria usar isso no exercício 4 e perdi a página' },
  { from: 'vitoria', at: 34, replyTo: 'exercise4', text: 'acho que é lá pela página 2, mas não tenho certeza' },
  { from: 'sofia', at: 33, text: 'no vídeo é logo depois do 17:30' },
  { from: 'ana', at: 32, key: 'anaLast', text: 'Obrigada! Vou procurar nas duas' },
  { from: 'luisa', at: 26, key: 'maximum', text: '**18:05** Se o *a* for negativo, o vértice vira **máximo** sempre? Ou depende do *c* também?', reactions: [['✋', ['alice', 'heloisa', 'miguel', 'vitoria', 'larissa']]] },
  { from: 'thaina', at: 23, replyTo: 'maximum', text: 'Acho que só depende do *a*. O *c* sobe e desce a parábola inteira, mas não vira ela de cabeça para baixo' },
  { from: 'wesley', at: 16, key: 'noRoots', text: '**27:20** E quando não tem raiz? Como acho o meio entre duas coisas que não existem?', reactions: [['🤔', ['thaina', 'gabriel']], ['✋', ['kaua', 'ryan']]] },
  { from: 'yasmin', at: 14, replyTo: 'noRoots', text: 'boa pergunta, eu também travei nessa', key: 'stuckToo' },
  { from: 'caio', at: 11, replyTo: 'exercise4', text: '@{ana}, o trecho que você procura está na página 2 da lista:\n\n> O sinal de *a* decide a concavidade; o valor de *c*, só a altura.' },
  { from: 'mateus', at: 4, text: '**34:12** No exercício 4b posso deixar o y do vértice em fração? Deu x = 3/4 e y = −1/8 (a função é y = 2x² − 3x + 1)' },
];

/** All of it. Ana Beatriz stopped before the six newest, Profa. Helena before the two newest. */
export const PARABOLA: Talk = {
  said: [...PARABOLA_BEFORE, ...today],
  readUpTo: { ana: 'anaLast', helena: 'stuckToo' },
};
