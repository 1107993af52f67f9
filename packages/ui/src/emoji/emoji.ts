import { foldText, matchesText } from '../i18n/fold.ts';

/** The shelves of the picker. */
export type EmojiShelf = 'faces' | 'people' | 'school' | 'nature' | 'food' | 'play' | 'signs';

/** An emoji with its name and a few more words for the search, in both languages. */
export type Emoji = { char: string; pt: string; en: string; shelf: EmojiShelf };

/** Each line: the emoji, its Portuguese name and search words after a comma, the same in English. */
const shelves: Record<EmojiShelf, string> = {
  faces: `😀|rosto sorridente, feliz|grinning face, happy
😃|rosto alegre, feliz|smiling face, happy
😄|sorriso com olhos, feliz|grinning with eyes, happy
😁|sorriso largo|beaming face
😆|gargalhada|laughing
😅|sorriso com suor, ufa|grinning with sweat, phew
😂|chorando de rir, kkk|tears of joy, lol
🤣|rolando de rir, kkk|rolling on the floor laughing
🙂|sorriso leve|slight smile
🙃|de cabeça para baixo|upside-down face
😉|piscadela|wink
😊|sorriso tímido|smiling with blush
😇|anjo|angel, halo
🥰|apaixonado, amor|smiling with hearts, love
😍|olhos de coração, amor|heart eyes, love
🤩|olhos de estrela, uau|star-struck, wow
😋|delícia|yum, delicious
😜|língua e piscadela|winking with tongue
🤔|pensando, hum|thinking, hmm
🤨|sobrancelha levantada|raised eyebrow
😐|neutro|neutral face
🙄|revirando os olhos|eye roll
😬|careta|grimace
😴|dormindo, sono|sleeping
🤓|nerd, estudioso|nerd, studious
😎|óculos escuros, legal|sunglasses, cool
🥳|festa, parabéns|party face, celebration
😕|confuso|confused
🫤|incerto|unsure, diagonal mouth
😟|preocupado|worried
😮|surpreso, uau|surprised, wow
😲|espantado|astonished
🥺|por favor|pleading
😢|choro, triste|crying, sad
😭|chorando muito|loudly crying, sob
😱|grito de medo|screaming, fear
😓|suor frio|downcast with sweat
😩|cansado|weary, tired
🥱|bocejo, sono|yawning
😤|bufando|huffing
😡|zangado, raiva|angry
🤯|cabeça explodindo, uau|mind blown
😳|corado, vergonha|flushed, embarrassed
🤒|doente|sick, thermometer
🤗|abraço|hugging
🫶|mãos em coração, amor|heart hands, love
🤫|silêncio|shushing, quiet
🫡|continência, sim senhor|salute
🤖|robô|robot
👻|fantasma|ghost`,
  people: `👍|polegar para cima, joinha, sim|thumbs up, yes
👎|polegar para baixo, não|thumbs down, no
👏|palmas, parabéns|clapping, applause
🙌|mãos para cima, viva|raised hands, hooray
🙏|mãos juntas, obrigado, por favor|folded hands, thanks, please
🤝|aperto de mãos, combinado|handshake, deal
✋|mão levantada, dúvida|raised hand, question
👋|aceno, oi, tchau|waving, hi, bye
👌|ok, perfeito|ok hand, perfect
✌️|paz e amor|victory hand, peace
🤞|dedos cruzados, sorte|crossed fingers, luck
🤙|me liga, hang loose|call me hand
👈|apontando para a esquerda|pointing left
👉|apontando para a direita|pointing right
👆|apontando para cima|pointing up
👇|apontando para baixo|pointing down
💪|força, músculo|strong, muscle
✍️|escrevendo|writing hand
👀|olhos, olhando|eyes, looking
🧠|cérebro|brain
🙋|pessoa com a mão levantada|person raising hand
🤷|sei lá, dar de ombros|shrug
🤦|mão no rosto|facepalm
🙅|não, braços cruzados|no gesture
🙆|ok com os braços|ok gesture
🧑‍🎓|estudante|student
🧑‍🏫|docente, professor, professora|teacher
🧑‍💻|programando, computador|technologist, coding
🧑‍🔬|cientista|scientist
🧑‍🎨|artista|artist`,
  school: `📚|livros, estudar|books, study
📖|livro aberto, ler|open book, reading
📝|anotação, prova|memo, test
✏️|lápis|pencil
🖊️|caneta|pen
🖍️|giz de cera|crayon
📐|esquadro, geometria|triangular ruler, geometry
📏|régua|ruler
🧮|ábaco, conta|abacus, maths
🔬|microscópio, ciência|microscope, science
🔭|telescópio|telescope
🧪|tubo de ensaio, química|test tube, chemistry
🧬|dna, biologia|dna, biology
🌍|globo, geografia|globe, geography
🗺️|mapa|map
🎒|mochila|backpack
🏫|escola|school
🎓|formatura|graduation
💻|notebook, computador|laptop, computer
⌨️|teclado|keyboard
🔎|lupa, procurar|magnifier, search
📎|clipe, anexo|paperclip, attachment
📌|alfinete, fixar|pin
📅|calendário, data|calendar, date
⏰|despertador, hora|alarm clock, time
⏳|ampulheta, esperando|hourglass, waiting
🔔|sino, aviso|bell, notice
💡|lâmpada, ideia|light bulb, idea
🎯|alvo, na mosca|bullseye, target
🏆|troféu|trophy`,
  nature: `🌱|muda, planta|seedling, plant
🌳|árvore|tree
🌻|girassol, flor|sunflower
🌸|flor|blossom
🍀|trevo, sorte|clover, luck
☀️|sol|sun
🌧️|chuva|rain
🌈|arco-íris|rainbow
⭐|estrela|star
🌙|lua|moon
⚡|raio|lightning
🔥|fogo|fire
💧|gota, água|droplet, water
🌊|onda, mar|wave, sea
🐶|cachorro|dog
🐱|gato|cat
🦜|papagaio|parrot
🦋|borboleta|butterfly
🐢|tartaruga|turtle
🐝|abelha|bee`,
  food: `☕|café|coffee
🍎|maçã|apple
🍌|banana|banana
🥪|sanduíche, lanche|sandwich, snack
🍕|pizza|pizza
🍿|pipoca|popcorn
🍰|bolo|cake
🎂|bolo de aniversário|birthday cake
🧃|suco de caixinha|juice box
🍫|chocolate|chocolate`,
  play: `⚽|bola de futebol|soccer ball, football
🏀|basquete|basketball
🏐|vôlei|volleyball
🎲|dado, jogo|die, game
🎮|videogame|video game
🎨|pintura, arte|palette, art
🎵|nota musical, música|musical note
🎸|violão, guitarra|guitar
🎬|claquete, vídeo|clapper board, video
📷|câmera, foto|camera, photo
🎉|festa, parabéns, confete|party popper, congratulations
🎈|balão|balloon
🎁|presente|gift
🚀|foguete|rocket
🧩|quebra-cabeça|puzzle`,
  signs: `❤️|coração, amor|heart, love
💙|coração azul|blue heart
💚|coração verde|green heart
💛|coração amarelo|yellow heart
💜|coração roxo|purple heart
💔|coração partido|broken heart
💯|cem, nota dez|hundred points
✅|feito, certo|check mark, done
✔️|visto, certo|tick, correct
❌|errado, não|cross mark, wrong
❗|exclamação, importante|exclamation, important
❓|interrogação, dúvida|question mark
➕|mais, somar|plus
➖|menos|minus
✖️|vezes|multiply
➗|dividir|divide
♾️|infinito|infinity
✨|brilhos|sparkles
💬|balão de fala, conversa|speech balloon, chat
🔗|corrente, link|link
🔒|cadeado|lock
⚠️|atenção, cuidado|warning
♻️|reciclar|recycle
🆗|ok|ok
🇧🇷|Brasil, bandeira|Brazil, flag`,
};

/** The curated emojis, in the order of the shelves. Drawn by the system. */
export const emojis: readonly Emoji[] = (Object.keys(shelves) as EmojiShelf[]).flatMap((shelf) =>
  shelves[shelf].split('\n').map((line) => {
    const [char = '', pt = '', en = ''] = line.split('|');
    return { char, pt, en, shelf };
  }),
);

/** Those that a teacher and a class answer with most. */
export const quickEmojis: readonly string[] = ['👍', '❤️', '😂', '🙌', '💡', '✅'];

const byChar = new Map(emojis.map((emoji) => [emoji.char, emoji]));

/** What an emoji is called; itself when it is not among ours. */
export function emojiName(char: string, locale: string): string {
  const emoji = byChar.get(char);
  if (!emoji) return char;
  return (locale.startsWith('pt') ? emoji.pt : emoji.en).split(',')[0] ?? char;
}

/** Emojis by words of either language, accent-blind; all of them for an empty query. */
export function findEmojis(query: string): readonly Emoji[] {
  const wanted = query.trim().replace(/^:|:$/g, '');
  if (wanted === '') return emojis;
  const found = emojis.filter(
    (emoji) => emoji.char === wanted || matchesText(emoji.pt, wanted) || matchesText(emoji.en, wanted),
  );
  // Those whose name begins so come first: “coração” is the heart before it is a face with hearts
  const folded = foldText(wanted);
  const begins = ({ pt, en }: Emoji) => foldText(pt).startsWith(folded) || foldText(en).startsWith(folded);
  return [...found.filter(begins), ...found.filter((emoji) => !begins(emoji))];
}
