/** The rooms of Programação web, the elective. */
import { on, type Talk } from './said.ts';

/** Aula 3, Formulários que ajudam. */
// biome-ignore format: one message a line reads like the conversation it is
export const FORMS: Talk = {
  said: [
    { from: 'renata', at: on(6, '14:00'), text: 'Na **aula 3** vamos fazer formulários que ajudam quem preenche. Desafio: um formulário que dê para usar só com o teclado.', reactions: [['⌨️', ['davi', 'julia', 'samuel']]] },
    { from: 'julia', at: on(6, '14:20'), key: 'label', text: 'Por que usar `<label>` se já tem o placeholder?' },
    { from: 'davi', at: on(6, '14:24'), replyTo: 'label', text: 'porque o placeholder some quando você começa a digitar, aí esquece o que era' },
    { from: 'renata', at: on(6, '14:31'), replyTo: 'label', text: 'E porque o leitor de tela anuncia o rótulo. Liguem um no outro:\n\n```html\n<label for="email">E-mail</label>\n<input id="email" type="email" autocomplete="email" required>\n```', reactions: [['👍', ['julia', 'ana', 'emanuelly', 'nicole']]] },
    { from: 'ana', at: on(6, '14:36'), text: 'E clicar no rótulo também leva pro campo! Testei aqui' },
    { from: 'enzo', at: on(6, '14:50'), key: 'reload', text: 'meu botão “mostrar mais” recarrega a página toda vez 😤' },
    { from: 'bianca', at: on(6, '14:55'), replyTo: 'reload', text: 'Dentro de um formulário, botão sem tipo é `submit`. Coloca `type="button"` que ele para de enviar.', reactions: [['🙏', ['enzo']], ['💡', ['gabriel', 'sofia', 'ana']]] },
    { from: 'enzo', at: on(6, '14:57'), text: 'era isso!! perdi meia hora nisso' },
    { from: 'bianca', at: on(6, '14:58'), text: 'Eu já perdi uma tarde inteira com o mesmo botão 😂' },
    { from: 'nicole', at: on(4, '16:10'), text: 'como faço pra só aceitar número de 1 a 10?' },
    { from: 'samuel', at: on(4, '16:13'), text: '`<input type="number" min="1" max="10">`', reactions: [['👍', ['nicole', 'renata']]] },
    { from: 'nicole', at: on(4, '16:15'), text: 'thanks Samuel!' },
    { from: 'samuel', at: on(4, '16:15'), text: 'de nada! 🇧🇷' },
    { from: 'emanuelly', at: on(2, '15:00'), text: 'Agrupei as opções com `<fieldset>` e `<legend>`. Ficou mais organizado, mas a borda é feia kkk' },
    { from: 'renata', at: on(2, '15:12'), text: 'A borda você tira com CSS; o sentido fica:\n\n```css\nfieldset {\n  border: 0;\n  padding: 0;\n}\n```', reactions: [['😍', ['emanuelly']]] },
    { from: 'gabriel', at: 140, key: 'message', text: 'Como mostro a mensagem de erro em português do meu jeito e não a do navegador?' },
    { from: 'davi', at: 122, replyTo: 'message', text: 'acho que tem um `setCustomValidity`, mas não sei usar direito' },
    { from: 'julia', at: 118, replyTo: 'message', text: 'se usar, tem que limpar com texto vazio quando a pessoa corrige, senão o formulário nunca envia', edited: 'se usar, tem que limpar com `setCustomValidity("")` quando a pessoa corrige, senão o formulário nunca envia', reactions: [['💯', ['davi', 'gabriel']]] },
  ],
  readUpTo: { ana: 'message' },
};

/** Projeto: site do grêmio, by invitation. */
// biome-ignore format: one message a line reads like the conversation it is
export const SITE: Talk = {
  said: [
    { from: 'renata', at: on(12, '15:00'), text: 'Equipe do site do grêmio: esta sala é de vocês. Combinem aqui quem faz o quê.' },
    { from: 'ana', at: on(12, '15:08'), key: 'split', text: 'Sugestão:\n\n- Davi: estrutura em HTML\n- Júlia: cores e letras\n- Samuel: página em inglês\n- eu: textos', reactions: [['👍', ['davi', 'julia', 'samuel']]] },
    { from: 'davi', at: on(12, '15:10'), replyTo: 'split', text: 'fechado' },
    { from: 'julia', at: on(11, '18:30'), text: 'testei um cinza claro no fundo branco e não dá pra ler nada no celular no sol' },
    { from: 'bianca', at: on(11, '18:42'), text: 'Boa percepção, @{julia}. Para texto comum, procurem contraste de pelo menos 4,5 para 1. Esta página mede: https://example.org/contraste', reactions: [['🌞', ['julia', 'ana']]] },
    { from: 'julia', at: on(11, '19:05'), text: 'o azul escuro deu 8,6! fica ele' },
    { from: 'davi', at: on(8, '17:20'), text: 'os acentos estão saindo assim: GrÃªmio 😭' },
    { from: 'samuel', at: on(8, '17:24'), text: 'falta `<meta charset="utf-8">` no head' },
    { from: 'davi', at: on(8, '17:26'), text: 'resolveu. Grêmio com acento e tudo', reactions: [['🎉', ['samuel', 'ana', 'julia', 'bianca']]] },
    { from: 'ana', at: on(3, '16:00'), text: 'Textos prontos: quem somos, eventos e contato. No contato coloquei só o e-mail da escola, nada de telefone de aluno' },
    { from: 'renata', at: on(3, '16:15'), text: 'Perfeito, Ana. Dado pessoal de estudante não vai para site aberto. 👏', reactions: [['🔒', ['ana', 'samuel']]] },
    { from: 'samuel', at: on(1, '15:40'), text: 'English page is done! Falta alguém revisar' },
    { from: 'ana', at: on(1, '15:52'), text: 'Eu reviso hoje com a ajuda do meu dicionário 😄' },
  ],
};

/** Programação web, achados e dúvidas. */
// biome-ignore format: one message a line reads like the conversation it is
export const WEB: Talk = {
  said: [
    { from: 'bianca', at: on(20, '14:30'), text: 'Sala para achados e dúvidas que não são de uma aula só. Colem o código entre três crases que fica legível.' },
    { from: 'ryan', at: on(14, '19:00'), key: 'equals', text: 'qual a diferença de `==` e `===`?' },
    { from: 'bianca', at: on(14, '19:08'), replyTo: 'equals', text: '`==` tenta converter os tipos antes de comparar; `===` não converte nada.\n\n```js\n1 == "1";  // true\n1 === "1"; // false\n```\nUse `===` e durma tranquilo.', reactions: [['😴', ['ryan', 'davi', 'enzo']]] },
    { from: 'sofia', at: on(9, '17:10'), text: 'fiz um cardápio da cantina com flexbox, as colunas ficaram coladas' },
    { from: 'julia', at: on(9, '17:14'), text: 'põe `gap: 1rem` no elemento de fora' },
    { from: 'sofia', at: on(9, '17:16'), text: 'que palavra mágica 😮' },
    { from: 'joao', at: on(5, '20:00'), text: 'quando uso `let` e quando uso `const`?' },
    { from: 'davi', at: on(5, '20:04'), text: 'const sempre, e só troca pra let se precisar mudar o valor depois', reactions: [['👍', ['joao', 'renata', 'bianca']]] },
    { from: 'renata', at: on(5, '20:20'), text: 'Regra excelente. Bom descanso, turma, amanhã continuamos!' },
    { from: 'kaua', at: on(1, '18:10'), text: 'consegui fazer a bola quicar na tela!!! ela faz uma parábola 🏀', reactions: [['🏀', ['davi', 'joao', 'ryan']], ['🔥', ['bianca', 'renata']]] },
  ],
};
