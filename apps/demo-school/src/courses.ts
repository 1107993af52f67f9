/** What is taught at Escola Aurora, who takes it and who teaches it. */
import { idOf } from './ids.ts';
import { CLASS_9B, EVENING_CLASS, type PersonKey, WEB_CLASS } from './people.ts';

/** How the rest of the data calls a course. */
export type CourseKey = 'maths' | 'biology' | 'portuguese' | 'history' | 'web' | 'evening';

/** A course with its lessons in order and the people enrolled in it. */
export type SchoolCourse = {
  id: string;
  title: string;
  /** The class it is for, or what kind of course it is. */
  group: string;
  /** `number` counts from 1 without a gap. */
  lessons: readonly { id: string; number: number; title: string }[];
  staff: readonly PersonKey[];
  students: readonly PersonKey[];
};

function course(
  key: CourseKey,
  title: string,
  group: string,
  people: Pick<SchoolCourse, 'staff' | 'students'>,
  titles: readonly string[],
): SchoolCourse {
  const lessons = titles.map((title, index) => ({
    id: idOf('lesson', `${key}/${index + 1}`),
    number: index + 1,
    title,
  }));
  return { id: idOf('course', key), title, group, lessons, ...people };
}

/** Every course, by key. */
export const COURSES: Readonly<Record<CourseKey, SchoolCourse>> = {
  maths: course('maths', 'Matemática', '9º B', { staff: ['helena', 'caio', 'akira'], students: CLASS_9B }, [
    'O que é uma função',
    'Gráficos no plano cartesiano',
    'Função do 1º grau',
    'Da reta à parábola',
    'Concavidade e o sinal de a',
    'Raízes e a fórmula',
    'Vértice da parábola',
    'Problemas de máximo e mínimo',
  ]),
  biology: course('biology', 'Biologia', '9º B', { staff: ['raimundo', 'akira'], students: CLASS_9B }, [
    'Do que é feito um ser vivo',
    'Células com e sem núcleo',
    'A membrana e o que passa por ela',
    'Organelas: quem faz o quê',
    'O núcleo e o DNA',
    'Fotossíntese',
    'Respiração celular',
    'Cadeias e teias alimentares',
    'Ciclos da matéria',
    'Solo vivo',
    'Cromossomos',
    'Mitose e meiose',
  ]),
  portuguese: course('portuguese', 'Português', '9º B', { staff: ['claudia', 'otavio'], students: CLASS_9B }, [
    'Notícia e reportagem',
    'Os quatro porquês',
    'Crase sem medo',
    'Crônica: o olhar de perto',
    'Argumentar com respeito',
  ]),
  history: course('history', 'História', '9º B', { staff: ['ubirajara'], students: CLASS_9B }, [
    'A República e o café',
    'A Revolução de 1930',
    'Era Vargas',
    'Memória, entrevista e fonte',
  ]),
  web: course('web', 'Programação web', 'eletiva', { staff: ['renata', 'bianca'], students: WEB_CLASS }, [
    'Uma página só de HTML',
    'CSS sem sofrimento',
    'Formulários que ajudam',
    'Primeiro JavaScript',
    'Publicar o projeto',
  ]),
  evening: course('evening', 'Matemática do dia a dia', 'EJA noturno', { staff: ['ivone'], students: EVENING_CLASS }, [
    'Porcentagem no mercado',
    'À vista ou a prazo',
    'Medidas da casa e da obra',
  ]),
};
