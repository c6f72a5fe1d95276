import type { Language } from '../src/domain/member/member.ts';

export type Gender = 'woman' | 'man';

interface Names {
  women: string[];
  men: string[];
  /** As women and as men bear it, `Смирнова/Смирнов`; one form where they are the same. */
  surnames: string[];
}

export const names: Record<Language, Names> = {
  ru: {
    women: words(
      'Анастасия Мария Дарья Екатерина Виктория Полина Ксения Алина Елена Ольга Татьяна Светлана Юлия Вера Надежда',
      'Маргарита Людмила Кристина Евгения Лариса',
    ),
    men: words(
      'Александр Дмитрий Максим Сергей Андрей Алексей Иван Михаил Николай Егор Артём Роман Кирилл Владимир',
      'Константин Игорь Денис Тимур Глеб Фёдор',
    ),
    surnames: words(
      'Смирнова/Смирнов Кузнецова/Кузнецов Попова/Попов Волкова/Волков Соколова/Соколов Лебедева/Лебедев',
      'Новикова/Новиков Морозова/Морозов Павлова/Павлов Степанова/Степанов Никитина/Никитин Орлова/Орлов',
      'Захарова/Захаров Белова/Белов Голубева/Голубев Успенская/Успенский Островская/Островский Калинина/Калинин',
      'Фомина/Фомин Черных Миллер Шевелёва/Шевелёв Ильина/Ильин Громова/Громов Крылова/Крылов',
    ),
  },
  uk: {
    women: words(
      'Олена Оксана Ірина Наталія Софія Юлія Марія Катерина Тетяна Анна Христина Соломія Вікторія Людмила Галина',
      'Дарина Надія Злата Леся Мар’яна',
    ),
    men: words(
      'Олександр Андрій Сергій Дмитро Володимир Богдан Тарас Олег Іван Юрій Максим Назар Остап Роман Василь',
      'Ярослав Михайло Денис Любомир Артем',
    ),
    surnames: words(
      'Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Ковальчук Мельник Кравець Гончар',
      'Савчук Мороз Левченко Лисенко Ковальська/Ковальський Левицька/Левицький Яворська/Яворський Петрів Романюк',
      'Гнатюк Зінченко Дячук Кушнір',
    ),
  },
  pl: {
    women: words(
      'Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Zofia Julia Zuzanna Maja Hanna Aleksandra Natalia',
      'Karolina Joanna Monika Alicja Weronika Marta Dorota Iwona Helena Kinga Beata Justyna Gabriela Renata',
    ),
    men: words(
      'Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Adam Łukasz Mateusz Kamil Wojciech Rafał Filip',
      'Szymon Antoni Bartosz Grzegorz Maciej Dominik Stanisław Igor Hubert Artur Sebastian Zbigniew',
    ),
    surnames: words(
      'Nowak Kowalska/Kowalski Wiśniewska/Wiśniewski Wójcik Kowalczyk Kamińska/Kamiński Lewandowska/Lewandowski',
      'Zielińska/Zieliński Szymańska/Szymański Woźniak Dąbrowska/Dąbrowski Kozłowska/Kozłowski Mazur',
      'Jankowska/Jankowski Kwiatkowska/Kwiatkowski Krawczyk Piotrowska/Piotrowski Grabowska/Grabowski Pawlak',
      'Michalska/Michalski Król Wieczorek Jabłońska/Jabłoński Wróbel Majewska/Majewski Stępień Górska/Górski',
      'Rutkowska/Rutkowski Sikora Ostrowska/Ostrowski Baran Duda Szewczyk Pietrzak',
    ),
  },
  en: {
    women: words('Emma Olivia Grace Charlotte Amelia Sophie Chloe Hannah Lucy Rachel Priya Nora'),
    men: words('James Oliver Harry Thomas William Daniel Samuel Liam Jack Henry Arjun Owen'),
    surnames: words('Smith Taylor Walker Murphy Evans Carter Bennett Hughes Patel Reid Foster Morgan Byrne Cooper Ellis Ward'),
  },
};

/** A surname of the lists as a woman or a man bears it. */
export function surnameFor(gender: Gender, surname: string): string {
  const [woman = '', man = woman] = surname.split('/');
  return gender === 'woman' ? woman : man;
}

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}
