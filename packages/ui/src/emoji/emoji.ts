import { foldText, matchesText } from '../i18n/fold.ts';
import { knownLanguage, type Language, languages } from '../i18n/languages.ts';

/** The shelves of the picker. */
export type EmojiShelf = 'faces' | 'people' | 'school' | 'nature' | 'food' | 'play' | 'signs';

/** An emoji with its name and a few more words for the search, in each language. */
export type Emoji = { char: string; words: Readonly<Record<Language, string>>; shelf: EmojiShelf };

/** Each line: the emoji, its Portuguese name and search words after a comma, the same in English and in Spanish. */
const shelves: Record<EmojiShelf, string> = {
  faces: `😀|rosto sorridente, feliz|grinning face, happy|cara sonriente, feliz
😃|rosto alegre, feliz|smiling face, happy|cara alegre, feliz
😄|sorriso com olhos, feliz|grinning with eyes, happy|sonrisa con ojos, feliz
😁|sorriso largo|beaming face|sonrisa amplia
😆|gargalhada|laughing|carcajada
😅|sorriso com suor, ufa|grinning with sweat, phew|sonrisa con sudor, uf
😂|chorando de rir, kkk|tears of joy, lol|llorando de risa, jaja
🤣|rolando de rir, kkk|rolling on the floor laughing|rodando de risa, jaja
🙂|sorriso leve|slight smile|sonrisa leve
🙃|de cabeça para baixo|upside-down face|cabeza abajo
😉|piscadela|wink|guiño
😊|sorriso tímido|smiling with blush|sonrisa tímida
😇|anjo|angel, halo|ángel
🥰|apaixonado, amor|smiling with hearts, love|enamorado, amor
😍|olhos de coração, amor|heart eyes, love|ojos de corazón, amor
🤩|olhos de estrela, uau|star-struck, wow|ojos de estrella, guau
😋|delícia|yum, delicious|delicioso, rico
😜|língua e piscadela|winking with tongue|lengua y guiño
🤔|pensando, hum|thinking, hmm|pensando, mmm
🤨|sobrancelha levantada|raised eyebrow|ceja levantada
😐|neutro|neutral face|neutral
🙄|revirando os olhos|eye roll|ojos en blanco
😬|careta|grimace|mueca
😴|dormindo, sono|sleeping|durmiendo, sueño
🤓|nerd, estudioso|nerd, studious|nerd, estudioso
😎|óculos escuros, legal|sunglasses, cool|lentes oscuros, genial
🥳|festa, parabéns|party face, celebration|fiesta, felicidades
😕|confuso|confused|confundido
🫤|incerto|unsure, diagonal mouth|inseguro
😟|preocupado|worried|preocupado
😮|surpreso, uau|surprised, wow|sorprendido, guau
😲|espantado|astonished|asombrado
🥺|por favor|pleading|por favor
😢|choro, triste|crying, sad|llanto, triste
😭|chorando muito|loudly crying, sob|llorando mucho
😱|grito de medo|screaming, fear|grito de miedo
😓|suor frio|downcast with sweat|sudor frío
😩|cansado|weary, tired|cansado
🥱|bocejo, sono|yawning|bostezo, sueño
😤|bufando|huffing|resoplando
😡|zangado, raiva|angry|enojado, rabia
🤯|cabeça explodindo, uau|mind blown|cabeza que explota, guau
😳|corado, vergonha|flushed, embarrassed|sonrojado, vergüenza
🤒|doente|sick, thermometer|enfermo
🤗|abraço|hugging|abrazo
🫶|mãos em coração, amor|heart hands, love|manos en corazón, amor
🤫|silêncio|shushing, quiet|silencio
🫡|continência, sim senhor|salute|saludo militar, a la orden
🤖|robô|robot|robot
👻|fantasma|ghost|fantasma`,
  people: `👍|polegar para cima, joinha, sim|thumbs up, yes|pulgar arriba, sí
👎|polegar para baixo, não|thumbs down, no|pulgar abajo, no
👏|palmas, parabéns|clapping, applause|aplausos, felicidades
🙌|mãos para cima, viva|raised hands, hooray|manos arriba, viva
🙏|mãos juntas, obrigado, por favor|folded hands, thanks, please|manos juntas, gracias, por favor
🤝|aperto de mãos, combinado|handshake, deal|apretón de manos, trato
✋|mão levantada, dúvida|raised hand, question|mano levantada, pregunta, duda
👋|aceno, oi, tchau|waving, hi, bye|saludo con la mano, hola, adiós
👌|ok, perfeito|ok hand, perfect|ok, perfecto
✌️|paz e amor|victory hand, peace|paz y amor
🤞|dedos cruzados, sorte|crossed fingers, luck|dedos cruzados, suerte
🤙|me liga, hang loose|call me hand|llámame
👈|apontando para a esquerda|pointing left|señalando a la izquierda
👉|apontando para a direita|pointing right|señalando a la derecha
👆|apontando para cima|pointing up|señalando arriba
👇|apontando para baixo|pointing down|señalando abajo
💪|força, músculo|strong, muscle|fuerza, músculo
✍️|escrevendo|writing hand|escribiendo
👀|olhos, olhando|eyes, looking|ojos, mirando
🧠|cérebro|brain|cerebro
🙋|pessoa com a mão levantada|person raising hand|persona con la mano levantada
🤷|sei lá, dar de ombros|shrug|no sé, encogerse de hombros
🤦|mão no rosto|facepalm|mano en la cara
🙅|não, braços cruzados|no gesture|no, brazos cruzados
🙆|ok com os braços|ok gesture|ok con los brazos
🧑‍🎓|estudante|student|estudiante
🧑‍🏫|docente, professor, professora|teacher|docente, profesor, profesora
🧑‍💻|programando, computador|technologist, coding|programando, computadora
🧑‍🔬|cientista|scientist|científico, científica, ciencia
🧑‍🎨|artista|artist|artista`,
  school: `📚|livros, estudar|books, study|libros, estudiar
📖|livro aberto, ler|open book, reading|libro abierto, leer
📝|anotação, prova|memo, test|apunte, examen
✏️|lápis|pencil|lápiz
🖊️|caneta|pen|bolígrafo, pluma
🖍️|giz de cera|crayon|crayón
📐|esquadro, geometria|triangular ruler, geometry|escuadra, geometría
📏|régua|ruler|regla
🧮|ábaco, conta|abacus, maths|ábaco, cuentas
🔬|microscópio, ciência|microscope, science|microscopio, ciencia
🔭|telescópio|telescope|telescopio
🧪|tubo de ensaio, química|test tube, chemistry|tubo de ensayo, química
🧬|dna, biologia|dna, biology|adn, biología
🌍|globo, geografia|globe, geography|globo terráqueo, geografía
🗺️|mapa|map|mapa
🎒|mochila|backpack|mochila
🏫|escola|school|escuela
🎓|formatura|graduation|graduación
💻|notebook, computador|laptop, computer|computadora portátil, laptop
⌨️|teclado|keyboard|teclado
🔎|lupa, procurar|magnifier, search|lupa, buscar
📎|clipe, anexo|paperclip, attachment|clip, adjunto
📌|alfinete, fixar|pin|chinche, fijar
📅|calendário, data|calendar, date|calendario, fecha
⏰|despertador, hora|alarm clock, time|despertador, hora
⏳|ampulheta, esperando|hourglass, waiting|reloj de arena, esperando
🔔|sino, aviso|bell, notice|campana, aviso
💡|lâmpada, ideia|light bulb, idea|foco, bombilla, idea
🎯|alvo, na mosca|bullseye, target|diana, en el blanco
🏆|troféu|trophy|trofeo`,
  nature: `🌱|muda, planta|seedling, plant|brote, planta
🌳|árvore|tree|árbol
🌻|girassol, flor|sunflower|girasol, flor
🌸|flor|blossom|flor
🍀|trevo, sorte|clover, luck|trébol, suerte
☀️|sol|sun|sol
🌧️|chuva|rain|lluvia
🌈|arco-íris|rainbow|arcoíris
⭐|estrela|star|estrella
🌙|lua|moon|luna
⚡|raio|lightning|rayo
🔥|fogo|fire|fuego
💧|gota, água|droplet, water|gota, agua
🌊|onda, mar|wave, sea|ola, mar
🐶|cachorro|dog|perro
🐱|gato|cat|gato
🦜|papagaio|parrot|loro
🦋|borboleta|butterfly|mariposa
🐢|tartaruga|turtle|tortuga
🐝|abelha|bee|abeja`,
  food: `☕|café|coffee|café
🍎|maçã|apple|manzana
🍌|banana|banana|plátano, banana
🥪|sanduíche, lanche|sandwich, snack|sándwich, merienda
🍕|pizza|pizza|pizza
🍿|pipoca|popcorn|palomitas
🍰|bolo|cake|pastel, torta
🎂|bolo de aniversário|birthday cake|pastel de cumpleaños
🧃|suco de caixinha|juice box|jugo en caja
🍫|chocolate|chocolate|chocolate`,
  play: `⚽|bola de futebol|soccer ball, football|balón de fútbol, pelota
🏀|basquete|basketball|básquetbol, baloncesto
🏐|vôlei|volleyball|voleibol
🎲|dado, jogo|die, game|dado, juego
🎮|videogame|video game|videojuego
🎨|pintura, arte|palette, art|pintura, arte
🎵|nota musical, música|musical note|nota musical, música
🎸|violão, guitarra|guitar|guitarra
🎬|claquete, vídeo|clapper board, video|claqueta, video
📷|câmera, foto|camera, photo|cámara, foto
🎉|festa, parabéns, confete|party popper, congratulations|fiesta, felicidades, confeti
🎈|balão|balloon|globo
🎁|presente|gift|regalo
🚀|foguete|rocket|cohete
🧩|quebra-cabeça|puzzle|rompecabezas`,
  signs: `❤️|coração, amor|heart, love|corazón, amor
💙|coração azul|blue heart|corazón azul
💚|coração verde|green heart|corazón verde
💛|coração amarelo|yellow heart|corazón amarillo
💜|coração roxo|purple heart|corazón morado
💔|coração partido|broken heart|corazón roto
💯|cem, nota dez|hundred points|cien, nota máxima
✅|feito, certo|check mark, done|hecho, correcto
✔️|visto, certo|tick, correct|visto, correcto
❌|errado, não|cross mark, wrong|error, no
❗|exclamação, importante|exclamation, important|exclamación, importante
❓|interrogação, dúvida|question mark|pregunta, duda
➕|mais, somar|plus|más, sumar
➖|menos|minus|menos
✖️|vezes|multiply|por, multiplicar
➗|dividir|divide|dividir
♾️|infinito|infinity|infinito
✨|brilhos|sparkles|brillos
💬|balão de fala, conversa|speech balloon, chat|globo de diálogo, conversación
🔗|corrente, link|link|cadena, enlace
🔒|cadeado|lock|candado
⚠️|atenção, cuidado|warning|atención, cuidado
♻️|reciclar|recycle|reciclar
🆗|ok|ok|ok
🇧🇷|Brasil, bandeira|Brazil, flag|Brasil, bandera`,
};

/** The curated emojis, in the order of the shelves. Drawn by the system. */
export const emojis: readonly Emoji[] = (Object.keys(shelves) as EmojiShelf[]).flatMap((shelf) =>
  shelves[shelf].split('\n').map((line) => {
    const [char = '', pt = '', en = '', es = ''] = line.split('|');
    return { char, words: { 'pt-BR': pt, en, es }, shelf };
  }),
);

const byChar = new Map(emojis.map((emoji) => [emoji.char, emoji]));

/** What an emoji is called; itself when it is not among ours. */
export function emojiName(char: string, locale: string): string {
  const emoji = byChar.get(char);
  if (!emoji) return char;
  return emoji.words[knownLanguage(locale) ?? languages[0]].split(',')[0] ?? char;
}

/** Emojis by words of any language, accent-blind; all of them for an empty query. */
export function findEmojis(query: string): readonly Emoji[] {
  const wanted = query.trim().replace(/^:|:$/g, '');
  if (wanted === '') return emojis;
  const found = emojis.filter(
    ({ char, words }) => char === wanted || Object.values(words).some((said) => matchesText(said, wanted)),
  );
  // Who is called just so comes first, then those whose name begins so: “heart” is the heart before it is a face with hearts
  const folded = foldText(wanted);
  const rank = ({ words }: Emoji): number => {
    const names = Object.values(words);
    if (
      names
        .join()
        .split(',')
        .some((name) => foldText(name) === folded)
    )
      return 2;
    return names.some((said) => foldText(said).startsWith(folded)) ? 1 : 0;
  };
  return found
    .map((emoji) => ({ emoji, rank: rank(emoji) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ emoji }) => emoji);
}
