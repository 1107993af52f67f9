/** The rooms that are of no course: clubs, the student council, the evening classes and the staff room. */
import { on, type Talk } from './said.ts';

/** Olimpíada de Matemática: a new problem every Monday. */
// biome-ignore format: one message a line reads like the conversation it is
export const OLYMPIAD: Talk = {
  said: [
    { from: 'caio', at: on(14, '09:00'), key: 'hands', text: '**Problema 11.** Numa sala há 8 pessoas e cada uma aperta a mão de todas as outras, uma vez. Quantos apertos de mão acontecem?' },
    { from: 'livia', at: on(14, '12:30'), text: '8 × 7 = 56?' },
    { from: 'isadora', at: on(14, '12:34'), text: 'só que assim cada aperto conta duas vezes, o meu com você e o seu comigo' },
    { from: 'livia', at: on(14, '12:36'), text: 'ah é! então metade, **28**', reactions: [['🎉', ['caio', 'isadora', 'mateus']]] },
    { from: 'caio', at: on(14, '12:50'), replyTo: 'hands', text: 'Isso! E o erro da Lívia foi o melhor erro possível: contar em dobro e saber consertar.' },
    { from: 'caio', at: on(7, '09:00'), key: 'coins', text: '**Problema 12.** Oito moedas iguais, uma é mais leve. Com uma balança de dois pratos, ache a mais leve em **duas** pesagens.' },
    { from: 'mateus', at: on(7, '13:00'), replyTo: 'coins', text: '4 contra 4 dá em três pesagens… em duas não consegui' },
    { from: 'samuel', at: on(7, '13:20'), replyTo: 'coins', text: 'E se não colocar todas? 3 contra 3, e 2 ficam fora' },
    { from: 'isadora', at: on(7, '13:24'), text: 'genial! se empatar, a leve está nas 2 de fora: mais uma pesagem. se não empatar, pega as 3 mais leves e pesa 1 contra 1', reactions: [['🤯', ['mateus', 'livia', 'yasmin']], ['👏', ['caio', 'helena']]] },
    { from: 'helena', at: on(7, '18:00'), text: 'A ideia de dividir em três em vez de dois é ouro. Guardem.' },
    { from: 'caio', at: on(1, '09:00'), key: 'seven', text: '**Problema 13.** Qual é o algarismo das unidades de 7²⁰²⁵?' },
    { from: 'livia', at: on(1, '15:10'), text: 'comecei a fazer: 7, 49, 343, 2401, 16807… o final repete 7, 9, 3, 1!' },
    { from: 'mateus', at: on(1, '15:18'), replyTo: 'seven', text: 'repete de 4 em 4. 2025 dividido por 4 deixa resto 1, então termina em **7**', reactions: [['🔥', ['livia', 'isadora', 'samuel']]] },
    { from: 'caio', at: on(1, '16:00'), text: 'Redondo! @{livia} achou o padrão e @{mateus} fechou a conta. Segunda tem mais.' },
  ],
};

/** Clube de leitura: Torto arado. */
// biome-ignore format: one message a line reads like the conversation it is
export const READING: Talk = {
  said: [
    { from: 'otavio', at: on(20, '10:00'), text: 'Começamos *Torto arado*, de Itamar Vieira Junior. Regra do clube: **sem spoiler** do que ainda não foi lido. Um capítulo a cada quatro dias.', reactions: [['📚', ['thaina', 'wesley', 'luciana', 'dores']]] },
    { from: 'thaina', at: on(18, '19:30'), text: 'o primeiro capítulo já me deixou sem ar' },
    { from: 'dores', at: on(18, '21:15'), text: 'Eu sou do interior da Bahia e ouvi minha mãe falando em cada página. A casa de barro, o terreiro, tudo.', reactions: [['❤️', ['otavio', 'thaina', 'wesley', 'luciana', 'heloisa']]] },
    { from: 'wesley', at: on(18, '21:20'), text: 'dona Dores, a senhora podia contar isso no encontro!' },
    { from: 'dores', at: on(18, '21:24'), text: 'Conto sim, com muito gosto.' },
    { from: 'heloisa', at: on(12, '17:00'), text: 'A forma como as duas irmãs se entendem sem falar é muito bonita' },
    { from: 'otavio', at: on(12, '17:20'), text: 'Reparem em quem está contando a história nesta parte. O nome da narradora aparece?' },
    { from: 'luciana', at: on(11, '22:05'), text: 'É a Bibiana. Só percebi na segunda leitura 😄' },
    { from: 'wesley', at: on(4, '18:10'), text: 'estou no capítulo 5, alguém mais?' },
    { from: 'thaina', at: on(4, '18:12'), text: 'eu! vamos comentar só até ele' },
    { from: 'otavio', at: on(2, '09:40'), text: 'Encontro na biblioteca, às 18h30, para o pessoal da noite também poder vir. Tem bolo de fubá.', reactions: [['🌽', ['dores', 'luciana', 'wesley', 'thaina']]] },
  ],
};

/** Grêmio estudantil, by invitation. */
// biome-ignore format: one message a line reads like the conversation it is
export const COUNCIL: Talk = {
  said: [
    { from: 'rosangela', at: on(19, '10:00'), text: 'Sala da diretoria do grêmio. Acompanho vocês por aqui; as decisões são de vocês.' },
    { from: 'yasmin', at: on(19, '15:00'), text: 'Pauta da primeira reunião:\n\n1. interclasses\n2. bebedouro do bloco B\n3. sarau' },
    { from: 'luisa', at: on(19, '15:10'), text: 'quero incluir a semana dos povos indígenas, com comida e contação de histórias', reactions: [['❤️', ['yasmin', 'rafael', 'rosangela', 'joao']]] },
    { from: 'yasmin', at: on(19, '15:12'), text: 'incluída como item 4!' },
    { from: 'joao', at: on(13, '18:00'), text: 'o bebedouro: falei com a zeladoria e trocam o filtro até o fim do mês' },
    { from: 'rafael', at: on(13, '18:05'), text: 'boa João, ninguém aguentava mais a fila do outro' },
    { from: 'ana', at: on(12, '16:10'), text: 'O site do grêmio já tem equipe: eu, Davi, Júlia e Samuel' },
    { from: 'yasmin', at: on(6, '17:00'), text: 'votação do tema do sarau: 👍 para “o bairro”, 🌙 para “a noite”', reactions: [['👍', ['ana', 'rafael', 'luisa']], ['🌙', ['joao']]] },
    { from: 'yasmin', at: on(5, '17:00'), key: 'theme', text: 'Deu “o bairro”, 3 a 1. João, você abre o sarau como consolação 😂' },
    { from: 'joao', at: on(5, '17:04'), replyTo: 'theme', text: 'aceito com honra' },
  ],
};

/** Xadrez no recreio. */
// biome-ignore format: one message a line reads like the conversation it is
export const CHESS: Talk = {
  said: [
    { from: 'akira', at: on(17, '12:00'), text: 'Tabuleiros montados no pátio todo dia no intervalo. Quem nunca jogou é muito bem-vindo!' },
    { from: 'livia', at: on(17, '16:00'), key: 'scholar', text: 'levei um xeque-mate em quatro lances 😭 como evita?' },
    { from: 'akira', at: on(17, '16:10'), replyTo: 'scholar', text: 'É o *mate do pastor*. Depois de\n\n```\n1. e4 e5\n2. Bc4 Cc6\n3. Dh5\n```\njogue **3… g6**: ataca a dama e fecha o caminho para f7.', reactions: [['♟️', ['livia', 'pedro', 'mateus']]] },
    { from: 'livia', at: on(16, '12:45'), text: 'funcionou hoje!! o Pedro ficou olhando sem entender' },
    { from: 'pedro', at: on(16, '12:50'), text: 'foi injusto kkkkk quero revanche' },
    { from: 'mateus', at: on(8, '13:00'), text: 'pode rocar se o rei está em xeque?' },
    { from: 'akira', at: on(8, '13:08'), text: 'Não pode. Nem se o rei passar por uma casa atacada, nem se o rei ou aquela torre já tiver se mexido.', reactions: [['👍', ['mateus', 'alice']]] },
    { from: 'alice', at: on(3, '12:20'), text: 'faz um torneio? 🏆' },
    { from: 'akira', at: on(3, '12:25'), text: 'Faço! Quem quer entra com ♟️ aqui embaixo.', reactions: [['♟️', ['livia', 'pedro', 'mateus', 'alice', 'samuel']]] },
  ],
};

/** EJA noturno, conversa geral. */
// biome-ignore format: one message a line reads like the conversation it is
export const EVENING: Talk = {
  said: [
    { from: 'ivone', at: on(15, '19:00'), text: 'Boa noite, turma! Sala do nosso curso. Escrevam quando der, até no ônibus. Ninguém precisa ter pressa.', reactions: [['🙏', ['dores', 'airton', 'luciana', 'cicero', 'ediane', 'valdir']]] },
    { from: 'airton', at: on(15, '22:10'), text: 'Boa noite professora, saí do serviço agora. Qual era o exercício?' },
    { from: 'ivone', at: on(15, '22:14'), text: 'Uma panela custa R$ 240 e tem 15% de desconto. Quanto fica?' },
    { from: 'luciana', at: on(14, '07:05'), text: '10% é 24. Metade disso é 5%, 12. Então 36 de desconto, fica **R$ 204**', reactions: [['👏', ['ivone', 'airton', 'ediane']]] },
    { from: 'airton', at: on(14, '07:20'), text: 'Do jeito da Luciana eu entendi melhor que na calculadora' },
    { from: 'valdir', at: on(9, '21:40'), key: 'stove', text: 'Vi um fogão de 900 à vista ou 12 vezes de 89. Compensa?' },
    { from: 'ediane', at: on(9, '21:48'), replyTo: 'stove', text: '12 × 89 = 1068. Paga 168 a mais' },
    { from: 'ivone', at: on(9, '21:55'), replyTo: 'stove', text: 'E 168 sobre 900 dá uns 18,7% a mais. Se der para juntar o dinheiro antes, compensa esperar.', reactions: [['💡', ['valdir', 'cicero']]] },
    { from: 'valdir', at: on(9, '22:00'), text: 'Vou esperar o décimo terceiro então 😄' },
    { from: 'cicero', at: on(5, '20:15'), text: 'Não vou conseguir ir hoje, peguei plantão. Alguém me passa o que deu na aula?' },
    { from: 'dores', at: on(5, '22:20'), text: 'Medidas da obra: 1 m² de piso, quantas peças de 50 por 50 cm? São 4. Anotei tudo, amanhã te mostro.', reactions: [['❤️', ['cicero', 'ivone']]] },
    { from: 'ediane', at: 210, text: 'Ajudei minha filha com a lição de porcentagem hoje. Primeira vez na vida 🥹', reactions: [['❤️', ['luciana', 'dores', 'ivone', 'airton', 'valdir']], ['👏', ['cicero']]] },
    { from: 'ivone', at: 160, text: 'Ediane, você me fez chorar na cozinha. Parabéns! 💛' },
  ],
};

/** Sala dos professores, by invitation. */
// biome-ignore format: one message a line reads like the conversation it is
export const STAFF: Talk = {
  said: [
    { from: 'rosangela', at: on(18, '07:30'), text: 'Bom dia, equipe. Conselho de classe na próxima semana; tragam **um** elogio concreto para cada estudante.', reactions: [['❤️', ['helena', 'claudia', 'raimundo', 'renata']]] },
    { from: 'ubirajara', at: on(18, '12:10'), text: 'Gostei. Elogio com data e fonte, como pede a História 😄' },
    { from: 'marcelo', at: on(10, '09:00'), text: 'Dica da semana: em cada sala vocês podem silenciar alguém por um tempo, com motivo. A pessoa lê o motivo e continua lendo a sala.' },
    { from: 'claudia', at: on(10, '09:20'), text: 'Até hoje uma conversa resolveu, mas bom saber.' },
    { from: 'renata', at: on(5, '16:30'), text: 'O 9º B fez um programa que confere a lista da Helena. Matemática e programação conversando sozinhas!' },
    { from: 'helena', at: on(5, '16:44'), text: 'E a @{claudia} precisa ler as explicações deles: argumentação pura.', reactions: [['😍', ['claudia', 'renata']]] },
    { from: 'raimundo', at: on(3, '12:00'), key: 'harvest', text: 'Primeira colheita da horta vai ser daqui a três semanas. Quem cede uma aula para a gente montar o lanche?' },
    { from: 'claudia', at: on(3, '12:12'), replyTo: 'harvest', text: 'Cedo a minha, e eles escrevem a receita.' },
    { from: 'rosangela', at: 170, text: '@{helena}, você pode apresentar o grupo de estudo da biblioteca no conselho? Foi ideia dos próprios alunos.' },
    { from: 'otavio', at: 88, text: 'A mesa grande está reservada para eles até o fim do bimestre.' },
  ],
  readUpTo: { helena: 'harvest' },
};
