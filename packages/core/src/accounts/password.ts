/** Which passwords are too easy to guess (OWASP ASVS 6.2; NIST SP 800-63B-4 §3.1.1.2): short, common, or the person's own name. */
import { TEXT } from '@recreio/protocol';
import { foldText } from '../text.ts';

/**
 * What people in Brazil and elsewhere choose most, as far as length and the digits put around it do not rule it out already:
 * compared without accents, case, blanks, and without the digits and signs before and behind.
 */
const COMMON = new Set(
  `
senha senhas minhasenha suasenha novasenha senhanova senhaforte senhasegura senhasecreta senhafacil senhapadrao senhamestre senhateste senhaescola
mudar mudarsenha mudeasenha trocar trocarsenha trocasenha alterar acesso entrar entrada login usuario padrao teste testes testando
brasil brasileiro brasileira brasilbrasil portugal saopaulo riodejaneiro belohorizonte fortaleza salvador curitiba recife
flamengo corinthians palmeiras santos vasco gremio cruzeiro botafogo fluminense internacional atletico saopaulofc timao
amor amores meuamor amorzinho amoreterno teamo euteamo teamomuito tequero saudade saudades felicidade feliz alegria esperanca liberdade
deus deusefiel deusmeama deuseamor deusepai jesus jesuscristo jesuseamor jesusteama jesusmeama jesusesenhor senhor nossasenhora espiritosanto aleluia gloria vitoria
familia minhafamilia minhavida minhamae meupai meufilho minhafilha princesa principe bebe gatinha gatinho gostosa lindinha cachorro cachorrinho
escola aescola minhaescola escolaaurora aurora estudante estudar aluno aluna alunos professor professora profe colegio turma sala aula aulas recreio bomrecreio horadorecreio
diretor diretora diretoria secretaria coordenacao administrador administracao administradora admin administrator root
matematica portugues historia geografia biologia quimica fisica educacao faculdade universidade
futebol bola brigadeiro chocolate pizza cerveja estrela estrelinha borboleta girassol arcoiris dragao dragonball naruto pokemon minecraft freefire roblox fortnite
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro segunda terca quarta quinta sexta sabado domingo verao inverno primavera outono
password passwords mypassword newpassword passw passwort passphrase changeme changeit letmein welcome welcomeback iloveyou loveyou lovely
qwerty qwertyui qwertyuiop qwertyuiopasdfghjkl asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qwertz azerty
q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 abc123abc123 a1b2c3d4e5 a1b2c3d4
monkey dragon sunshine princess football baseball basketball superman batman spiderman pikachu starwars trustno master shadow michael jordan jennifer
computer computador internet whatever freedom secret topsecret google facebook instagram whatsapp youtube samsung iphone android windows microsoft
abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk
1234567890 12345678910 0123456789 0987654321 9876543210 1234512345 1234567891 12345678901 123456789012 123123123123 1122334455 1020304050 102030405060 1212121212 1231231231 123321123321 147258369 147258369147 741852963 159357258456 789456123 7894561230 5201314520 3141592653 314159265359 2718281828
`
    .trim()
    .split(/\s+/u),
);

/** The signs that stand for letters in passwords that only look mixed. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Fewer different characters than this are a pattern, not a password. */
const DIFFERENT = 5;
/** Parts of names shorter than this are found in too many honest words. */
const PART = 4;
/** A part of one's name is let be where this much else is in the password. */
const ELSE = 8;

const bare = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
const withoutDigits = (text: string): string => text.replace(/^\p{N}+|\p{N}+$/gu, '');
const spelled = (text: string): string => [...text].map((sign) => STANDS_FOR[sign] ?? sign).join('');

/** Whether each character follows the one before in the alphabet or among the digits, up or down. */
const isRun = (text: string): boolean => {
  const steps = [...text].slice(1).map((sign, i) => (sign.codePointAt(0) ?? 0) - (text.codePointAt(i) ?? 0));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
};

/** The unit a text repeats, or the text itself. */
const unitOf = (text: string): string => /^(.+?)\1+$/u.exec(text)?.[1] ?? text;

/** Whether a password is too easy to guess for this person. */
export const isWeakPassword = (
  password: string,
  person: { readonly name: string | null; readonly email: string | null },
): boolean => {
  if ([...password].length < TEXT.passwordMin) return true;
  const plain = foldText(password).replace(/\s+/gu, '');
  if (new Set(plain).size < DIFFERENT || isRun(plain)) return true;
  const unit = unitOf(plain);
  if (unit !== plain && unit.length < TEXT.passwordMin - 4) return true;
  const forms = [
    plain,
    unit,
    bare(plain),
    unitOf(bare(plain)),
    spelled(bare(plain)),
    bare(spelled(plain)),
    spelled(withoutDigits(plain)),
  ];
  if (forms.some((form) => COMMON.has(form))) return true;
  const words = foldText(person.name ?? '').split(/[^\p{L}\p{N}]+/u);
  const whole = [words.join(''), foldText(person.email ?? '').split('@')[0] ?? ''];
  if (whole.some((name) => name.length >= PART && plain.includes(name))) return true;
  return words.some((word) => word.length >= PART && plain.includes(word) && plain.length - word.length < ELSE);
};
