/** The rooms of Biologia, 9º B. */
import { on, type Talk } from './said.ts';

/** Aula 12, Mitose e meiose. */
// biome-ignore format: one message a line reads like the conversation it is
export const MITOSIS: Talk = {
  said: [
    { from: 'raimundo', at: on(5, '10:05'), text: 'Pessoal, a **aula 12** compara as duas divisões da célula. Assistam com uma pergunta na cabeça: *quantas células saem e com quantos cromossomos?*', reactions: [['🔬', ['emanuelly', 'isadora', 'luisa', 'ana']]] },
    { from: 'isadora', at: on(5, '11:10'), text: 'mitose: 1 célula vira 2 iguais, com o mesmo número de cromossomos. meiose: 1 vira 4, cada uma com a metade' },
    { from: 'raimundo', at: on(5, '11:22'), text: 'Exato, @{isadora}. No corpo humano: 46 → 46 na mitose e 46 → 23 na meiose.', reactions: [['👍', ['isadora', 'miguel', 'ana']]] },
    { from: 'ryan', at: on(5, '11:30'), key: 'why23', text: 'por que precisa ser metade?' },
    { from: 'luisa', at: on(5, '11:34'), replyTo: 'why23', text: 'porque na fecundação os dois gametas se juntam: 23 + 23 = 46. se não fosse metade, ia dobrar a cada geração' },
    { from: 'ryan', at: on(5, '11:35'), text: 'faz total sentido' },
    { from: 'nicole', at: on(5, '15:02'), text: 'alguém tem um jeito de lembrar as fases?' },
    { from: 'heloisa', at: on(5, '15:06'), key: 'phases', text: '**Prometa Ana Telefonar** 📞\n\n1. **Pró**fase\n2. **Metá**fase\n3. **Aná**fase\n4. **Teló**fase', reactions: [['😂', ['nicole', 'ana', 'kaua']], ['❤️', ['alice', 'vitoria', 'raimundo']]] },
    { from: 'ana', at: on(5, '15:10'), replyTo: 'phases', text: 'prometo 😂' },
    { from: 'kaua', at: on(4, '10:15'), text: 'e a interfase é o quê? descanso da célula?' },
    { from: 'akira', at: on(4, '10:22'), text: 'Parece descanso, mas é quando ela mais trabalha: cresce, produz proteínas e **duplica o DNA**. Sem isso não haveria o que dividir.', reactions: [['🤯', ['kaua', 'joao']]] },
    { from: 'emanuelly', at: on(4, '14:30'), text: 'Nossa lâmina da raiz da cebola ficou linda! Contamos 41 células em interfase e 9 em divisão' },
    { from: 'miguel', at: on(4, '14:33'), text: 'a nossa ficou grossa demais, não deu pra ver nada 😢' },
    { from: 'raimundo', at: on(4, '14:50'), text: 'Acontece, @{miguel}. O segredo é usar só a pontinha da raiz, onde as células se dividem mais, e esmagar de leve. Amanhã vocês repetem com a minha ajuda.', reactions: [['🙏', ['miguel', 'ryan']]] },
    { from: 'sofia', at: on(2, '16:40'), key: 'anaphase', text: 'dúvida: na anáfase quem se separa, os cromossomos homólogos ou as cromátides?' },
    { from: 'akira', at: on(2, '16:47'), replyTo: 'anaphase', text: 'Depende de qual anáfase!\n\n- mitose: **cromátides-irmãs**\n- meiose, anáfase I: **homólogos**\n- meiose, anáfase II: **cromátides-irmãs**', reactions: [['💯', ['sofia', 'isadora', 'raimundo']]] },
    { from: 'sofia', at: on(2, '16:49'), text: 'vou fazer um cartaz disso', key: 'poster' },
    { from: 'isadora', at: on(2, '16:55'), inThread: 'poster', text: 'faço com você! posso desenhar as células?' },
    { from: 'sofia', at: on(2, '16:58'), inThread: 'poster', text: 'siiim 🎨 cartolina azul ou branca?' },
    { from: 'ana', at: on(2, '17:01'), inThread: 'poster', text: 'Tenho uma branca sobrando, levo amanhã pra vocês', reactions: [['💛', ['sofia', 'isadora']]] },
    { from: 'ana', at: on(2, '17:05'), text: 'E o crossing-over é na prófase I, certo?' },
    { from: 'raimundo', at: on(1, '09:10'), text: 'Certo, @{ana}: na prófase I da meiose, os homólogos trocam pedaços. É um dos motivos de irmãos não serem iguais.', reactions: [['🧬', ['ana', 'sofia', 'luisa']]] },
  ],
};

/** Projeto: horta da escola. */
// biome-ignore format: one message a line reads like the conversation it is
export const GARDEN: Talk = {
  said: [
    { from: 'raimundo', at: on(13, '10:00'), text: 'Está aberta a sala da **horta**! Objetivo do bimestre: três canteiros, uma composteira e nenhum desperdício na cozinha.', reactions: [['🌱', ['emanuelly', 'ana', 'thaina', 'rafael', 'isadora']], ['🎉', ['luisa', 'miguel']]] },
    { from: 'emanuelly', at: on(13, '10:20'), text: 'minha avó tem mudas de manjericão, posso trazer' },
    { from: 'luisa', at: on(13, '10:24'), text: 'Na minha comunidade a gente planta junto o que se ajuda. Dá pra fazer assim aqui também: milho, feijão e abóbora no mesmo canteiro', reactions: [['❤️', ['raimundo', 'rafael', 'ana', 'emanuelly', 'thaina']]] },
    { from: 'raimundo', at: on(13, '10:40'), text: 'Maravilha, @{luisa}! O feijão ajuda a pôr nitrogênio no solo, o milho serve de apoio e a abóbora cobre a terra. Um canteiro será seu projeto.' },
    { from: 'rafael', at: on(13, '11:02'), text: 'eu ajudo ela, lá em casa plantamos também' },
    { from: 'thaina', at: on(10, '12:30'), key: 'list', text: 'Lista do que falta:\n\n- [x] terra\n- [x] regador\n- [ ] enxada pequena\n- [ ] placas com os nomes', edited: 'Lista do que falta:\n\n- terra ✅\n- regador ✅\n- enxada pequena\n- placas com os nomes' },
    { from: 'miguel', at: on(10, '12:33'), replyTo: 'list', text: 'as placas eu faço com palito de picolé' },
    { from: 'akira', at: on(10, '12:40'), replyTo: 'list', text: 'Enxada tem na zeladoria, já pedi emprestada.' },
    { from: 'isadora', at: on(9, '17:00'), text: 'o que pode ir na composteira mesmo?' },
    { from: 'raimundo', at: on(9, '17:12'), text: '**Pode:** casca de fruta e de legume, borra de café, folhas secas, casca de ovo.\n**Não pode:** carne, queijo, óleo, comida temperada.\n\nPara cada balde de resto úmido, dois de folha seca.', reactions: [['👍', ['isadora', 'clara', 'miguel', 'ana']]] },
    { from: 'clara', at: on(9, '17:15'), text: 'vou falar com a cozinha pra separar as cascas' },
    { from: 'ana', at: on(6, '12:05'), text: 'Medi os canteiros: 3 m por 1,20 m cada um. Então são 3,6 m², e os três juntos 10,8 m²', reactions: [['📏', ['emanuelly', 'raimundo']]] },
    { from: 'vitoria', at: on(5, '07:40'), key: 'bugs', text: 'apareceram uns bichinhos verdes na couve 😱' },
    { from: 'rafael', at: on(5, '07:45'), replyTo: 'bugs', text: 'pulgão. se tiver joaninha deixa, ela come tudo', reactions: [['🐞', ['vitoria', 'luisa', 'raimundo', 'emanuelly']]] },
    { from: 'raimundo', at: on(5, '08:00'), replyTo: 'bugs', text: 'O Rafael está certo. Nada de veneno: jato de água nas folhas de baixo e joaninha trabalhando.' },
    { from: 'thaina', at: on(3, '12:20'), text: 'escala da rega desta semana: eu e Miguel de manhã, Clara e Isadora no fim da tarde. no sol forte não pode!' },
    { from: 'pedro', at: on(3, '12:25'), text: 'posso entrar na escala da semana que vem?' },
    { from: 'thaina', at: on(3, '12:26'), text: 'já anotei seu nome 📝' },
    { from: 'ana', at: 420, key: 'seedlings', text: 'Quando a gente planta as mudas de manjericão? Posso ficar depois da aula' },
    { from: 'emanuelly', at: 190, replyTo: 'seedlings', text: 'Pode ser na quinta depois da aula? Levo as mudas de manjericão 🌱' },
    { from: 'akira', at: 181, replyTo: 'seedlings', text: 'Por mim ótimo, o canteiro 2 já está adubado.' },
    { from: 'miguel', at: 150, text: 'as placas ficaram prontas, pintei de amarelo' },
    { from: 'raimundo', at: 32, saved: 'ana', text: 'Quinta está ótimo. Tragam boné e garrafinha de água; eu levo as luvas.', reactions: [['🧤', ['miguel', 'emanuelly']]] },
  ],
  readUpTo: { ana: 'seedlings' },
};

/** Biologia, conversa geral. */
// biome-ignore format: one message a line reads like the conversation it is
export const BIOLOGY: Talk = {
  said: [
    { from: 'raimundo', at: on(29, '09:30'), text: 'Sala geral de Biologia. Viu um bicho ou uma planta que não conhece? Descreva aqui e a turma tenta identificar.' },
    { from: 'joao', at: on(17, '18:00'), text: 'vi um passarinho preto e amarelo no fio perto da quadra, faz um ninho comprido pendurado' },
    { from: 'rafael', at: on(17, '18:06'), text: 'ninho comprido pendurado tem cara de guaxe ou de japu' },
    { from: 'raimundo', at: on(17, '18:20'), text: 'Boa, @{rafael}. Preto com amarelo e ninho em bolsa: pode ser um xexéu. João, se vir de novo, repare na cor do olho e do bico.', reactions: [['🐦', ['joao', 'rafael', 'alice']]] },
    { from: 'joao', at: on(16, '07:20'), text: 'olho claro e bico claro!! anotei no caderno' },
    { from: 'alice', at: on(8, '20:10'), text: 'fungo é planta?' },
    { from: 'larissa', at: on(8, '20:14'), text: 'não! tem um reino só deles. fungo não faz fotossíntese' },
    { from: 'raimundo', at: on(7, '08:30'), text: 'Isso. E, por parentesco, os fungos estão mais perto dos animais do que das plantas.', reactions: [['🍄', ['alice', 'larissa', 'davi', 'sofia']], ['🤯', ['kaua', 'ana']]] },
    { from: 'kaua', at: on(7, '08:41'), text: 'sou primo do cogumelo' },
    { from: 'ana', at: on(7, '08:43'), text: '😂😂' },
  ],
};
