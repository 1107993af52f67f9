import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsWorld, openAccounts, type SignedIn } from '../../../testing/accounts.ts';

let school: AccountsWorld;
let admin: SignedIn;
beforeAll(async () => {
  school = await openAccounts();
  admin = await school.somebody({
    name: 'Renata Lopes',
    email: 'renata@escola.example',
    role: 'administrator',
    password: 'o gato dorme na janela',
  });
});
afterAll(() => school.close());

const count = async (): Promise<number> =>
  (await school.pool.query('SELECT count(*)::int AS n FROM account')).rows[0].n;

it('creates everyone of a file with semicolons, quotes and courses, each with a link', async () => {
  const maths = await school.course('Matemática', '9º B', {});
  const csv =
    '\ufeffNome;E-mail;Papel;Menor;Cursos\r\n"Rocha; Davi";davi@escola.example;Aluno;;"Matemática · 9º B"\r\nLia;lia@escola.example;Professora;não;matematica\r\n\r\nRui;rui@escola.example;estudante;Não;\r\n';
  const { created, errors } = await school.does(admin, 'accounts.import', { csv, dryRun: false });
  expect(errors).toEqual([]);
  expect(created.map(({ name, email, role }) => [name, email, role])).toEqual([
    ['Rocha; Davi', 'davi@escola.example', 'student'],
    ['Lia', 'lia@escola.example', 'teacher'],
    ['Rui', 'rui@escola.example', 'student'],
  ]);
  const { rows } = await school.pool.query(
    'SELECT a.email, a.minor, e.course, e.staff FROM account a LEFT JOIN enrolment e ON e.account = a.id WHERE a.email = ANY ($1) ORDER BY a.email',
    [created.map(({ email }) => email)],
  );
  expect(rows).toEqual([
    { email: 'davi@escola.example', minor: true, course: maths, staff: false },
    { email: 'lia@escola.example', minor: false, course: maths, staff: true },
    { email: 'rui@escola.example', minor: false, course: null, staff: null },
  ]);
  const token = created[0]?.link?.url.split('#')[1];
  expect(await school.does(null, 'accounts.readLink', { token })).toMatchObject({
    kind: 'invitation',
    name: 'Rocha; Davi',
  });
  const { me } = await school.does(null, 'accounts.redeemLink', { token, password: 'a chuva cai no telhado' });
  expect(me.email).toBe('davi@escola.example');
});

it('reads a file in Spanish', async () => {
  const csv = [
    'nombre,correo,rol,menor',
    'Inés,ines@escola.example,alumna,sí',
    'Íñigo,inigo@escola.example,profesor,no',
    'Paz,paz@escola.example,responsable,',
  ].join('\n');
  const { created, errors } = await school.does(admin, 'accounts.import', { csv, dryRun: true });
  expect(errors).toEqual([]);
  expect(created.map(({ name, role }) => [name, role])).toEqual([
    ['Inés', 'student'],
    ['Íñigo', 'teacher'],
    ['Paz', 'guardian'],
  ]);
});

it('tells all that is wrong with its line, and writes nothing', async () => {
  await school.course('Artes', '8º A', {});
  await school.course('Artes', '9º B', {});
  const before = await count();
  const csv = [
    'name,email,role,minor,courses',
    'Bia,bia@escola.example,student,yes,',
    ',sem@escola.example,student,,',
    'Caio,caio,student,,',
    'Duda,duda@escola.example,diretora,,',
    'Eva,eva@escola.example,student,talvez,',
    'Fabi,fabi@escola.example,student,,Latim',
    'Gil,RENATA@escola.example,student,,',
    'Hugo,BIA@escola.example,student,,',
    'Íris,iris@escola.example,student',
    'Rеnata Lopes,falsa@escola.example,student,,',
    'João,joao@escola.example,student,,Artes',
    'Kai,,banana,sei,Artes 8º A|Nada',
    'Lua,lua@escola.example,constructor,toString,',
  ].join('\n');
  for (const dryRun of [false, true]) {
    const { created, errors } = await school.does(admin, 'accounts.import', { csv, dryRun });
    expect(created).toEqual(dryRun ? [{ name: 'Bia', email: 'bia@escola.example', role: 'student', link: null }] : []);
    expect(errors.map(({ line, reason, value }) => `${line} ${reason} ${value}`)).toEqual([
      '3 name ',
      '4 email caio',
      '5 role diretora',
      '6 minor talvez',
      '7 course Latim',
      '8 email-taken RENATA@escola.example',
      '9 email-twice BIA@escola.example',
      '10 columns Íris | iris@escola.example | student',
      '11 name Rеnata Lopes',
      '12 course Artes',
      '13 email ',
      '13 role banana',
      '13 minor sei',
      '13 course Nada',
      '14 role constructor',
      '14 minor toString',
    ]);
  }
  expect(await count()).toBe(before);
});

it('makes the courses that are not there only when told to, once each, and names them before and after', async () => {
  await school.course('Coral', '', {});
  const csv = [
    'nome,email,papel,cursos',
    'Nina,nina@escola.example,estudiante,Dança · 7º C|Coral',
    'Otto,otto@escola.example,professor,danca 7º c|Xadrez',
  ].join('\n');
  const newCourses = [
    { title: 'Dança', group: '7º C' },
    { title: 'Xadrez', group: '' },
  ];
  const asked = await school.does(admin, 'accounts.import', { csv, dryRun: true });
  expect([asked.created, asked.errors.length, asked.newCourses]).toEqual([[], 3, newCourses]);
  const tried = await school.does(admin, 'accounts.import', { csv, dryRun: true, makeCourses: true });
  expect([tried.created.length, tried.errors, tried.newCourses]).toEqual([2, [], newCourses]);
  const named = async () =>
    (await school.pool.query("SELECT title FROM course WHERE title IN ('Dança', 'Xadrez') ORDER BY title")).rows;
  expect(await named()).toEqual([]);
  const made = await school.does(admin, 'accounts.import', { csv, dryRun: false, makeCourses: true });
  expect([made.created.length, made.errors, made.newCourses]).toEqual([2, [], newCourses]);
  expect(await named()).toEqual([{ title: 'Dança' }, { title: 'Xadrez' }]);
  const { rows } = await school.pool.query(
    `SELECT c.title, a.name, e.staff FROM enrolment e JOIN course c ON c.id = e.course JOIN account a ON a.id = e.account
     WHERE a.name IN ('Nina', 'Otto') ORDER BY c.title, a.name`,
  );
  expect(rows).toEqual([
    { title: 'Coral', name: 'Nina', staff: false },
    { title: 'Dança', name: 'Nina', staff: false },
    { title: 'Dança', name: 'Otto', staff: true },
    { title: 'Xadrez', name: 'Otto', staff: true },
  ]);
  const { entries } = await school.does(admin, 'audit.list', { act: 'courses.create' });
  expect(entries.map(({ detail }) => detail['title'])).toEqual(['Xadrez', 'Dança']);
  const bad = `nome,email,papel,cursos\nUma,uma@escola.example,aluna,${'x'.repeat(81)}`;
  const refused = await school.does(admin, 'accounts.import', { csv: bad, dryRun: false, makeCourses: true });
  expect([refused.created, refused.errors.map(({ reason }) => reason)]).toEqual([[], ['course']]);
});

it('makes at most 200 courses at once', async () => {
  const named = Array.from({ length: 201 }, (_, i) => `Turma ${i}`).join('|');
  const csv = `nome,email,papel,cursos\nTita,tita@escola.example,professora,${named}`;
  const code = await school.refuses(admin, 'accounts.import', { csv, dryRun: true, makeCourses: true });
  expect(code).toBe('too-large');
  expect((await school.does(admin, 'accounts.import', { csv, dryRun: true })).newCourses?.length).toBe(201);
});

it.each(['nome,email', 'nome,email,papel,signo', 'nome,email,papel,papel', 'Ana,ana@escola.example,student'])(
  'says that the columns of "%s" are not those asked for',
  async (header) => {
    const { errors } = await school.does(admin, 'accounts.import', {
      csv: `${header}\nBia,bia@escola.example,student`,
      dryRun: true,
    });
    expect(errors).toMatchObject([{ line: 1, reason: 'columns' }]);
  },
);

it('refuses a file that cannot be taken apart, and one that is too long', async () => {
  expect(
    await school.refuses(admin, 'accounts.import', {
      csv: 'nome,email,papel\n"Bia,bia@escola.example,student',
      dryRun: true,
    }),
  ).toBe('malformed');
  expect(await school.refuses(admin, 'accounts.import', { csv: '\n\n', dryRun: true })).toBe('malformed');
  expect(
    await school.refuses(admin, 'accounts.import', {
      csv: `nome,email,papel\n${'a,b,c\n'.repeat(5_001)}`,
      dryRun: true,
    }),
  ).toBe('too-large');
});

it('a dry run writes nothing, and names come as they are, formulas and all', async () => {
  const before = await count();
  const csv = 'nome,email,papel\n=1+1,formula@escola.example,student';
  expect((await school.does(admin, 'accounts.import', { csv, dryRun: true })).created).toMatchObject([
    { name: '=1+1', link: null },
  ]);
  expect(await count()).toBe(before);
});

it('of two who import the same file at once, one does', async () => {
  const csv = `nome,email,papel\n${Array.from({ length: 20 }, (_, i) => `Pessoa ${i},pessoa${i}@escola.example,aluna`).join('\n')}`;
  const both = await Promise.all([1, 2].map(() => school.does(admin, 'accounts.import', { csv, dryRun: false })));
  expect(both.map(({ created, errors }) => [created.length, errors.length]).toSorted()).toEqual([
    [0, 20],
    [20, 0],
  ]);
});

it('takes five thousand people at once', async () => {
  const csv = `nome,email,papel\n${Array.from({ length: 5_000 }, (_, i) => `Multidão ${i},m${i}@escola.example,aluno`).join('\n')}`;
  const before = await count();
  const { created } = await school.does(admin, 'accounts.import', { csv, dryRun: false });
  expect(created).toHaveLength(5_000);
  expect(await count()).toBe(before + 5_000);
});
