/** The rooms of Português and História, 9º B. */
import { on, type Talk } from './said.ts';

/** Aula 4 of Português, Crônica: o olhar de perto. */
// biome-ignore format: one message a line reads like the conversation it is
export const CHRONICLE: Talk = {
  said: [
    { from: 'claudia', at: on(8, '08:10'), text: 'Leiam *A última crônica*, de Fernando Sabino, e me contem: o que acontece **de verdade** naquela mesa?', reactions: [['📖', ['thaina', 'luisa', 'heloisa', 'ana']]] },
    { from: 'heloisa', at: on(8, '12:15'), text: 'Parece que não acontece nada, é só uma família dividindo um pedaço de bolo. Mas é aniversário da menina' },
    { from: 'thaina', at: on(8, '12:20'), text: 'e o pai sorri no final e eu fiquei com um nó na garganta 🥹', reactions: [['🥹', ['ana', 'luisa', 'heloisa', 'claudia']]] },
    { from: 'claudia', at: on(8, '12:40'), text: 'É isso a crônica: uma cena pequena, vista de perto. Agora a vez de vocês: 20 linhas sobre uma cena do recreio.' },
    { from: 'kaua', at: on(7, '16:30'), text: 'pode ser sobre a fila da cantina?' },
    { from: 'claudia', at: on(7, '16:42'), text: 'Deve! Fila de cantina é um clássico.', reactions: [['😂', ['kaua', 'ryan', 'enzo']]] },
    { from: 'nicole', at: on(5, '15:10'), key: 'crase', text: '“cheguei à escola à pé”: as duas têm crase?' },
    { from: 'luisa', at: on(5, '15:15'), replyTo: 'crase', text: 'só a primeira. “pé” é masculino, então fica **a pé**' },
    { from: 'nicole', at: on(5, '15:16'), text: 'obrigada Lu!' },
    { from: 'ana', at: on(3, '19:00'), text: 'Terminei a minha, é sobre o menino que divide o pão de queijo com o pombo 🐦' },
    { from: 'luisa', at: on(3, '19:05'), text: 'quero ler!!' },
    { from: 'claudia', at: on(2, '08:30'), text: 'Recebi 19 crônicas até agora e estou encantada. Leiam em voz alta antes de entregar: o ouvido acha o que o olho pula.', reactions: [['❤️', ['ana', 'thaina', 'clara']]] },
  ],
};

/** Projeto: jornal mural. */
// biome-ignore format: one message a line reads like the conversation it is
export const NEWSPAPER: Talk = {
  said: [
    { from: 'claudia', at: on(15, '09:00'), text: 'Reunião de pauta do jornal mural: cada um propõe uma notícia que dê para apurar dentro da escola.' },
    { from: 'clara', at: on(15, '12:10'), text: 'proposta: quanto de comida vai pro lixo por dia na cantina, e o que a horta pode fazer com isso' },
    { from: 'luisa', at: on(15, '12:14'), text: 'Eu queria entrevistar a dona Neide da portaria, ela trabalha aqui há 30 anos', reactions: [['❤️', ['clara', 'claudia', 'alice', 'larissa']]] },
    { from: 'larissa', at: on(15, '12:20'), text: 'posso fazer a tirinha' },
    { from: 'claudia', at: on(14, '10:00'), text: 'As três estão aprovadas. Lembrem: **quem, o quê, quando, onde, como e por quê**. E peçam autorização antes de gravar.' },
    { from: 'alice', at: on(9, '13:00'), key: 'why', text: 'no título é “Por que” ou “Porque a comida sobra”?' },
    { from: 'clara', at: on(9, '13:04'), replyTo: 'why', text: 'separado sem acento, porque é pergunta no começo: **Por que a comida sobra?**', reactions: [['✅', ['alice', 'claudia']]] },
    { from: 'clara', at: on(6, '13:10'), text: 'pesamos por 5 dias: 6, 5, 8, 4 e 7 kg. média de 6 kg por dia' },
    { from: 'claudia', at: on(6, '13:30'), text: 'Isso é apuração! Ponham o gráfico ao lado da tirinha da Larissa.' },
    { from: 'luisa', at: on(2, '12:00'), text: 'A dona Neide contou que já achou 214 guarda-chuvas esquecidos ☂️ vai ser o título', reactions: [['☂️', ['clara', 'alice', 'larissa', 'claudia']]] },
  ],
};

/** Aula 3 of História, Era Vargas. */
// biome-ignore format: one message a line reads like the conversation it is
export const VARGAS: Talk = {
  said: [
    { from: 'ubirajara', at: on(10, '07:50'), text: 'Sala da **Era Vargas (1930–1945)**. A redação é sobre esta pergunta: *o que mudou na vida de quem trabalhava?*\n\nTrês fases para organizar:\n\n1. Governo Provisório, 1930–1934\n2. Governo Constitucional, 1934–1937\n3. Estado Novo, 1937–1945', reactions: [['👍', ['mateus', 'joao', 'ana', 'gabriel']]] },
    { from: 'mateus', at: on(10, '15:00'), text: 'a CLT é de qual fase?' },
    { from: 'joao', at: on(10, '15:03'), text: 'Estado Novo, 1º de maio de 1943' },
    { from: 'julia', at: on(10, '15:20'), text: 'e o voto feminino? achei 1932' },
    { from: 'ubirajara', at: on(10, '16:00'), text: '1932, Código Eleitoral, @{julia}. Mas cuidado com a palavra “deu”: ele não foi presente, foi conquista de décadas de luta de mulheres como Bertha Lutz.', reactions: [['✊', ['julia', 'thaina', 'ana', 'luisa', 'yasmin']]] },
    { from: 'julia', at: on(10, '16:04'), text: 'vou mudar essa frase na minha redação' },
    { from: 'gabriel', at: on(6, '14:10'), key: 'both', text: 'não entendi se ele foi bom ou ruim. criou direitos mas também fechou o Congresso e censurou jornal' },
    { from: 'ubirajara', at: on(6, '14:32'), replyTo: 'both', text: 'A sua confusão é a resposta, Gabriel. Direitos trabalhistas **e** ditadura, no mesmo governo. A boa redação mostra os dois lados, com fontes.', reactions: [['💯', ['gabriel', 'mateus', 'clara']]] },
    { from: 'rafael', at: on(6, '14:50'), text: 'e nem todo trabalhador entrou nessas leis, né? o do campo ficou de fora' },
    { from: 'ubirajara', at: on(6, '15:01'), text: 'Excelente, @{rafael}. O trabalho rural e o doméstico ficaram quase todos de fora da CLT. Isso vale um parágrafo.' },
    { from: 'heloisa', at: on(4, '18:00'), text: 'Minha bisavó guardou a carteira de trabalho dela, posso usar como fonte?' },
    { from: 'ubirajara', at: on(4, '18:20'), text: 'Pode, e é uma fonte primária preciosa! Descreva o documento: data, função, quem assinou. E peça licença à família.', reactions: [['🤩', ['heloisa', 'alice']]] },
    { from: 'enzo', at: on(1, '20:10'), text: 'terminei a introdução, ficou com 9 linhas. tá grande?' },
    { from: 'clara', at: on(1, '20:15'), text: 'tenta 5 ou 6, e deixa os exemplos pro meio' },
  ],
};

/** Projeto: memórias do bairro. */
// biome-ignore format: one message a line reads like the conversation it is
export const MEMORIES: Talk = {
  said: [
    { from: 'ubirajara', at: on(11, '10:00'), text: 'Cada grupo entrevista uma pessoa com mais de 60 anos do bairro. Combinem as perguntas aqui.' },
    { from: 'yasmin', at: on(11, '15:00'), text: 'Perguntas que pensei:\n\n1. Como era a rua quando o senhor ou a senhora chegou?\n2. Onde as crianças brincavam?\n3. O que mudou para melhor? E o que faz falta?', reactions: [['👏', ['sofia', 'wesley', 'ubirajara']]] },
    { from: 'sofia', at: on(11, '15:06'), text: 'meu avô veio de Registro e abriu a quitanda da esquina em 1974. ele topa!' },
    { from: 'wesley', at: on(11, '15:10'), text: 'minha vó faz cocada desde sempre, acho que ela fala por três horas 😂', reactions: [['😂', ['yasmin', 'sofia', 'samuel']]] },
    { from: 'ubirajara', at: on(10, '08:00'), text: 'Três horas de avó são três horas de ouro, @{wesley}. Levem gravador, água e paciência.' },
    { from: 'samuel', at: on(9, '17:30'), text: 'posso gravar minha tia? ela chegou de Lagos há 12 anos, mas só tem 45' },
    { from: 'ubirajara', at: on(9, '17:45'), text: 'Pode. Quem chegou de longe vê o bairro de um jeito que ninguém mais vê.', reactions: [['❤️', ['samuel', 'yasmin']]] },
    { from: 'sofia', at: on(3, '19:40'), text: 'Entrevista feita! 48 minutos. Alguém me ajuda a transcrever?' },
    { from: 'yasmin', at: on(3, '19:44'), text: 'eu pego a primeira metade' },
    { from: 'wesley', at: on(3, '19:50'), text: 'eu a segunda' },
  ],
};
