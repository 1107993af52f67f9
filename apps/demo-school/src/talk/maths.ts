/** The other rooms of Matemática, 9º B. */
import { on, type Talk } from './said.ts';

/** Aula 6, Raízes e a fórmula. */
// biome-ignore format: one message a line reads like the conversation it is
export const ROOTS: Talk = {
  said: [
    { from: 'helena', at: on(9, '13:30'), text: 'Sala da **aula 6**: quando a parábola encosta no eixo x, e como achar esses pontos. Primeiro exercício: x² − 5x + 6 = 0. Tentem de dois jeitos.', reactions: [['👍', ['ana', 'clara', 'mateus']]] },
    { from: 'mateus', at: on(9, '13:41'), text: 'fórmula: Δ = 25 − 24 = 1, então x = (5 ± 1)/2, dá 2 e 3' },
    { from: 'isadora', at: on(9, '13:44'), key: 'sumProduct', text: 'soma e produto: dois números que somam 5 e multiplicados dão 6. 2 e 3 também', reactions: [['🤩', ['ana', 'larissa']]] },
    { from: 'larissa', at: on(9, '13:46'), replyTo: 'sumProduct', text: 'isso funciona sempre??' },
    { from: 'isadora', at: on(9, '13:48'), text: 'sempre vale que a soma é −b/a e o produto é c/a. mas só é fácil de adivinhar quando os números são bonitinhos' },
    { from: 'helena', at: on(9, '13:55'), text: 'Resumo perfeito, @{isadora}. Números “bonitinhos” é um termo técnico a partir de hoje 😄' },
    { from: 'ryan', at: on(9, '14:02'), key: 'minus', text: 'na x² − 3x − 10 = 0 meu Δ deu −31 e na resposta tem raiz' },
    { from: 'akira', at: on(9, '14:05'), replyTo: 'minus', text: 'Confere o sinal, @{ryan}: −4ac com c = −10 fica −4·1·(−10) = **+40**. Menos com menos.' },
    { from: 'ryan', at: on(9, '14:07'), text: '9 + 40 = 49, raiz 7, x = 5 ou −2. esse menos sempre me pega', reactions: [['😅', ['pedro', 'nicole', 'wesley']]] },
    { from: 'pedro', at: on(9, '14:08'), text: 'pega todo mundo kkk' },
    { from: 'heloisa', at: on(8, '16:20'), text: 'E quando o Δ dá zero? Na x² + 4x + 4 só achei −2' },
    { from: 'clara', at: on(8, '16:25'), text: 'aí tem uma raiz só (a prof chama de raiz dupla). a parábola só encosta no eixo e volta' },
    { from: 'heloisa', at: on(8, '16:26'), text: 'entendi! é o vértice que encosta, né?' },
    { from: 'clara', at: on(8, '16:27'), text: 'isso 🎯' },
    { from: 'samuel', at: on(8, '18:03'), text: 'No meu outro colégio ninguém chamava de “fórmula de Bhaskara”. É só no Brasil?' },
    { from: 'helena', at: on(8, '18:15'), text: 'Quase só no Brasil, @{samuel}! Bhaskara foi um matemático indiano do século XII, mas a fórmula é mais antiga que ele. Lá fora dizem “fórmula quadrática”. Por isso o título da aula é só “a fórmula”.', reactions: [['🤯', ['samuel', 'ana', 'joao', 'yasmin', 'davi']]] },
    { from: 'ana', at: on(8, '18:20'), key: 'anaRoots', text: 'Vou contar essa em casa hoje 😂' },
    { from: 'enzo', at: on(4, '15:10'), text: 'na 2x² − 8x + 6 posso dividir tudo por 2 antes?' },
    { from: 'caio', at: on(4, '15:18'), text: 'Pode e deve: x² − 4x + 3 = 0 tem as mesmas raízes, 1 e 3. O que muda é a abertura da parábola, não onde ela corta o eixo.', reactions: [['👍', ['enzo', 'rafael']]], key: 'divide' },
    { from: 'gabriel', at: 190, text: '@{ana}, você ainda tem o resumo de soma e produto que fez? Perdi o meu 🙏' },
  ],
  readUpTo: { ana: 'divide' },
};

/** Aula 5, Concavidade e o sinal de a. */
// biome-ignore format: one message a line reads like the conversation it is
export const CONCAVITY: Talk = {
  said: [
    { from: 'helena', at: on(16, '13:35'), text: 'Aula 5 no ar. Desenhem y = x², y = 2x² e y = ½x² no **mesmo** papel e contem o que aconteceu.' },
    { from: 'sofia', at: on(16, '14:02'), text: 'a do 2 ficou mais fechadinha e a do ½ mais aberta', reactions: [['👍', ['helena', 'nicole']]] },
    { from: 'nicole', at: on(16, '14:05'), text: 'contrário do que eu achava, pensei que 2 era “maior” então abria mais' },
    { from: 'sofia', at: on(16, '14:07'), text: 'é que ela sobe mais rápido, aí fica estreita' },
    { from: 'ana', at: on(16, '14:12'), text: 'E as três passam pelo (0, 0)' },
    { from: 'helena', at: on(16, '14:20'), text: 'Muito bem observado, @{ana}. Agora troquem o sinal: y = −x².' },
    { from: 'wesley', at: on(16, '14:26'), text: 'virou uma montanha 🏔️', reactions: [['😂', ['thaina', 'kaua', 'ana']], ['🏔️', ['helena']]] },
    { from: 'thaina', at: on(16, '14:27'), text: 'a positivo sorri, a negativo fica triste 🙂🙁' },
    { from: 'kaua', at: on(16, '14:29'), text: 'nunca mais esqueço' },
    { from: 'akira', at: on(16, '14:35'), text: 'Cuidado com um detalhe: −x² **não** é (−x)². Com x = 3, o primeiro dá −9 e o segundo dá 9.', edited: 'Cuidado com um detalhe: −x² **não** é (−x)². Com x = 3, o primeiro dá −9 e o segundo dá 9. A potência vem antes do sinal.', reactions: [['💡', ['wesley', 'sofia', 'larissa']]] },
    { from: 'larissa', at: on(15, '17:50'), text: 'isso explica meu exercício 5 inteiro errado 😭 obrigada' },
    { from: 'akira', at: on(15, '17:55'), text: 'Agora explica o exercício 5 inteiro certo 💪' },
  ],
};

/** Matemática, conversa geral. */
// biome-ignore format: one message a line reads like the conversation it is
export const MATHS: Talk = {
  said: [
    { from: 'helena', at: on(30, '09:00'), text: 'Esta é a sala geral de Matemática do 9º B. Dúvidas de uma aula vão na sala da aula; o resto, aqui. Sejam gentis uns com os outros.' },
    { from: 'clara', at: on(12, '16:00'), text: 'a calculadora do celular pode na prova?' },
    { from: 'helena', at: on(12, '16:11'), text: 'Celular não, mas a calculadora simples pode. Quem não tiver, a escola empresta.', reactions: [['🙏', ['clara', 'ryan', 'heloisa']]] },
    { from: 'davi', at: on(11, '19:00'), text: 'achei um site que desenha o gráfico enquanto você digita a função: https://example.org/graficos', reactions: [['🔥', ['julia', 'kaua', 'ana', 'samuel']]] },
    { from: 'caio', at: on(11, '19:12'), text: 'Muito bom. Só desenhem à mão **antes**, e usem o site pra conferir.' },
    { from: 'davi', at: on(11, '19:13'), text: 'pode deixar 🫡' },
    { from: 'yasmin', at: on(7, '15:30'), text: 'Vamos montar um grupo de estudo na biblioteca depois da aula? Pensei em:\n\n1. revisar raízes\n2. fazer a lista 7\n3. inventar uma questão cada um', reactions: [['🙋', ['ana', 'kaua', 'thaina', 'wesley', 'joao']]] },
    { from: 'thaina', at: on(7, '15:34'), text: 'tô dentro' },
    { from: 'wesley', at: on(7, '15:36'), text: 'eu também, preciso' },
    { from: 'ana', at: on(7, '15:40'), text: 'Eu levo as canetas coloridas 🖍️' },
    { from: 'akira', at: on(7, '16:02'), text: 'Falei com o prof Otávio: a mesa grande da biblioteca está reservada para vocês, das 12h30 às 13h30. Lanche só do lado de fora, combinado?', reactions: [['❤️', ['yasmin', 'ana', 'thaina']]] },
    { from: 'yasmin', at: on(7, '16:04'), text: 'Combinado, Akira! Agradece a ele 🙌' },
    { from: 'joao', at: on(6, '13:40'), text: 'o estudo de hoje rendeu demais, a questão do Wesley foi a mais difícil' },
    { from: 'wesley', at: on(6, '13:42'), text: '😎', key: 'proud' },
    { from: 'vitoria', at: on(2, '18:40'), text: 'alguém achou um estojo azul na sala 12?' },
    { from: 'ryan', at: on(2, '18:44'), key: 'case', text: 'tá na secretaria, vi hoje cedo' },
    { from: 'vitoria', at: 300, replyTo: 'case', text: 'era o meu mesmo, obrigada Ryan 💙' },
    { from: 'kaua', at: 128, text: 'amanhã tem grupo de estudo de novo? dá pra fazer só de vértice' },
  ],
  readUpTo: { ana: 'case', helena: 'proud' },
};

/** Avisos da turma: only staff write. */
// biome-ignore format: one message a line reads like the conversation it is
export const NOTICES: Talk = {
  said: [
    { from: 'rosangela', at: on(28, '08:00'), text: 'Bem-vindos, famílias e turma do 9º B! Aqui só a equipe escreve. Vocês podem reagir para dizer que leram.', reactions: [['👍', ['ana', 'kaua', 'clara', 'mateus', 'luisa', 'sofia', 'pedro']]] },
    { from: 'rosangela', at: on(21, '10:00'), text: 'A reunião de responsáveis será na próxima semana, às 19h, no pátio coberto. Haverá intérprete de Libras.', reactions: [['👍', ['yasmin', 'rafael', 'vitoria']]] },
    { from: 'raimundo', at: on(14, '11:30'), text: 'Para a aula prática do laboratório:\n\n- sapato fechado\n- cabelo preso\n- uma cebola pequena por dupla 🧅', reactions: [['🧅', ['emanuelly', 'isadora', 'miguel', 'ana']]] },
    { from: 'helena', at: on(10, '12:00'), text: 'A prova de Matemática cobre as aulas **5, 6 e 7**. A data está no mural e no calendário da turma.', reactions: [['😬', ['kaua', 'ryan', 'pedro']], ['💪', ['ana', 'yasmin']]] },
    { from: 'marcelo', at: on(6, '09:15'), text: 'A rede sem fio do bloco B ficará fora do ar amanhã, das 7h às 8h, para troca de equipamento.', edited: 'A rede sem fio do bloco B ficará fora do ar amanhã, das 6h às 7h, para troca de equipamento.' },
    { from: 'claudia', at: on(4, '10:40'), text: 'As crônicas serão lidas em voz alta no sarau. Quem preferir pode gravar a leitura em casa.', reactions: [['🎤', ['thaina', 'luisa', 'heloisa']]] },
    { from: 'ubirajara', at: on(3, '08:20'), text: 'O prazo da redação sobre a Era Vargas foi estendido por uma semana. Usem bem esse tempo: quero ver as fontes.', reactions: [['🙏', ['enzo', 'gabriel', 'ryan', 'ana', 'nicole']]] },
    { from: 'otavio', at: on(1, '09:30'), text: 'A biblioteca recebeu 12 exemplares de *Torto arado*. Cada empréstimo é de 15 dias.' },
    { from: 'helena', at: 95, text: 'A lista 7 pode ser entregue até o fim da próxima aula. Dúvidas na sala **Vértice da parábola**; eu e o Caio estamos lá hoje à tarde.', reactions: [['👍', ['clara', 'sofia', 'mateus']]] },
  ],
};
